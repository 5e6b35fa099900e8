"""What bundled tables say of somebody else's model, with the intervals of seeds and test people."""

import numpy as np
import pytest

from tests.experiments.test_communities import trained
from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import gain
from tradeoffs.scenario import Scenario

SEEDS = range(8)
BLACK = Scenario(
    dataset="adult",
    label="income_gt_50k",
    communities="race",
    home="Black",
    provider="White",
    mechanism="none",
)
HAPPY = Scenario(
    dataset="gss",
    label="income_25k",
    protected="sex",
    communities="meanings",
    home="wellbeing as happiness",
    provider="wellbeing as income",
    mechanism="none",
    rows=300,
)
REGION = Scenario(
    dataset="gss",
    label="income_25k",
    protected="sex",
    communities="place",
    home="East South Central",
    rows=100,
    epsilon=1,
)
STRICT = Scenario(
    dataset="wiki_toxicity",
    label="toxic_strict",
    protected="author",
    communities="towns.5",
    home="town 1",
    provider="label.toxic_lenient",
    mechanism="none",
    rows=100,
)


def gains(scenario: Scenario, *remedies: str) -> list[Difference]:
    """Return the gain in accuracy of each remedy over training alone."""
    wanted = [
        [scenario.but(remedy=name, seed=seed) for seed in SEEDS] for name in ("alone", *remedies)
    ]
    found = trained(*(one for some in wanted for one in some))
    people = community_split(
        scenario.dataset, scenario.label, scenario.communities, scenario.home
    ).report
    alone, *others = [{one.seed: found[one].measurement for one in some} for some in wanted]
    return [gain(alone, other, people, scenario.home).accuracy for other in others]


def ends(found: Difference) -> tuple[float, float]:
    assert found.interval is not None
    return found.interval


def test_a_model_of_white_people_helps_few_black_people_and_hardly_many():
    (few,) = gains(BLACK.but(rows=50), "as_is")
    (many,) = gains(BLACK.but(rows=1_000), "as_is")
    assert few.mean == pytest.approx(0.033, abs=0.014) and ends(few)[0] > 0
    assert abs(many.mean) < few.mean / 2 and ends(many)[0] < 0 < ends(many)[1]


def test_where_the_goal_is_another_only_a_slope_near_zero_saves_the_model():
    as_is, threshold, slope = gains(HAPPY, "as_is", "own_threshold", "recalibration")
    assert as_is.mean == pytest.approx(-0.19, abs=0.03)
    assert threshold.mean < 0 < ends(slope)[0]
    told = [HAPPY.but(remedy="recalibration", seed=seed) for seed in SEEDS]
    found = trained(*told)
    slopes = [float(found[one].measurement.training["recalibration_slope"]) for one in told]
    assert 0 < np.mean(slopes) < 0.5


def test_with_privacy_and_few_people_no_adaptation_is_better_than_the_model_as_it_is():
    as_is, *adapted = gains(REGION, "as_is", "own_threshold", "recalibration", "fine_tuning")
    assert as_is.mean == pytest.approx(0.14, abs=0.05) and ends(as_is)[0] > 0
    assert all(ends(one)[0] > 0 and one.mean < as_is.mean + 0.01 for one in adapted)


def test_a_second_label_of_many_people_helps_with_few_answers_to_the_first():
    (together,) = gains(STRICT, "multi_task")
    assert together.mean == pytest.approx(0.019, abs=0.009) and ends(together)[0] > 0
