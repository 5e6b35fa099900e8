import numpy as np
import pytest

from tradeoffs.attacks.estimates import LEAST_ALARMS, LEFT_OUT, People, estimates
from tradeoffs.attacks.leakage import EVERYONE
from tradeoffs.attacks.scores import PER_PERSON
from tradeoffs.errors import NotMeasurable
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.privacy.attack_bound import AttackBound

RATES = (0.01, 0.1)


def confidences(models: int, people: int, seed: int, leak: float = 0.0):
    """Confidences that differ between people and models, and by `leak` for members."""
    rng = np.random.default_rng([seed, models])
    member = rng.random((models, people)) < 0.5
    common = rng.normal(size=(models, 3)) @ rng.normal(size=(3, people))
    own = 2 * rng.normal(size=people) + rng.normal(size=(models, people))
    return own + common + leak * member, member


def everybody(people: int) -> People:
    return People(group=EVERYONE, chosen=np.full(people, True), rates=RATES)


def of_everybody(attack, seed=0, models=24, people=200, leak=0.0, promise=None):
    return list(
        estimates(attack, *confidences(models, people, seed, leak), [everybody(people)], promise)
    )


@pytest.mark.parametrize("attack", ["lira", "loss"])
@pytest.mark.parametrize("models", [8, LEFT_OUT + 1, PER_PERSON])
def test_where_nothing_leaks_the_intervals_hold_guessing(attack, models):
    """In at least 95 of 100 pools; of 40 a sound interval misses 7 or more once in 300 times."""
    missed = np.zeros(3, dtype=int)
    for seed in range(40):
        found = of_everybody(attack, seed, models)
        for place, (one, truth) in enumerate(zip(found, (0.5, *RATES), strict=True)):
            value, low, high = one.known
            assert low <= value <= high
            missed[place] += not low <= truth <= high
    assert missed.max() <= 6


def test_a_leak_is_found_by_both_and_better_by_the_likelihood_ratio():
    ratio, loss = (of_everybody(attack, people=400, leak=3.0) for attack in ("lira", "loss"))
    for place in (0, 2):
        assert ratio[place].known[1] > loss[place].known[2]
    assert loss[0].known[1] > 0.5


def test_a_rate_that_rests_on_too_few_decisions_is_not_measurable():
    models, people = 8, int(2 * LEAST_ALARMS / RATES[0] / 8) - 10
    area, few, many = of_everybody("loss", models=models, people=people)
    assert (few.value, few.low, few.high, few.bound) == (None,) * 4
    with pytest.raises(NotMeasurable, match="too few"):
        _ = few.known
    assert area.value is not None and many.value is not None


def test_groups_are_asked_about_alone_and_small_ones_left_open():
    sure, member = confidences(24, 200, 1)
    first = np.arange(200) < 150
    sure[:, first] += 4 * member[:, first]
    tiny = np.arange(200) >= 201 - SMALLEST_CELL
    asked = [
        everybody(200),
        *(
            People(group=name, chosen=chosen, rates=(0.1,))
            for name, chosen in (("told", first), ("few", tiny), ("safe", ~first))
        ),
    ]
    found = {(one.group, one.fpr): one for one in estimates("lira", sure, member, asked, None)}
    assert len(found) == 3 + 3 * 2
    assert found["told", None].known[1] > 0.8 > found["safe", None].known[2]
    assert found["few", None].value is None and found["few", 0.1].high is None
    alone = list(estimates("lira", sure[:, first], member[:, first], [everybody(150)], None))
    # The variances, which few models share over people, are all that others matter for.
    assert found["told", None].value == pytest.approx(alone[0].value, abs=1e-3)


def test_what_is_promised_stands_beside_what_is_measured():
    promise = AttackBound(epsilon=0.5, delta=1e-5)
    found = of_everybody("loss", promise=promise)
    expected = [promise.area, *promise.tpr_at(RATES)]
    assert [one.bound for one in found] == pytest.approx(expected)
    assert not any(one.beyond for one in found)
    area, _, many = of_everybody("lira", leak=3.0, promise=promise)
    assert area.beyond and many.beyond


def test_an_interval_covers_other_people_too():
    """A few people leak much: which of them are asked about moves the area most."""

    everyone = People(group=EVERYONE, chosen=np.full(200, True), rates=(0.01,))

    def drawn(seed):
        rng = np.random.default_rng([7, seed])
        member = rng.random((24, 200)) < 0.5
        sure = rng.normal(size=(24, 200)) + 2 * rng.gamma(0.3, 2, 200) * member
        return [one.known for one in estimates("loss", sure, member, [everyone], None)]

    found = np.array([drawn(seed) for seed in range(150)])
    truth = found[:, :, 0].mean(0)
    covered = ((found[:, :, 1] <= truth) & (truth <= found[:, :, 2])).mean(0)
    assert np.all((covered >= 0.9) & (covered <= 0.99))  # area and share: 95 %, of 150 draws
