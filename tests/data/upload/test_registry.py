import pytest

from tests.data.upload.conftest import CHOICES
from tradeoffs.data.catalogue import dataset, offered
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.upload import registry
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import Busy, InvalidInput
from tradeoffs.experiments.adapt import fitting
from tradeoffs.experiments.plan import resolve
from tradeoffs.scenario import Scenario


@pytest.fixture
def own(table, monkeypatch):
    monkeypatch.setattr(registry, "_held", {})  # other tests may hold tables of their own
    yield own_table(table(), CHOICES)
    for owner in ("somebody", "another"):
        registry.release(owner)


def test_a_held_table_is_a_dataset_that_nobody_is_offered(own):
    registry.hold("somebody", own.whole)
    assert dataset(own.book.name).labels == ("hired",)
    assert own.book.name not in [entry.name for entry in offered()]
    scenario, _ = fitting(Scenario(dataset=own.book.name))
    budget = resolve(scenario).budget
    assert budget is not None
    assert "row" in budget.unit
    assert not load_encoded(own.book.name).codes.flags.writeable


def test_a_released_table_is_gone_everywhere(own):
    name = own.book.name
    registry.hold("somebody", own.whole)
    scenario, _ = fitting(Scenario(dataset=name))
    resolve(scenario)
    load_split(name)
    assert registry.release("somebody") == name
    for ask in (dataset, load_split, load_encoded):
        with pytest.raises(InvalidInput, match="is gone when they leave"):
            ask(name)
    with pytest.raises(InvalidInput, match="is gone when they leave"):
        resolve(scenario)
    moved, resets = fitting(scenario)
    assert moved.dataset == offered()[0].name
    assert "dataset" in [reset.field for reset in resets]


def test_what_two_brought_stays_until_both_have_left(own):
    registry.hold("somebody", own.whole)
    registry.hold("another", own.whole)
    assert registry.release("somebody") is None
    assert registry.is_held(own.book.name)
    assert registry.release("another") == own.book.name
    assert registry.release("another") is None


def test_a_second_table_takes_the_place_of_the_first(own, table):
    registry.hold("somebody", own.whole)
    second = own_table(table(700), CHOICES)
    registry.hold("somebody", second.whole)
    assert not registry.is_held(own.book.name)
    assert registry.of("somebody") is second.whole


def test_a_full_memory_refuses_kindly(own, monkeypatch):
    monkeypatch.setattr(registry, "MOST_HELD", 1)
    registry.hold("somebody", own.whole)
    registry.hold("somebody", own.whole)  # their own place
    with pytest.raises(Busy, match="1 own tables are in this machine's memory"):
        registry.hold("another", own.whole)
