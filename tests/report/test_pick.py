"""A pick: chosen on one half and shown on the other, and what would have to give for one."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, Models, halved, job, model
from tradeoffs.fronts.dominance import nondominated
from tradeoffs.fronts.replicates import REPORT, SELECT
from tradeoffs.report import alternatives as module
from tradeoffs.report.alternatives import Alternatives, alternatives
from tradeoffs.report.pick import Pick, by_view, pick, utility, utility_intervals
from tradeoffs.report.sentences.pick_reasons import (
    decider,
    equals,
    impossible,
    reasons,
    scale_note,
    title,
)
from tradeoffs.report.sentences.step_text import step_text, step_title
from tradeoffs.report.sentences.value_text import behind
from tradeoffs.report.step import halfway, known_here, step
from tradeoffs.report.text import describe
from tradeoffs.values.preferences.classification import Classified
from tradeoffs.values.preferences.wish import Wish

COUNTED = ("accuracy", "fairness", "privacy", "explainability")
FAIR = HERE.but(max_gap=0.02)
PRIVATE = HERE.but(epsilon=0.1)


def models() -> list[Models]:
    return [
        model(HERE, accuracy=0.84, gap=0.1, sd=0.001),
        model(UNTOUCHED, accuracy=0.86, gap=0.18, sd=0.001),
        model(FAIR, accuracy=0.82, gap=0.02, sd=0.001),
        model(PRIVATE, accuracy=0.80, gap=0.09, sd=0.001),
    ]


def among(*arrived: Models) -> Alternatives:
    there = arrived or models()
    about = [one.scenario for some in there for one in some]
    found = alternatives(job(about, *there), HERE)
    assert found is not None
    return found


def of(found: Pick):
    assert found.row is not None
    return found.among.settings[found.row]


def wish(**points: float) -> Wish:
    return Wish(points=points)


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ({"accuracy": 100.0}, UNTOUCHED),
        ({"fairness": 100.0}, FAIR),
        ({"privacy": 100.0}, PRIVATE),
    ],
)
def test_all_points_on_one_objective_pick_its_best(points, wanted):
    found = pick(among(), wish(**points), COUNTED, {})
    assert of(found) == wanted.configuration()
    assert found.frequency[found.row] == found.draws
    assert reasons(found)[0] == (
        "It is the best of the 4 settings on screen in every objective that has points."
    )
    assert "Of the 4 settings on screen" in title(found)


@pytest.mark.parametrize("seed", range(20))
def test_all_points_on_one_objective_pick_its_best_whatever_is_missing_elsewhere(seed):
    rng = np.random.default_rng(seed)
    there = among()
    for place in range(4):
        values = rng.random(there.values.shape)
        gone = rng.random((len(there.settings), len(there.objectives))) < 0.5
        gone[:, place] = False
        values.swapaxes(2, 3)[:, gone] = math.nan
        drawn = replace(there, values=values)
        found = pick(drawn, wish(**{COUNTED[place]: 100.0}), COUNTED, {})
        assert found.row == np.nanargmin(drawn.mean_costs[SELECT][:, place])
        assert found.measurable.all()


def test_points_on_no_promise_still_count_and_it_is_said_where_it_lies():
    found = pick(among(), wish(accuracy=90.0, privacy=10.0), ("accuracy", "privacy"), {})
    costs = found.among.mean_costs[SELECT]
    assert np.isfinite(costs).all()
    assert costs[:, 2].argmax() == found.among.settings.index(UNTOUCHED.configuration())
    assert "without a promise" in scale_note(found)
    assert "without a promise" not in scale_note(
        pick(among(), Wish(), ("accuracy", "fairness"), {})
    )


def test_every_pick_is_dominated_by_no_setting_on_the_half_that_picks():
    rng = np.random.default_rng(0)
    there = among()
    front = nondominated(there.mean_costs[SELECT][:, :4])
    for _ in range(50):
        shares = dict(zip(COUNTED, (100 * rng.dirichlet(np.ones(4))).tolist(), strict=True))
        assert front[pick(there, wish(**shares), COUNTED, {}).row]


def test_a_pick_is_chosen_on_select_shown_on_report_and_their_disagreement_is_told():
    flattered = halved(model(FAIR, accuracy=0.81, gap=0.02), accuracy=0.9)
    there = among(model(HERE, accuracy=0.84, gap=0.02), flattered)
    found = pick(there, wish(accuracy=100.0), COUNTED, {})
    assert of(found) == FAIR.configuration()
    assert there.means[REPORT, found.row, 0] == pytest.approx(0.81)
    assert found.row_on_report == there.now and found.regret > 0
    assert any("two halves of the test rows disagree" in text for text in reasons(found))
    alike = pick(among(), wish(accuracy=100.0), COUNTED, {})
    assert alike.regret == 0
    assert any("picks the same setting" in text for text in reasons(alike))


def test_what_is_accepted_holds_and_one_kept_by_chance_alone_is_told():
    found = pick(among(), wish(accuracy=100.0), COUNTED, {"fairness": 0.1, "privacy": 1.0})
    assert of(found) == HERE.configuration() and not found.broken
    lucky = among(halved(model(HERE, gap=0.1), **{"demographic_parity_difference[sex]": 0.04}))
    missed = pick(lucky, Wish(), COUNTED, {"fairness": 0.05})
    assert missed.row is not None and missed.broken == [1]
    assert any("not on the half that is shown: 10.0 %" in text for text in reasons(missed))


def test_what_excludes_each_other_is_told_with_what_would_have_to_give():
    asked = {"accuracy": 0.85, "fairness": 0.05, "privacy": 50.0}
    found = pick(among(), Wish(), COUNTED, asked)
    assert found.row is None and found.conflict == (0, 1)
    told = impossible(found, asked)
    assert told[0].startswith(
        "On the half of the test rows used for picking, none of the 4 settings"
    )
    assert "accuracy at least 85.0 % and gap in selection rates at most 5.0 % together" in told[0]
    assert told[1] == (
        "It becomes possible if accuracy alone is relaxed, to 82.0 % instead of 85.0 %."
    )
    assert "privacy budget (epsilon) alone does not" in told[3]
    for name, value in {"accuracy": 0.82}.items():
        assert pick(among(), Wish(), COUNTED, {**asked, name: value}).row is not None


def test_an_aspiration_within_reach_is_reached_and_else_what_is_missed_most_is_told():
    near = pick(among(), Wish(by="aspiration", aspiration={"accuracy": 0.81}), COUNTED, {})
    assert "reaches every value" in reasons(near)[0]
    far = Wish(by="aspiration", aspiration={"accuracy": 0.85, "fairness": 0.01})
    assert "it misses" in reasons(pick(among(), far, COUNTED, {}))[0]


def test_a_pattern_ranks_settings_by_the_utilities_of_groups():
    more = {"selected[sex=Female]": 300, "true_positives[sex=Female]": 90}
    there = among(model(HERE), model(FAIR, figures=more))
    found = pick(there, Wish(by="pattern", pattern="maximin"), COUNTED, {})
    assert of(found) == FAIR.configuration()
    worth = utility(there, found.wish.person)[REPORT, found.row, 0]
    assert worth == pytest.approx([0.3, 0.25])  # whoever wants a yes: the selection rates
    assert found.scores[REPORT, found.row] == pytest.approx(0.25)
    assert "maximin view" in reasons(found)[0] and "one who decides" in decider(found)
    needy = by_view(found, "need")
    assert needy.scores[REPORT, needy.row] == pytest.approx(0.6)  # of 600 men 360


def test_the_utility_of_a_group_has_the_interval_of_the_rate_that_it_is():
    """Whoever wants a yes gets a rate; models that are alike leave the test rows alone to vary."""
    there = among(model(HERE))
    found = pick(there, Wish(by="pattern"), COUNTED, {})
    for (mean, low, high), rate, people in zip(
        utility_intervals(found, 0), (0.08, 0.25), there.people, strict=True
    ):
        assert mean == pytest.approx(rate)
        half = 1.96 * math.sqrt(rate * (1 - rate) / people)
        assert (mean - low, high - mean) == pytest.approx((half, half), rel=1e-3)
    needy = utility_intervals(by_view(found, "need"), 0)
    assert [one[0] for one in needy] == pytest.approx([0.5, 0.6])
    women = 0.1 * there.people[0]  # for whom yes is right
    assert needy[0][2] - needy[0][0] == pytest.approx(1.96 * math.sqrt(0.25 / women), rel=1e-3)


def test_yes_is_the_answer_that_a_person_would_want(monkeypatch):
    wanted = among().shares
    monkeypatch.setattr(module, "favourable", lambda here: False)
    assert np.array_equal(among().shares, wanted[..., ::-1])


def test_settings_that_are_not_measurable_or_used_on_others_take_no_part():
    elsewhere = model(HERE.but(shift_intensity=0.5), accuracy=0.99)
    unknown = model(PRIVATE, accuracy=0.99, fidelity=math.nan)
    other_gap = model(FAIR.but(notion="equal_opportunity"), accuracy=0.99)
    there = among(*models()[:3], elsewhere, unknown, other_gap)
    assert len(there.settings) == 4
    found = pick(there, wish(accuracy=90.0, explainability=10.0), COUNTED, {})
    assert of(found) == UNTOUCHED.configuration()
    told = (
        "One setting is not considered, because fidelity of a small tree is not measurable there."
    )
    assert told in reasons(found)


def test_two_settings_that_seeds_do_not_tell_apart_are_both_named_first():
    often = [0.70, 0.84, 0.84, 0.84, 0.85, 0.86, 0.86, 0.86]  # one seed is its whole shortfall
    arrived = [
        model(HERE, accuracy=0.8314),
        model(FAIR, accuracy=often),
        model(PRIVATE, accuracy=often[::-1]),
    ]
    found = pick(among(*arrived), wish(accuracy=100.0), COUNTED, {})
    more = found.more_frequent
    assert of(found) == HERE.configuration() and more is not None
    assert found.frequency[more] == found.frequency.max() > found.frequency[found.row]
    assert title(found) == "Your wish cannot tell two settings apart."
    first, second = equals(found)
    assert "ε = 1, gap at most 10 %" in first and "3 settings on screen" in first
    assert describe(found.among.settings[more]) in second
    assert (
        f"{found.frequency[more]} of 200 draws, against {found.frequency[found.row]} for" in second
    )


def test_a_pick_worse_in_what_has_most_points_tells_what_it_gains_instead():
    there = among(model(HERE, accuracy=0.70, gap=0.05), model(FAIR, accuracy=0.86, gap=0.08))
    told = reasons(pick(there, wish(accuracy=40.0, fairness=60.0), COUNTED, {}))
    assert told[1] == (
        "In gap in selection rates, which has the most points, it is worse than your "
        "setting: 8.0 % against 5.0 %. It gains instead: accuracy (86.0 % against 70.0 %)."
    )


def test_a_step_is_named_by_what_becomes_of_the_objective_that_may_fall():
    there = among(model(HERE), model(FAIR, accuracy=0.86, gap=0.02), model(PRIVATE, accuracy=0.8))
    better, same = (there.settings.index(one.configuration()) for one in (FAIR, HERE))
    worse = there.settings.index(PRIVATE.configuration())
    assert (
        step_title(there, better, 1, 0)
        == "Fairness: groups treated alike; accuracy gets better too"
    )
    assert step_title(there, worse, 2, 0).endswith("; accuracy gets worse")
    assert step_title(there, same, 1, 0).endswith("; accuracy about the same")


def test_a_step_goes_forward_where_something_may_fall_and_nowhere_within_chance():
    there = among()
    counted = there.places(COUNTED)
    to = step(there, counted, {1: halfway(there, 1), 0: Classified(to="free")})
    assert to is not None and there.settings[to] == FAIR.configuration()
    assert step_text(there, to, (0, 1)).startswith("Leads to ε = 1, gap at most 2 %")
    assert step_text(there, to, (2,)).endswith(": privacy budget (epsilon) stays at ε = 1.")
    assert step(there, counted, {1: Classified(to="improve"), 3: Classified(to="free")}) is None
    noisy = among(model(HERE, sd=0.1), model(FAIR, accuracy=0.84, gap=0.09, sd=0.1))
    assert step(noisy, counted, {1: Classified(to="improve"), 0: Classified(to="free")}) is None


def test_a_step_leads_on_from_a_setting_where_something_is_not_measurable():
    there = among(model(HERE, fidelity=math.nan), *models()[1:])
    counted = there.places(COUNTED)
    known = known_here(there, counted)
    assert known == [0, 1, 2]
    wanted = {1: halfway(there, 1), 0: Classified(to="free")}
    assert step(there, counted, wanted) is None
    to = step(there, known, wanted)
    assert to is not None and there.settings[to] == FAIR.configuration()


def test_nothing_is_there_to_choose_from_before_the_first_model():
    assert alternatives(job([HERE]), HERE) is None


def test_how_far_behind_is_told_in_points_times_or_not_at_all():
    accuracy, _, privacy, *_ = among().objectives
    assert behind(accuracy, 0.80, 0.85) == "5.0 points"
    assert behind(privacy, math.inf, 0.1) == "no promise"
    assert behind(accuracy, math.nan, 0.85) == "not measurable"
