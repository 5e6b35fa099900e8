import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import ACCURACY, EXPLAINABILITY, FAIRNESS, PRIVACY, front
from tradeoffs.fronts.dominance import APART, FRONT, ONE_HALF, TIED
from tradeoffs.fronts.hypervolume import REFERENCE_VERSION
from tradeoffs.fronts.replicates import replicates
from tradeoffs.stats.interval import estimate

TWO = (ACCURACY, FAIRNESS)
# Few values, so that ties and duplicates are common.
steps = st.integers(1, 9).map(lambda k: k / 10)
models = st.lists(st.tuples(steps, steps), min_size=1, max_size=12)


def _measured(points):
    return {k: {"accuracy": a, "gap": g} for k, (a, g) in enumerate(points)}


def _labels(found) -> set:
    return set(found.chosen["label"])


@settings(database=None, deadline=None, max_examples=40)
@given(models, st.data())
def test_a_dominated_model_never_changes_the_front(tidy, points, data):
    before = front(replicates(tidy(_measured(points)), ["label"]), TWO)
    accuracy, gap = data.draw(st.sampled_from(points))
    more = [*points, (accuracy - 0.05, gap + 0.05)]
    after = front(replicates(tidy(_measured(more)), ["label"]), TWO)
    assert _labels(after) == _labels(before)
    assert after.hypervolume == before.hypervolume


@settings(database=None, deadline=None, max_examples=40)
@given(models, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(tidy, points, random):
    results = tidy(_measured(points))
    order = list(range(len(results)))
    random.shuffle(order)
    one, other = (
        front(replicates(table, ["label"]), TWO) for table in (results, results.iloc[order])
    )
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.hypervolume == other.hypervolume


@settings(database=None, deadline=None, max_examples=40)
@given(models)
def test_monotone_rescaling_does_not_matter(tidy, points):
    rescaled = [(accuracy**3, np.expm1(2 * gap)) for accuracy, gap in points]
    assert _labels(front(replicates(tidy(_measured(points)), ["label"]), TWO)) == _labels(
        front(replicates(tidy(_measured(rescaled)), ["label"]), TWO)
    )


@settings(database=None, deadline=None, max_examples=40)
@given(models)
def test_another_model_never_lowers_the_hypervolume(tidy, points):
    fewer = front(
        replicates(tidy(_measured(points)).query("label > 0"), ["label"]), TWO
    ).hypervolume
    assert front(replicates(tidy(_measured(points)), ["label"]), TWO).hypervolume >= fewer - 1e-12


def test_chosen_on_select_and_valued_on_report(tidy):
    select = {
        "lucky": {"accuracy": 0.90, "gap": 0.10},
        "steady": {"accuracy": 0.88, "gap": 0.12},
    }
    report = {
        "lucky": {"accuracy": 0.80, "gap": 0.20},
        "steady": {"accuracy": 0.88, "gap": 0.12},
    }
    found = front(replicates(tidy(select, report), ["label"]), TWO)
    assert _labels(found) == {"lucky"}
    told = ["label", "accuracy", "accuracy_select", "chosen", "on_front", "standing"]
    assert found.table.loc[0, told].tolist() == ["lucky", 0.80, 0.90, True, False, ONE_HALF]
    assert found.table.loc[1, told].tolist() == ["steady", 0.88, 0.88, False, False, ONE_HALF]
    assert found.confirmed == [] and found.table["beaten_by"].isna().tolist() == [True, True]
    # Share of the box: (.80 - .7638) / .2362 * (1 - .20) on report.
    assert found.hypervolume == pytest.approx(0.0362 / 0.2362 * 0.8)
    assert found.hypervolume_select == pytest.approx(0.1362 / 0.2362 * 0.9)
    assert found.reference_version == REFERENCE_VERSION
    assert found.optimism == pytest.approx(found.hypervolume_select - found.hypervolume)


def test_the_front_is_that_of_means_not_of_the_best_seed(tidy):
    results = tidy(
        {
            "even": {"accuracy": [0.85, 0.85], "gap": [0.1, 0.1]},
            "erratic": {"accuracy": [0.95, 0.70], "gap": [0.1, 0.1]},
        }
    )
    assert _labels(front(replicates(results, ["label"]), TWO)) == {"even"}


def test_equal_models_stay_together(tidy):
    results = tidy({name: {"accuracy": [0.8, 0.9], "gap": [0.1, 0.3]} for name in "ab"})
    assert _labels(front(replicates(results, ["label"]), TWO)) == {"a", "b"}


def test_undefined_objective_is_left_out_with_its_reason(tidy):
    results = tidy(
        {
            "usual": {"accuracy": [0.85, 0.84], "fidelity": [0.5, 0.4]},
            "constant": {"accuracy": [0.99, 0.79], "fidelity": [0.9, np.nan]},
        }
    )
    found = front(replicates(results, ["label"]), (ACCURACY, EXPLAINABILITY))
    assert found.table["label"].tolist() == ["usual"]
    assert found.left_out.to_dict("records") == [
        {
            "label": "constant",
            "seeds": 2,
            "reason": "fewer than 30 people get the rarer answer (1 of 2 seeds)",
        }
    ]
    without = front(replicates(results.assign(gap=0.1), ["label"]), TWO)
    assert _labels(without) == {"constant"} and without.left_out.empty


def test_infinite_epsilon_is_on_the_front_when_most_accurate(tidy):
    results = tidy(
        {
            "none": {"accuracy": 0.86, "epsilon_spent": np.inf},
            "dp": {"accuracy": 0.85, "epsilon_spent": 1.0},
            "worse": {"accuracy": 0.84, "epsilon_spent": np.inf},
            "clip only": {"accuracy": 0.99, "epsilon_spent": np.nan},
        }
    )
    found = front(replicates(results, ["label"]), (ACCURACY, PRIVACY))
    assert _labels(found) == {"none", "dp"}
    assert found.left_out["reason"].tolist() == ["no epsilon is declared (1 of 1 seeds)"]
    shown = dict(zip(found.chosen["label"], found.chosen["epsilon_spent"], strict=True))
    assert shown == {"none": np.inf, "dp": 1.0}


def test_a_configuration_still_training_takes_part_with_its_seeds(tidy):
    results = tidy(
        {
            "a": {"accuracy": [0.80, 0.81, 0.82], "gap": [0.1, 0.1, 0.1]},
            "b": {"accuracy": [0.85, 0.87, 0.86], "gap": [0.2, 0.2, 0.2]},
        }
    )
    started = (results["label"] == "a") | (results["seed"] == 0)
    half = (results["label"] == "b") & (results["seed"] == 1) & (results["split"] == "select")
    found = front(replicates(results[started | half], ["label"]), TWO)
    shown = found.table[["label", "seeds", "accuracy", "accuracy_select"]]
    assert shown.iloc[0].tolist() == ["a", 3, pytest.approx(0.81), pytest.approx(0.81)]
    assert shown.iloc[1].tolist() == ["b", 1, 0.85, 0.85]
    assert found.interval is None  # one seed has both
    assert front(replicates(results, ["label"]), TWO).interval is not None

    unseen = front(replicates(results[(results["label"] == "a") | half], ["label"]), TWO)
    assert unseen.left_out["reason"].tolist() == ["no seed is measured on both splits yet"]


def test_missing_and_infinite_settings_are_configurations(tidy):
    results = tidy(_measured([(0.8, 0.1), (0.85, 0.2), (0.86, 0.2)]))
    results["max_gap"] = results["label"].map({0: 0.05, 1: np.nan, 2: np.nan})
    results["epsilon"] = results["label"].map({0: 1.0, 1: 1.0, 2: np.inf})
    found = front(replicates(results.drop(columns="label"), ["epsilon", "max_gap"]), TWO)
    assert found.table[["epsilon", "max_gap"]].isna().sum().tolist() == [0, 2]
    assert found.table["on_front"].tolist() == [True, False, True]


def test_no_results_give_an_empty_front(tidy):
    found = front(replicates(tidy(_measured([(0.8, 0.1)])).iloc[:0], ["label"]), TWO)
    assert found.table.empty and found.left_out.empty and found.interval is None
    assert found.hypervolume == found.hypervolume_select == 0.0


def test_bad_objectives_are_told(tidy):
    results = tidy(_measured([(0.8, 0.1)]))
    with pytest.raises(InvalidInput, match=r"\['accuracy', 'accuracy'\] must be at least two"):
        front(replicates(results, ["label"]), (ACCURACY, ACCURACY))
    with pytest.raises(InvalidInput, match="'fidelity' of explainability; known: accuracy"):
        front(replicates(results, ["label"]), (ACCURACY, EXPLAINABILITY))


def test_the_interval_of_a_single_point_is_students_of_its_accuracy():
    accuracy = np.array([0.8, 0.82, 0.85, 0.81])
    rows = [
        {"label": 0, "seed": seed, "split": split, "accuracy": value, "gap": 0.1}
        for seed, value in enumerate(accuracy)
        for split in ("select", "report")
    ]
    references = {"accuracy": 0.5, "fairness": 0.3}
    found = front(replicates(pd.DataFrame(rows), ["label"]), TWO, references=references)

    def volume(mean: float) -> float:
        return (mean - 0.5) / 0.5 * (0.3 - 0.1) / 0.3

    low, high = estimate(accuracy).interval or (0.0, 0.0)
    assert found.hypervolume == pytest.approx(volume(accuracy.mean()))
    assert found.interval == pytest.approx((volume(low), volume(high)))
    alone = front(replicates(pd.DataFrame(rows[:2]), ["label"]), TWO, references=references)
    assert alone.interval is None


def test_what_does_not_compete_is_a_point_that_neither_beats_nor_is_beaten(tidy):
    points = [(0.9, 0.1), (0.8, 0.2), (0.7, 0.3)]
    results = replicates(tidy(_measured(points)), ["label"])
    found = front(results, TWO, competing=[False, True, True])
    alone = front(replicates(tidy(_measured(points[1:])), ["label"]), TWO)
    assert found.standing.tolist() == [APART, FRONT, TIED]  # one seed beats nothing
    assert len(found.points) == 3 and found.beaten_by.tolist() == [-1] * 3
    assert found.hypervolume == alone.hypervolume and len(found.chosen) == 1
