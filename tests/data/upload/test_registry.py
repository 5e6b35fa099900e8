"""Own tables of many owners, and their handles."""

import pickle

import pytest

from tests.data.upload.conftest import CHOICES
from tradeoffs.data.catalogue import available_datasets, dataset
from tradeoffs.data.load import load_codebook, load_encoded, load_split
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.data.upload.registry import Registry
from tradeoffs.errors import Busy, InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import resolve
from tradeoffs.scenario import Scenario


@pytest.fixture
def own(table):
    return own_table(table(), CHOICES)


def test_a_held_table_is_a_dataset_that_nobody_is_offered(own):
    handle = Registry().hold("somebody", own.whole)
    assert handle == own.book.name
    assert dataset(handle).labels == ("hired",)
    assert handle not in [entry.name for entry in available_datasets()]
    scenario, _ = adapt(Scenario(dataset=handle))
    budget = resolve(scenario).budget
    assert budget is not None
    assert "row" in budget.unit
    assert not load_encoded(handle).codes.flags.writeable


def test_who_has_no_more_than_the_name_has_no_table(own):
    Registry().hold("somebody", own.whole)
    for ask in (dataset, load_codebook, load_encoded, load_split):
        with pytest.raises(InvalidInput, match="deleted when they leave"):
            ask(own.book.name)


def test_a_released_table_is_gone_everywhere(own):
    registry = Registry()
    handle = registry.hold("somebody", own.whole)
    scenario, _ = adapt(Scenario(dataset=handle))
    resolve(scenario)
    load_split(handle)
    assert registry.release("somebody") == handle and handle.closed
    for ask in (dataset, load_codebook, load_split, load_encoded):
        with pytest.raises(InvalidInput, match="deleted when they leave"):
            ask(handle)
    with pytest.raises(InvalidInput, match="deleted when they leave"):
        resolve(scenario)
    moved, resets = adapt(scenario)
    assert moved.dataset == available_datasets()[0].name
    assert "dataset" in [reset.field for reset in resets]


def test_a_scenario_takes_its_table_along_and_says_the_same_as_one_that_does_not(own):
    handle = TableHandle(own.whole)
    scenario = adapt(Scenario(dataset=handle))[0]
    again = scenario.but(width=4).but(width=0).configuration()
    assert isinstance(again.dataset, TableHandle)
    text = Scenario.from_json(scenario.to_json())
    assert type(text.dataset) is str
    assert (text, hash(text), text.to_json()) == (again, hash(again), again.to_json())
    assert text.to_query() == scenario.to_query()
    there = pickle.loads(pickle.dumps(scenario))
    assert load_split(there.dataset).train.rows == load_split(handle).train.rows
    back = pickle.loads(pickle.dumps(there))
    assert type(back.dataset) is str and back == scenario


def test_what_two_brought_stays_until_both_have_left(own):
    registry = Registry()
    first, second = (registry.hold(owner, own.whole) for owner in ("somebody", "another"))
    assert first is second
    assert registry.release("somebody") is first and not first.closed
    assert registry.release("another") is first and first.closed
    assert registry.release("another") is None


def test_a_second_table_takes_the_place_of_the_first(own, table):
    registry = Registry()
    first = registry.hold("somebody", own.whole)
    second = registry.hold("somebody", own_table(table(700), CHOICES).whole)
    assert first.closed and not second.closed
    assert registry.of("somebody") is second and len(registry) == 1


def test_a_full_memory_refuses_kindly(own):
    registry = Registry(most=1)
    registry.hold("somebody", own.whole)
    registry.hold("somebody", own.whole)  # their own place
    with pytest.raises(Busy, match="1 visitor's table is in this machine's memory"):
        registry.hold("another", own.whole)
