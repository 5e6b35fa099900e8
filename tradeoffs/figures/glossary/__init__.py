"""The glossary: every term on screen, from the catalogues and a short declared list."""

from tradeoffs.figures.glossary.catalogued import catalogued
from tradeoffs.figures.glossary.measures import MEASURED
from tradeoffs.figures.glossary.privacy import PRIVATE
from tradeoffs.figures.glossary.screen import ON_SCREEN
from tradeoffs.figures.glossary.term import GROUPS, Term, search

__all__ = ["GROUPS", "Term", "explained", "glossary", "search"]


def glossary() -> tuple[Term, ...]:
    """Return every entry, group by group in the order of GROUPS, by name within a group."""
    found = [*catalogued(), *MEASURED, *PRIVATE, *ON_SCREEN]
    return tuple(sorted(found, key=lambda term: (GROUPS.index(term.group), term.name.lower())))


def explained(name: str, terms: tuple[Term, ...]) -> Term | None:
    """Return the entry of a term as it stands on screen, in a table or in an address.

    An entry of that very name comes before one that has it as another name.
    """
    wanted = name.strip().lower()
    own = (term for term in terms if wanted in (term.name.lower(), term.slug))
    return next(own, None) or next((term for term in terms if wanted in term.known_as), None)
