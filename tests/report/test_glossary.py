"""The glossary has every term on screen, and every entry has what a reader needs."""

import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.details import details, numbers
from pages.shared.shifts import shifts
from tradeoffs.attacks import leakage
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.errors import InvalidInput
from tradeoffs.fields import FIELDS
from tradeoffs.fronts import AXES
from tradeoffs.fronts.remarks import REMARKS
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.report import composition_table, global_explanation, group_outcomes
from tradeoffs.report.charts import shift_charts
from tradeoffs.report.glossary import GROUPS, Term, find_term, glossary, search
from tradeoffs.results import FIRST_COLUMNS
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS

ROOT = Path(__file__).parents[2]
TERMS = glossary()
RESOLVABLE = re.compile(
    r"arXiv \d{4}\.\d{4,5}"
    r"|doi 10\.\d{4,9}/\S+"
    r"|https://\S+"
    r"|\bArt(icle|\.) \d+"
    r"|\b(19|20)\d\d, [A-Z].+, ch\. \d+"  # a book
    r"|\bin [a-z0-9_-]+==\d"  # files of a package
)


def looked_at() -> list[str]:
    row = {"seen": "one", "models": 1, "epsilon": 1.0, "delta": 1e-5, "accountant": "prv"}
    return list(composition_table.display_table(pd.DataFrame([row])).columns)


ON_SCREEN = [
    *(name for one in FIELDS.values() for name in (one.name, one.title, one.label)),
    *FIELDS["level"].words.values(),
    *FIELDS["mechanism"].words.values(),
    *numbers.MEASURES.values(),
    *("on the front", "seeds", "remarks"),
    *details.PARTS,
    *shifts.PARTS,
    *shift_charts.MEASURES.values(),
    *group_outcomes.TITLES.values(),
    *leakage.TITLES.values(),
    *global_explanation.HEADERS.values(),
    *looked_at(),
    *("Accuracy", "Privacy budget", "Fidelity of a small tree"),
    *(entry.title for entry in AXES.values()),
    *(entry.title for entry in METRICS.values()),
    *(entry.title for entry in DATASETS.values()),
    *(entry.title for entry in SHIFTS.values()),
    *(entry.family for entry in SHIFTS.values()),
    *(entry.title for entry in STAGES.values()),
    *(entry.title for entry in CLIPPINGS.values()),
    *(entry.title for entry in NOTIONS.values()),
    *(entry.axis for entry in NOTIONS.values()),
    *(entry.title for entry in PATTERNS.values()),
    *(entry.name for entry in REMARKS),
    *FIRST_COLUMNS,
]


@pytest.mark.parametrize("name", sorted(set(ON_SCREEN)))
def test_every_term_on_screen_has_an_entry(name):
    assert find_term(name, TERMS) is not None


def test_everything_that_is_declared_of_privacy_has_an_entry():
    def app() -> None:
        from pages.shared.details.privacy import _declared
        from tradeoffs.experiments.plan import resolve
        from tradeoffs.scenario import Scenario

        _declared(resolve(Scenario(max_gap=0.05)))

    declared = AppTest.from_function(app).run().table[0].value.index
    assert len(declared) == 9
    assert [name for name in declared if find_term(name, TERMS) is None] == []


def test_a_name_that_is_nowhere_on_screen_has_no_entry():
    assert find_term("phlogiston", TERMS) is None


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.slug)
def test_every_source_can_be_looked_up(term):
    own = re.fullmatch(r"[a-z/_]+\.py", term.source) and (ROOT / term.source).is_file()
    assert own or RESOLVABLE.search(term.source), term.source


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.slug)
def test_meanings_are_plain_sentences(term):
    first = term.meaning.split(". ")[0]
    assert term.meaning.endswith(".") or term.meaning.endswith("?)")
    assert first[0].isupper() or first[0] in "“'"
    assert not re.search(r"[=^_|<>]|\b[PE]\(", first), first


def test_what_has_a_direction_has_a_unit_and_what_is_a_notion_has_a_formula():
    assert [term.name for term in TERMS if term.direction and not term.unit] == []
    measured = {*NOTIONS, *METRICS}
    assert measured <= {name for term in TERMS if term.formula for name in term.aliases}


def test_names_are_told_apart_in_an_address():
    slugs = [term.slug for term in TERMS]
    assert len(set(slugs)) == len(slugs)
    assert all(find_term(term.slug, TERMS) is term for term in TERMS)


def test_groups_follow_the_axes_of_the_paper_and_none_is_empty():
    order = list(dict.fromkeys(term.group for term in TERMS))
    assert tuple(order) == GROUPS


def test_an_unknown_group_is_refused():
    with pytest.raises(InvalidInput, match="group='Elsewhere' must be one of: Data"):
        Term(name="x", group="Elsewhere", meaning="Y.", source="doi 10.1000/1")


@pytest.mark.parametrize(
    ("text", "first"),
    [("epsilon", "Privacy budget (epsilon)"), ("HYPERVOLUME", "hypervolume"), ("1607.00133", None)],
)
def test_search_finds_names_first_and_sources_too(text, first):
    found = search(TERMS, text)
    assert found
    assert first is None or found[0].name == first


def test_search_wants_every_word():
    assert search(TERMS, "seed phlogiston") == []
    both = search(TERMS, "gap steps")
    assert "Gap in steps between groups" in [term.name for term in both]
    assert len(both) < len(search(TERMS, "gap"))
