# pyright: reportAttributeAccessIssue=false, reportGeneralTypeIssues=false, reportOptionalMemberAccess=false
# pyright: reportArgumentType=false, reportCallIssue=false, reportIndexIssue=false
"""A member that a catalogue lists is offered, checked, used, measured and explained everywhere."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.shift import Shift, with_label
from tradeoffs.data.table_cache import clear_table_caches
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.clipping import Adaptation, Bounds, Clipping
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.comparison import Comparison, table
from tradeoffs.experiments.plan import possible, resolve
from tradeoffs.experiments.run import run
from tradeoffs.fronts.objectives import of_explanations
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.remedies.stage import Stage
from tradeoffs.report.glossary import find_term, glossary
from tradeoffs.report.options import entry, options, words
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.explanations.metric import ExplanationMetric
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import Notion, spread

BASE = Scenario.of(rows=1_000, epsilon=3.0)
SAID = {"help": "A member of a test.", "formula": "x", "source": "a test"}


def no_crossing(scenario, data):
    if "*" in scenario.protected:
        raise InvalidInput("protected_in_no_column", protected="sex*race", stage=scenario.stage)


SLOWER = Stage(
    **SAID,
    name="slower",
    title="slower training",
    bounds=None,
    fields=("strength",),
    explanation="The weights change.",
    under_privacy="Nothing more is released.",
    check=no_crossing,
    modify=lambda spec, plan: replace(
        spec, learning_rate=spec.learning_rate * (1 - plan.scenario.strength / 2)
    ),
)
TIGHTER = Clipping(
    **SAID,
    name="tighter",
    title="tighter clipping",
    releases="a noisy count of gradients longer than the clip norm",
    adaptation=Adaptation(
        numbers=lambda groups: 1,
        limit=lambda own: own.norm,
        gather=CLIPPINGS["global_adapt"].adaptation.gather,
        follow=lambda own, counts: Bounds(own.norm, 2 * own.norm, own.able),
        facts=lambda seen, attribute, names: {"tightness": seen.reach},
    ),
)
EVEN_ALARMS = Notion(
    **SAID,
    name="even_alarms",
    title="even alarms",
    axis="Gap in false positive rates",
    metric="false_positive_rate_difference",
    unit="difference of shares, 0 to 1",
    denominators=("negatives",),
    constrained_rates=("false_positive_rate",),
    rates=("false_positive_rate",),
    sensitivity="1",
    under_privacy="Only negatives count.",
    gap=lambda counts: spread(counts.false_positive_rate),
)
UPSIDE_DOWN = Shift(
    name="upside_down",
    title="answers the other way",
    family="a test",
    help="Everybody's answer turns.",
    moves="answers",
    invariant="features",
    limits="It is made up.",
    source="a test",
    operator=lambda rows, intensity, seed, protected, option: with_label(rows, ~rows.label),
    writes=("label",),
    moved=("answers changed",),
    still=("features",),
)
LARGEST_SHARE = ExplanationMetric(
    **SAID,
    name="largest_share",
    title="Largest attribution",
    words="one feature does more",
    better="high",
    unit="share, 0 to 1",
    undefined="nothing counts",
    ideal=1.0,
    reference=0.0,
    of=lambda values: values.abs().mean(1).amax(1) / values.abs().mean(1).sum(1),
)
ADDED = (
    (STAGES, SLOWER, "stage"),
    (CLIPPINGS, TIGHTER, "clipping"),
    (NOTIONS, EVEN_ALARMS, "notion"),
    (SHIFTS, UPSIDE_DOWN, "shift"),
    (METRICS, LARGEST_SHARE, "x"),
)


@pytest.fixture(autouse=True)
def listed(monkeypatch):
    """List the members as a line of their catalogue would."""
    for catalogue, member, _ in ADDED:
        monkeypatch.setitem(catalogue._entries, member.name, member)
    clear_table_caches()
    yield
    monkeypatch.undo()
    clear_table_caches()


def measured(*scenarios):
    """Return the outcomes, and the rows that a sweep writes of them."""
    found = [one for chunk in chunks(map(resolve, scenarios)) for one in run(chunk)]
    results = [Result(scenario=one.scenario, measurement=one.measurement) for one in found]
    rows = table(results, Comparison.of(scenarios))
    return {one.scenario: one for one in found}, rows[rows["split"] == "report"]


@pytest.mark.parametrize(("catalogue", "member", "field"), ADDED)
def test_it_is_offered_and_in_the_glossary(catalogue, member, field):
    term = find_term(member.name, glossary())
    assert term is not None and member.help in term.meaning
    if catalogue is METRICS:  # an axis is made of it where objectives are listed
        assert of_explanations(member).title == member.title
        return
    at = {"dataset": "adult", "label": "income_gt_50k", "protected": "sex"}
    assert member.name in options(field, at)
    assert words(field, member.name, at) == member.title and entry(field, member.name) is member


def test_a_stage_is_checked_keyed_trained_and_written():
    own, half = BASE.but(stage="slower"), BASE.but(stage="slower", strength=0.5)
    found, rows = measured(BASE, own, half)
    assert len({one.weights for one in found.values()}) == 3
    assert rows["stage"].tolist() == [one.stage for one in found] and "slower" in set(rows["stage"])
    assert options("strength", {"stage": "slower"}) == options("strength", {"stage": "reweighing"})
    assert resolve(BASE.but(strength=0.5)) == resolve(BASE)
    with pytest.raises(InvalidInput) as refused:
        resolve(own.but(protected="sex*race"))
    assert refused.value.code == "protected_in_no_column"
    with pytest.raises(InvalidInput) as refused:
        resolve(own.but(max_gap=0.1))
    assert refused.value.code == "stage_without_bound"


def test_a_way_of_clipping_is_accounted_for_trained_and_written():
    own = BASE.but(clipping="tighter")
    found, rows = measured(BASE, own)
    assert found[BASE].weights != found[own].weights
    told = found[own].measurement.training
    parts = float(told["sigma_gradient"]) ** -2 + float(told["sigma_statistics"]) ** -2
    assert parts**-0.5 == pytest.approx(told["sigma"]) and float(told["watching_price"]) > 0
    assert float(told["epsilon_spent"]) <= 3.0
    assert told["tightness"] == pytest.approx(2 * float(told["clip_norm"]), rel=0.05)
    assert rows["clipping"].tolist() == ["flat", "tighter"] and rows["tightness"].notna().sum() == 1


def test_a_notion_is_measured_bounded_and_written():
    free = BASE.but(epsilon=None, rows=4_000, notion="even_alarms")
    found, rows = measured(free, free.but(max_gap=0.0))
    assert "false_positive_rate_difference[sex]" in rows
    assert rows["gap"].iloc[1] < rows["gap"].iloc[0]
    assert found[free.but(max_gap=0.0)].measurement.training["bound_binding"] == 1
    assert possible(free.but(stage="in", max_gap=0.1))
    assert not possible(free.but(stage="group_thresholds", max_gap=0.1))


def test_a_shift_moves_the_people_that_a_model_is_used_on():
    found, rows = measured(BASE, BASE.but(shift="upside_down", shift_intensity=1.0))
    assert rows["shift"].tolist() == [one.shift for one in found]
    assert rows["accuracy"].sum() == pytest.approx(1, abs=1e-6)


def test_a_metric_of_explanations_is_a_column():
    (found,) = measured(BASE)[0].values()
    assert 0 < found.measurement.report["largest_share"] <= 1
    assert np.isfinite(measured(BASE)[1]["largest_share"]).all()


@contextmanager
def unlisted(monkeypatch):
    """Take the members out of their catalogues for a while."""
    with monkeypatch.context() as before:
        for catalogue, member, _ in ADDED:
            before.delitem(catalogue._entries, member.name)
        yield


ALARMS = BASE.but(notion="even_alarms")  # the model of BASE: nothing is bounded


def reported(results):
    rows = table(results, Comparison.of([one.scenario for one in results]))
    return rows[rows["split"] == "report"]


@pytest.mark.parametrize("place", ["own", "shipped"])
def test_results_from_before_are_measured_again_and_replaced(tmp_path, monkeypatch, place):
    former = Store(tmp_path / f"{place}.sqlite", None)
    with unlisted(monkeypatch):
        (before,) = run_all([BASE], former, None)
    former.close()
    store = Store(tmp_path / "own.sqlite", tmp_path / "shipped.sqlite")
    again = run_all([ALARMS], store, None)
    (row,) = reported(again).to_dict("records")
    assert row["gap"] == row["false_positive_rate_difference[sex]"] > 0
    assert not isinstance(row.get("gap_not_measurable"), str) and 0 < row["largest_share"] <= 1
    figures = again[0].measurement.report
    assert dict(before.measurement.report).items() <= dict(figures).items()
    store.close()
    key = resolve(ALARMS).result_key
    assert key == resolve(BASE).result_key
    kept = store.results([key])[key]
    assert kept.report == figures and kept.bits == before.measurement.bits and store.notice == ""
    with unlisted(monkeypatch):  # what is left of a member that was removed does no harm
        assert store.results([key])[key].report == figures
        assert reported(run_all([BASE], store, None))["gap"].notna().all()
    store.close()


def test_a_former_store_counts_where_its_columns_are_complete(tmp_path, monkeypatch):
    path = shutil.copy(Path(__file__).parent / "former" / "results.sqlite", tmp_path)
    store, key = Store(Path(path), None), resolve(Scenario(seed=0)).result_key
    assert store.results([key]) == {} and store.notice == ""
    with unlisted(monkeypatch):
        assert store.results([key]).keys() == {key}
    store.close()


@pytest.mark.parametrize(
    "scenario",
    [
        BASE.but(
            dataset="compas", label="rearrest", protected="race"
        ),  # nobody can change anything
        BASE.but(stage="group_thresholds", epsilon=None, max_gap=0.1),  # a rule after the score
        BASE.but(shift="demographic", shift_intensity=1.0),
    ],
    ids=("no actions", "rule", "shift"),
)
def test_what_is_measured_now_is_found_again(tmp_path, scenario):
    store = Store(tmp_path / "store.sqlite", None)
    (found,) = run_all([scenario], store, None)
    store.close()
    assert store.results([resolve(scenario).result_key]) == {
        resolve(scenario).result_key: found.measurement
    }
    store.close()


def test_what_a_manager_remembers_from_before_is_measured_again(tmp_path, monkeypatch):
    store = Store(tmp_path / "store.sqlite", None)
    manager = Manager(store, lambda machine: Synchronous())
    with unlisted(monkeypatch):
        assert manager.submit("before", [BASE]).wait(60)
    job = manager.submit("after", [ALARMS])
    assert job.wait(60)
    assert reported(job.results())["gap"].notna().all()
    manager.close()
    store.close()
