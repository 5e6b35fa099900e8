"""A catalogue: entries by name, in order, and one refusal of what it does not have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.catalogue import Catalogue
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.flat import FLAT
from tradeoffs.errors import InvalidInput
from tradeoffs.fronts import AXES, OBJECTIVES
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.remedies.catalogue import REMEDIES, STAGES
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.resources.published_compute import PUBLISHED_COMPUTE
from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.resources.published_training import PUBLISHED_TRAININGS
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS
from tradeoffs.values.privacy.accountants import ACCOUNTANTS
from tradeoffs.values.regulations.catalogue import REGULATIONS
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.published_budget import PUBLISHED_BUDGETS

EVERY = (
    ACCOUNTANTS, ACTORS, AXES, CLIPPINGS, DATASETS, DIAGNOSTICS, JURISDICTIONS, LESSONS, METRICS,
    NOTIONS, NUMBERS, OBJECTIVES, PATTERNS, PUBLISHED_BUDGETS, PUBLISHED_COMPUTE,
    PUBLISHED_RANGES, PUBLISHED_TRAININGS, REGULATIONS, REMEDIES, SHIFTS, STAGES,
)  # fmt: skip
each = pytest.mark.parametrize("catalogue", EVERY, ids=lambda one: one.kind)


@each
def test_an_entry_is_found_under_its_own_name(catalogue):
    assert isinstance(catalogue, Catalogue) and len(catalogue) == len(list(catalogue)) > 0
    assert all(catalogue[name].name == name for name in catalogue)


@each
@given(name=st.text())
def test_an_unknown_name_is_refused_with_those_that_are_known(catalogue, name):
    if name in catalogue:
        return
    assert catalogue.get(name) is None
    with pytest.raises(InvalidInput) as caught:
        catalogue[name]
    assert caught.value.code == "unknown"
    assert caught.value.values == {
        "kind": catalogue.kind, "name": name, "known": tuple(catalogue)
    }  # fmt: skip
    assert str(caught.value).startswith(f"unknown {catalogue.kind} ")


def test_a_name_is_listed_once():
    with pytest.raises(ValueError, match="flat"):
        Catalogue("clipping", (FLAT, FLAT))
