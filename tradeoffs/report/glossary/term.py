"""A term of the glossary: its meaning in plain words, formula, unit, direction and source."""

from collections.abc import Iterable
from dataclasses import dataclass

from tradeoffs.data.shifts.shift import slug
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import mark

GROUPS = (  # the paper's three axes first, then its remedies, then how it is measured and shown
    mark("Data"),
    mark("Shifts of data"),
    mark("Resources"),
    mark("Values: fairness"),
    mark("Values: privacy"),
    mark("Values: explanations"),
    mark("Values: regulations"),
    mark("Remedies"),
    mark("Fronts and uncertainty"),
    mark("Choosing"),
    mark("Remarks on results"),
    mark("The screen"),
)


@translates("name", "meaning", "formula", "unit", "direction", "limits", "seen", "also")
@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One entry.

    Attributes:
        name: as it stands on screen.
        group: one of GROUPS.
        meaning: in plain words, understood without mathematics from the first sentence on.
        formula: in letters; empty for what is no quantity.
        unit: of the quantity; empty for what is none.
        direction: what a larger or smaller number means; no judgement.
        source: a paper, book, page or bundled package; for the project's own words, the file.
        limits: what it does not say.
        seen: where it is met.
        also: other names: of columns, options and headers.
    """

    name: str
    group: str
    meaning: str
    formula: str = ""
    unit: str = ""
    direction: str = ""
    source: str
    limits: str = ""
    seen: str = ""
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that the group is one of GROUPS."""
        if self.group not in GROUPS:
            raise InvalidInput("not_one_of", field="group", value=self.group, known=GROUPS)

    @property
    def slug(self) -> str:
        """The name in an address."""
        return slug(self.name)

    @property
    def aliases(self) -> frozenset[str]:
        """Every name of it in small letters, and as it is written in an address."""
        names = (self.name, *self.also)
        return frozenset(name.lower() for name in names) | set(map(slug, names))


def search(terms: Iterable[Term], text: str) -> list[Term]:
    """Return the terms that hold every word of a text, those that are named so first."""
    words = text.lower().split()
    held = [term for term in terms if all(word in _all(term) for word in words)]
    return sorted(held, key=lambda term: not all(word in _names(term) for word in words))


def _names(term: Term) -> str:
    return " ".join((term.name, *term.also)).lower()


def _all(term: Term) -> str:
    return f"{_names(term)} {term.meaning} {term.formula} {term.source} {term.limits}".lower()
