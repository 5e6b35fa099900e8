"""Admissibility: which settings of a job the rules of places leave, and what is told of them."""

import json

import pytest

from tests.report.conftest import HERE, UNTOUCHED, Models, job, model
from tradeoffs.fields import SEEDS
from tradeoffs.report.admissibility import Admissibility, admissibility, feasible
from tradeoffs.report.payload import results_of, scale_parts
from tradeoffs.report.regulation_table import budget_table, regulation_table
from tradeoffs.report.sentences.admissible_settings import admissible
from tradeoffs.scenario import Scenario
from tradeoffs.values.regulations.catalogue import REGULATIONS
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS

EVEN = HERE.but(epsilon=8.0)  # every group at 20 %
RARE = HERE.but(width=8)  # 1 and 4 %: a low ratio, a small difference
SHIFTED = HERE.but(shift_intensity=0.5)
QUOTA = HERE.but(notion="quota", epsilon=None, max_gap=0.1)


def rates(here: Scenario, female: int, male: int, **more) -> Models:
    """Return models that say yes to so many of 1,000 women and 2,000 men."""
    counts = {"selected[sex=Female]": female, "selected[sex=Male]": male}
    return model(here, figures=counts | {"positives[sex=Female]": 10, "positives[sex=Male]": 20})


ARRIVED = (
    rates(HERE, 200, 600),
    rates(UNTOUCHED, 80, 500),
    rates(EVEN, 200, 400),
    rates(RARE, 10, 80),
    rates(SHIFTED, 200, 400),
)
ABOUT = [
    one.but(seed=seed) for one in (HERE, UNTOUCHED, EVEN, RARE, SHIFTED) for seed in range(SEEDS)
]


def found(*arrived: Models, here: Scenario = HERE, about=ABOUT) -> Admissibility:
    one = job(about, *arrived)
    told = admissibility(one, here, results_of(one, here))
    assert told is not None
    return told


def test_each_place_leaves_the_settings_that_its_rules_admit():
    left = feasible(found(*ARRIVED).every)
    assert left["us_employment"].admissible == (2,)  # EVEN
    assert left["colorado_insurance"].admissible == (2, 3)
    assert left["us_credit"].admissible == ()  # the model sees sex
    assert left["new_york_city"] == left["us_employment"]
    assert "european_union" not in left and "quebec" not in left  # duties alone


def test_models_used_on_other_people_are_not_screened():
    assert set(found(*ARRIVED).every) == {0, 1, 2, 3}


def test_the_browser_is_told_what_is_left():
    part = json.loads(scale_parts(job(ABOUT, *ARRIVED), HERE)["feasible"])
    assert part["us_employment"]["admissible"] == [2] and part["us_employment"]["open"] == []
    assert part["us_employment"]["words"].startswith("1 of 4 settings are admissible under US")


def test_without_the_column_the_rule_on_credit_admits_all():
    hidden = [one.but(hide=("sex",)) for one in (HERE, EVEN)]
    about = [one.but(seed=seed) for one in hidden for seed in range(SEEDS)]
    told = found(*(rates(one, 200, 400) for one in hidden), here=hidden[0], about=about)
    assert feasible(told.every)["us_credit"].admissible == (0, 1)
    assert "may still reveal it" in told.own["credit_characteristics"].reason


def test_thresholds_by_group_are_not_admissible_in_hiring_whatever_their_rates():
    about = [QUOTA.but(seed=seed) for seed in range(SEEDS)]
    told = found(rates(QUOTA, 200, 400), here=QUOTA, about=about)
    assert told.own["four_fifths"].verdict == "admissible"
    assert told.own["same_cutoff"].verdict == "not admissible"
    assert feasible(told.every)["us_employment"].admissible == ()


def test_an_unfavourable_answer_is_turned_round():
    here = Scenario.of(dataset="compas", label="rearrest", protected="sex", rows=1_000)
    counts = {
        f"{name}[sex={group}]": count
        for group, own in (("Female", (100, 20, 10)), ("Male", (100, 20, 50)))
        for name, count in zip(("people", "positives", "selected"), own, strict=True)
    }
    about = [here.but(seed=seed) for seed in range(SEEDS)]
    told = found(model(here, figures=counts), here=here, about=about)
    ratio = told.own["four_fifths"].number
    assert ratio is not None
    assert ratio.value == pytest.approx((1 - 0.5) / (1 - 0.1))  # of not being told a rearrest


def test_nothing_is_said_while_the_setting_has_not_arrived():
    one = job(ABOUT, ARRIVED[1])
    assert admissibility(one, HERE, results_of(one, HERE)) is None


def test_it_is_counted_and_a_setting_that_places_judge_unlike_is_named():
    count, unlike = admissible(found(*ARRIVED), "us_employment")
    assert count.startswith("1 of 4 settings are admissible under US rules on hiring")
    assert "3 are not, and for 0 it cannot be told" in count
    assert "is admissible under Colorado's draft on life insurance and not under US rules" in unlike
    assert "Four-fifths rule: The group Female is selected at 25 % of the highest rate." in unlike


def test_your_own_setting_is_named_first():
    own = found(*ARRIVED, here=EVEN)
    assert admissible(own, "none")[0].startswith("Your setting is admissible under US rules")


def test_where_there_are_duties_alone_no_setting_is_counted():
    assert "its rules are duties" not in (text := admissible(found(*ARRIVED), "quebec")[0])
    assert "the rules there are duties" in text and "in Quebec" in text


def test_where_all_places_judge_alike_that_is_said():
    hidden = HERE.but(hide=("sex",))
    about = [hidden.but(seed=seed) for seed in range(SEEDS)]
    told = found(rates(hidden, 200, 400), here=hidden, about=about)
    assert admissible(told, "none") == [
        "No setting shown here is admissible in one place and not in another."
    ]


def test_the_table_has_every_rule_those_of_the_place_first():
    table = regulation_table(found(*ARRIVED).own, "quebec")
    assert len(table) == len(REGULATIONS)
    assert [row["chosen"] for row in table] == [True] + [False] * (len(table) - 1)
    assert table[0]["rule"] == "Law 25, section 12.1"
    assert table[0]["verdict in words"] == "a duty, which no number can fulfil"
    assert table[0]["number"].startswith("90.0 %")
    four_fifths = next(row for row in table if row["rule"] == "Four-fifths rule")
    assert four_fifths["number"].startswith("0.67 (95 %: 0.")


def test_budgets_are_in_order_with_that_of_the_setting_among_them():
    own = {"title": "Your setting", "epsilon": 3.0, "delta": 1e-5, "unit": "one record"}
    table = budget_table(own)
    epsilons = [row["epsilon"] for row in table]
    assert epsilons == sorted(epsilons)
    assert [row["title"] for row in table if row["chosen"]] == ["Your setting"]
    assert next(row for row in table if row["chosen"])["told"] == "ε = 3, δ = 1e-05"
    assert not any(row["chosen"] for row in budget_table({}))


@pytest.mark.parametrize("place", JURISDICTIONS)
def test_each_place_has_a_sentence_of_its_own(place):
    told = admissible(found(*ARRIVED), place)[0]
    assert JURISDICTIONS[place].where in told and "None" not in told
