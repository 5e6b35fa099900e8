import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import Reset, adapt, adapt_to_dataset
from tradeoffs.experiments.plan import reported_attributes, resolve
from tradeoffs.scenario import Scenario

each = pytest.mark.parametrize("entry", DATASETS.values(), ids=lambda entry: entry.name)


def test_what_can_be_trained_stays_as_it_is():
    here = Scenario.of(rows=1_000, width=8, max_gap=0.1, hide=("sex",), seed=4)
    assert adapt(here) == (here, ())


@each
def test_the_first_screen_fits_every_table(entry):
    fitted, resets = adapt_to_dataset(Scenario(), entry.name)
    assert resolve(fitted).dataset == entry
    assert fitted.label in entry.labels and fitted.protected in reported_attributes(entry)
    assert fitted.rows == min(3_000, entry.label(fitted.label).train_rows)
    before, after = Scenario().but(dataset=entry.name).model_dump(), fitted.model_dump()
    assert {reset.field for reset in resets} == {f for f in before if before[f] != after[f]}
    assert all(reset.old == before[reset.field] for reset in resets)
    assert all(reset.new == after[reset.field] for reset in resets)


@each
def test_what_still_applies_is_kept(entry):
    here = Scenario.of(epsilon=2.0, width=16, seed=7, rows=300, shift_intensity=0.5, max_gap=0.1)
    fitted, _ = adapt_to_dataset(here, entry.name)
    elsewhere = {"dataset", "label", "protected"}
    assert fitted.model_dump(exclude=elsewhere) == here.model_dump(exclude=elsewhere)


def test_each_reset_is_told_with_old_and_new():
    here = Scenario.of(label="rich", protected="shoe", rows=40_000, hide=("sex", "shoe"))
    fitted, resets = adapt(here)
    assert resolve(fitted).model_key
    assert resets == (
        Reset(field="label", old="rich", new="income_gt_50k"),
        Reset(field="protected", old="shoe", new="sex"),
        Reset(field="hide", old=("sex", "shoe"), new=("sex",)),
        Reset(field="rows", old=40_000, new=32_561),
    )


def test_hiding_everything_hides_nothing():
    names = tuple(feature.name for feature in DATASETS["adult"].codebook.features)
    fitted, (reset,) = adapt(Scenario.of(hide=names))
    assert (fitted.hide, reset.field, reset.new) == ((), "hide", ())


def test_a_table_that_is_not_offered_becomes_the_first_that_is(monkeypatch):
    other = list(DATASETS)[-1]
    monkeypatch.setenv("TRADEOFFS_TABLES", other)
    fitted, resets = adapt(Scenario.of(dataset="nowhere"))
    assert fitted.dataset == other
    assert resets[0] == Reset(field="dataset", old="nowhere", new=other)
    assert resolve(fitted).model_key


def test_what_no_table_knows_is_refused():
    with pytest.raises(InvalidInput, match="unknown notion 'merit'"):
        adapt(Scenario.of(notion="merit"))
    with pytest.raises(InvalidInput, match="unknown dataset 'adlut'"):
        adapt_to_dataset(Scenario(), "adlut")
