"""The glossary: every term on screen, from the catalogues and a short declared list."""

from tradeoffs.report.glossary.entries import catalogue_terms
from tradeoffs.report.glossary.measurement_terms import MEASURED
from tradeoffs.report.glossary.privacy_terms import PRIVATE
from tradeoffs.report.glossary.screen_terms import ON_SCREEN
from tradeoffs.report.glossary.term import GROUPS, Term, search

__all__ = ["GROUPS", "Term", "find_term", "glossary", "search"]


def glossary() -> tuple[Term, ...]:
    """Return every entry, group by group in the order of GROUPS, by name within a group."""
    found = [*catalogue_terms(), *MEASURED, *PRIVATE, *ON_SCREEN]
    return tuple(sorted(found, key=lambda term: (GROUPS.index(term.group), term.name.lower())))


def find_term(name: str, terms: tuple[Term, ...]) -> Term | None:
    """Return the entry of a term as it stands on screen, in a table or in an address.

    An entry of that very name comes before one that has it as another name.
    """
    wanted = name.strip().lower()
    own = (term for term in terms if wanted in (term.name.lower(), term.slug))
    return next(own, None) or next((term for term in terms if wanted in term.aliases), None)
