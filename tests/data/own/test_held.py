import pytest

from tests.data.own.conftest import CHOICES
from tradeoffs.data.catalogue import dataset, offered
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.own import held
from tradeoffs.data.own.table import own_table
from tradeoffs.errors import Busy, InvalidInput
from tradeoffs.pipeline.fitting import fitting
from tradeoffs.pipeline.resolve import resolve
from tradeoffs.scenario import Scenario


@pytest.fixture
def own(table, monkeypatch):
    monkeypatch.setattr(held, "_held", {})  # other tests may hold tables of their own
    yield own_table(table(), CHOICES)
    for owner in ("somebody", "another"):
        held.release(owner)


def test_a_held_table_is_a_dataset_that_nobody_is_offered(own):
    held.hold("somebody", own.whole)
    assert dataset(own.book.name).labels == ("hired",)
    assert own.book.name not in [entry.name for entry in offered()]
    scenario, _ = fitting(Scenario(dataset=own.book.name))
    budget = resolve(scenario).budget
    assert budget is not None
    assert "row" in budget.unit
    assert not load_encoded(own.book.name).codes.flags.writeable


def test_a_released_table_is_gone_everywhere(own):
    name = own.book.name
    held.hold("somebody", own.whole)
    scenario, _ = fitting(Scenario(dataset=name))
    resolve(scenario)
    load_split(name)
    assert held.release("somebody") == name
    for ask in (dataset, load_split, load_encoded):
        with pytest.raises(InvalidInput, match="is gone when they leave"):
            ask(name)
    with pytest.raises(InvalidInput, match="is gone when they leave"):
        resolve(scenario)
    moved, resets = fitting(scenario)
    assert moved.dataset == offered()[0].name
    assert "dataset" in [reset.field for reset in resets]


def test_what_two_brought_stays_until_both_have_left(own):
    held.hold("somebody", own.whole)
    held.hold("another", own.whole)
    assert held.release("somebody") is None
    assert held.is_held(own.book.name)
    assert held.release("another") == own.book.name
    assert held.release("another") is None


def test_a_second_table_takes_the_place_of_the_first(own, table):
    held.hold("somebody", own.whole)
    second = own_table(table(700), CHOICES)
    held.hold("somebody", second.whole)
    assert not held.is_held(own.book.name)
    assert held.of("somebody") is second.whole


def test_a_full_memory_refuses_kindly(own, monkeypatch):
    monkeypatch.setattr(held, "MOST_HELD", 1)
    held.hold("somebody", own.whole)
    held.hold("somebody", own.whole)  # their own place
    with pytest.raises(Busy, match="1 own tables are in this machine's memory"):
        held.hold("another", own.whole)


@pytest.mark.parametrize(("text", "told"), [("", True), ("on", True), (" OFF ", False)])
def test_a_deployment_can_switch_uploads_off(monkeypatch, text, told):
    monkeypatch.setenv(held.VARIABLE, text)
    assert held.uploads_offered() is told


def test_a_switch_that_is_neither_is_told(monkeypatch):
    monkeypatch.setenv(held.VARIABLE, "maybe")
    with pytest.raises(InvalidInput, match="TRADEOFFS_UPLOADS='maybe' must be on or off"):
        held.uploads_offered()
