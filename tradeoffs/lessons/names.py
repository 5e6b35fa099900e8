"""Names: words for columns and their values, from a lesson's texts or as the project has them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.codebook_words import word
from tradeoffs.data.shifts.catalogue import title_of
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.errors import InvalidInput
from tradeoffs.field import Field
from tradeoffs.fields import FIELDS
from tradeoffs.fronts import AXES
from tradeoffs.fronts.dominance import BEATEN, FRONT, ONE_HALF, TIED
from tradeoffs.language.translation import translate
from tradeoffs.remedies.catalogue import REMEDIES, STAGES
from tradeoffs.report.text import number, percent, quantity
from tradeoffs.report.text import setting as in_words
from tradeoffs.scenario import LISTS, Scenario, as_text
from tradeoffs.values.fairness.catalogue import NOTIONS

CATALOGUES = {
    "clipping": CLIPPINGS,
    "dataset": DATASETS,
    "notion": NOTIONS,
    "remedy": REMEDIES,
    "stage": STAGES,
}
USUAL = {
    "low": "from (95 %)",
    "high": "to (95 %)",
    "seeds": "training runs",
    "configuration": "setting",
    "standing": "place",
    "all": "everybody",
}
STANDINGS = {one: one for one in (BEATEN, TIED, ONE_HALF, FRONT)}
NOT_MEASURABLE = "not measurable"
NOT_STATED = "not stated"  # an end of an interval


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Words that stand in axes, legends, tables and sentences.

    `words` has them by what they name: a column, `column=value`, `column=*` for all its values, and
    `column<` and `column>` for the ends of its slider.
    """

    words: Mapping[str, str]
    options: frozenset[str] = frozenset()  # of studies, which are no fields whatever their name

    def __post_init__(self) -> None:
        """Write names of lists in the order that a scenario keeps."""
        lists = [key for key in self.words if key.partition("=")[0] in {*LISTS} - self.options]
        if lists:
            ordered = {_in_order(key): self.words[key] for key in lists}
            object.__setattr__(self, "words", {**self.words, **ordered})

    def field(self, name: str) -> Field | None:
        """Return the field of a column; None where it has none."""
        return None if name in self.options else FIELDS.get(name)

    def title(self, name: str) -> str:
        """Return the words for a column."""
        if name in self.words:
            return self.words[name]
        field = self.field(name)
        if field is not None:
            return field.title
        objective = next((one for one in AXES.values() if one.column == name), None)
        if objective:
            return objective.title
        return translate(USUAL[name], "title of a column") if name in USUAL else name

    def ends(self, name: str) -> tuple[str, str] | None:
        """Return what the ends of a slider mean; None where nothing is said."""
        if f"{name}<" in self.words and f"{name}>" in self.words:
            return self.words[f"{name}<"], self.words[f"{name}>"]
        field = self.field(name)
        return field.ends if field else None

    def value(self, name: str, value: Any) -> str:
        """Return a value as a sentence tells it.

        >>> Names(words={}).value("epsilon", None), Names(words={}).value("rows", 300)
        ('no privacy', '300 people')
        """
        own = self._own(name, value)
        field = self.field(name)
        if own is None and field is not None and field.phrase:
            return in_words(name, _absent(value))
        return self.short(name, value) if own is None else own

    def short(self, name: str, value: Any) -> str:
        """Return a value as it stands on an axis or in a table, below the name of its column.

        >>> Names(words={}).short("rows", 32561), Names(words={"who=a": "women"}).short("who", "a")
        ('32,561', 'women')
        """
        own, value = self._own(name, value), _absent(value)
        if own is not None:
            return own
        field = self.field(name)
        if field is not None:
            if value in field.words:
                return field.words[value]
            if value in field.phrases:
                return field.phrases[value]
            if isinstance(value, int | float):
                return quantity(field, value)
        if value is None:
            return translate(NOT_MEASURABLE)
        if name in CATALOGUES and field is not None and value in CATALOGUES[name]:
            return CATALOGUES[name][value].title
        if name == "shift" and field is not None:
            return title_of(str(value))
        if name == "standing" and value in STANDINGS:
            return translate(STANDINGS[value], "of a setting on a chart")
        if isinstance(value, str):
            return self.words.get(value) or word(value)
        return number(float(value))

    def _own(self, name: str, value: Any) -> str | None:
        """Return the lesson's own words for a value."""
        value = _absent(value)
        exact = self.words.get(f"{name}={_plain(value)}")
        if exact is not None or f"{name}=*" not in self.words:
            return exact
        numeric = isinstance(value, int | float)
        told = number(value) if numeric else as_text(value)
        share = percent(value, 0) if numeric else as_text(value)
        return self.words[f"{name}=*"].replace("{value}", told).replace("{percent}", share)


def _in_order(key: str) -> str:
    """Return the name of a list's value as a scenario writes it; others as they are.

    >>> _in_order("hide=sex+relationship"), _in_order("hide=none"), _in_order("hide")
    ('hide=relationship+sex', 'hide=none', 'hide')
    """
    name, equals, value = key.partition("=")
    if not equals or value == "*":
        return key
    try:
        return f"{name}={as_text(getattr(Scenario.of(**{name: value}), name)) or 'none'}"
    except InvalidInput:
        return key


def _absent(value: Any) -> Any:
    """Return None for what a table has instead of it: infinity or NaN."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _plain(value: Any) -> str:
    """Return a value as it is written in a name: 0.1, 5, none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int | float) else as_text(value) or "none"
