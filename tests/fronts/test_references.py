"""References of hypervolumes: no model without constraint is worse, whatever is called fair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.report.conftest import HERE, UNTOUCHED, model, shown
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.report_people import report_rows
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.fronts import ACCURACY, FAIRNESS, hypervolume
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import GroupCounts, Notion

COUNTS = ("people", "positives")
TWO = (ACCURACY, FAIRNESS)
shares = st.integers(0, 40).map(lambda k: k / 40)


def untouched_on(dataset: str, label: str, protected: str) -> dict[str, float]:
    """Return the figures on report of a model with no constraint and no privacy."""
    base = Scenario.of(dataset=dataset, label=label, protected=protected, rows=1_000, epsilon=None)
    (found,) = [one for chunk in chunks(map(resolve, [base])) for one in run(chunk)]
    return dict(found.measurement.report)


def compared(figures: dict[str, float], notion: Notion) -> int:
    """Return of how many groups the report has enough people for a notion's rates."""
    sizes = {c: np.array([v for k, v in figures.items() if k.startswith(f"{c}[")]) for c in COUNTS}
    cells = sizes | {"negatives": sizes["people"] - sizes["positives"]}
    return int(np.all([cells[one] >= SMALLEST_CELL for one in notion.cells], axis=0).sum())


FIRST = [(entry, entry.labels[0]) for entry in DATASETS.values()]
OTHERS = [(entry, label) for entry in DATASETS.values() for label in entry.labels[1:]]


@pytest.mark.parametrize(
    ("entry", "label"),
    [*FIRST, *(pytest.param(*other, marks=pytest.mark.slow) for other in OTHERS)],
    ids=lambda one: getattr(one, "name", one),
)
def test_the_untouched_model_attains_something_by_every_notion(entry, label):
    figures = untouched_on(entry.name, label, entry.protected[0])
    yes = float(report_rows(entry.name, label, ((), "")).label.mean())
    better = figures["accuracy"] > max(yes, 1 - yes)  # than a constant answer
    assert better or label != entry.labels[0]
    for name, one in NOTIONS.items():
        references = {"accuracy": max(yes, 1 - yes), "fairness": one.reference}
        gaps = [v for column, v in figures.items() if column.startswith(f"{one.metric}[")]
        assert gaps or "selected" in one.denominators or compared(figures, one) < 2, name
        for gap in gaps:
            assert gap <= one.reference, name
            found = hypervolume(np.array([[figures["accuracy"], gap]]), TWO, references)
            assert 0 < found < 1 if better and gap < one.reference else found == 0


@pytest.mark.parametrize("name", ["minimax", "bounded_group_loss"])
@settings(database=None, deadline=None)
@given(positives=hnp.arrays(np.int64, 3, elements=st.integers(40, 60)))
def test_a_coin_is_wrong_half_of_the_time_in_every_group(name, positives):
    """Each person is there twice, once with either answer."""
    ones = np.arange(100) < positives[:, None]  # (groups, people)
    label = np.repeat(ones.ravel(), 2).astype(np.float32)
    member = np.repeat(np.repeat(np.eye(3, dtype=np.float32), 100, axis=0), 2, axis=0)
    toss = np.tile([0.0, 1.0], 300).astype(np.float32)[None]
    found = NOTIONS[name].gap(GroupCounts.of(toss, toss.astype(float), label, member))  # type: ignore[misc]
    assert found.tolist() == [NOTIONS[name].reference]


@pytest.mark.parametrize("name", ["demographic_parity", "equal_opportunity", "equalized_odds"])
def test_answers_by_group_alone_have_the_largest_gap(name):
    member = np.repeat(np.eye(2, dtype=np.float32), 100, axis=0)
    label = np.tile([0.0, 1.0], 100).astype(np.float32)
    by_group = member[:, 0][None]
    found = NOTIONS[name].gap(GroupCounts.of(by_group, by_group.astype(float), label, member))  # type: ignore[misc]
    assert found.tolist() == [NOTIONS[name].reference]


@pytest.mark.parametrize("name", NOTIONS)
@settings(database=None, deadline=None, max_examples=30)
@given(hnp.arrays(float, st.tuples(st.integers(1, 8), st.just(2)), elements=shares))
def test_a_share_that_a_dominated_model_leaves_alone(name, values):
    references = {"accuracy": 0.7, "fairness": NOTIONS[name].reference}
    before = hypervolume(values, TWO, references)
    worse = np.vstack([values, values[:1] + [-0.05, 0.05]])
    assert 0 <= before <= 1 and hypervolume(worse, TWO, references) == before


def test_a_screen_counts_from_the_reference_of_its_notion():
    """A worst group's error of .3 attained nothing when every notion counted up to .25."""
    minimax = {"notion": "minimax"}
    models = (model(one.but(**minimax), gap=0.3) for one in (HERE, UNTOUCHED))
    found = shown(*models, here=HERE.but(**minimax)).front
    assert found.references["fairness"] == 0.5 and found.hypervolume > 0
