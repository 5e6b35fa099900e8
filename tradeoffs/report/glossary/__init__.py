"""The glossary: every term on screen, from the catalogues and a short declared list."""

from dataclasses import replace
from unicodedata import combining, normalize

from tradeoffs.language.current import ENGLISH, in_language, is_english
from tradeoffs.report.glossary.entries import catalogue_terms
from tradeoffs.report.glossary.measurement_terms import MEASURED
from tradeoffs.report.glossary.privacy_terms import PRIVATE
from tradeoffs.report.glossary.screen_terms import ON_SCREEN
from tradeoffs.report.glossary.term import GROUPS, Term, search

__all__ = ["GROUPS", "Term", "find_term", "glossary", "search"]


def glossary() -> tuple[Term, ...]:
    """Return every entry, group by group in the order of GROUPS, by name within a group.

    In another language an entry is found by its English names too: links keep those.
    """
    found = _terms()
    if not is_english():
        with in_language(ENGLISH):
            also = [(term.name, *term.also) for term in _terms()]
        found = [
            replace(one, also=(*one.also, *more)) for one, more in zip(found, also, strict=True)
        ]
    return tuple(sorted(found, key=lambda term: (GROUPS.index(term.group), _order(term.name))))


def _terms() -> list[Term]:
    return [*catalogue_terms(), *MEASURED, *PRIVATE, *ON_SCREEN]


def _order(name: str) -> str:
    """Return a name as it is ordered: letters with accents stand beside those without."""
    plain = normalize("NFD", name.lower())
    return "".join(one for one in plain if not combining(one))


def find_term(name: str, terms: tuple[Term, ...]) -> Term | None:
    """Return the entry of a term as it stands on screen, in a table or in an address.

    An entry of that very name comes before one that has it as another name.
    """
    wanted = name.strip().lower()
    own = (term for term in terms if wanted in (term.name.lower(), term.slug))
    return next(own, None) or next((term for term in terms if wanted in term.aliases), None)
