"""Wording of the page: messages that name fields and options as they stand on screen."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from pages.shared.settings.fields import FIELDS, fitted, words
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.fields import FIELDS as DECLARED
from tradeoffs.language.notation import labelled, quote, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.message import Coded
from tradeoffs.messages.wording import LONGEST_MESSAGE, Wording
from tradeoffs.report.options import Values, label
from tradeoffs.scenario import as_text

FLAGS = {
    "bins": "Where numbers are cut",
    "columns": "Columns that models see",
    "decimal": "Decimal sign",
    "encoding": "Encoding",
    "favourable": "Favourable answers",
    "header": "The first row: holds the names of the columns",
    "id": "Whose row it is",
    "merge": "Values to take together",
    "missing": "Words of missing cells",
    "no-header": "The first row: is a row like any other",
    "nominal": "Columns of codes",
    "numeric": "Columns of amounts",
    "separator": "Separator of cells",
    "unfavourable": "Unfavourable answers",
    "weight": "Survey weight",
}  # option of the command line -> the beginning of its label on the page Data
NO_PRIVACY = ("mechanism", "none")  # on the page an option of epsilon


class PageWording(Wording):
    """Sentences in which a field is called by its title, and an option by its words."""

    def __init__(self, values: Values) -> None:
        """Keep what was chosen: the words of some options depend on the table.

        Args:
            values: of all fields.
        """
        self.chosen = values

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as text that nothing on a page reads as code."""
        text = plain(value, LONGEST_MESSAGE) if isinstance(value, str) else value
        return super().format_field(text, format_spec)

    def argument(self, name: str, value: object) -> str:
        """Return a field with its value, as in “Fairness notion: equal opportunity”."""
        if name not in FIELDS:
            return super().argument(name, value)
        text = value if isinstance(value, str) else as_text(value)
        shown = "epsilon" if (name, text) == NO_PRIVACY else name
        return quote(labelled(label(shown, self.chosen), self.option(shown, text)))

    def option(self, field: str, value: str) -> str:
        """Return an option in words, or as it is where it is none, as a number that was refused."""
        shown = "epsilon" if (field, value) == NO_PRIVACY else field
        try:
            return words(shown, value, self.chosen)
        except (LookupError, ValueError):
            return value

    def flag(self, name: str, value: str) -> str:
        """Return the field of the page Data that stands for an option."""
        title = translate(FLAGS[name])
        if not value:
            return quote(title)
        return say("“{value}” under “{title}”", value=value, title=title)


def rephrase(message: Coded, values: Values | None = None) -> str:
    """Return a message, such as an error, in the words of the page.

    Args:
        message: to write.
        values: of all fields; those of this session unless others are given.

    >>> from tradeoffs.errors import InvalidInput
    >>> error = InvalidInput("stage_without_bound", max_gap=0.1, stage="reweighing")
    >>> rephrase(error, {"dataset": "adult"})
    '“Largest allowed gap: 10 %” must be no limit with “Mitigation: ...'
    """
    return _wording(values).write(message)


def sentence(message: Coded, values: Values | None = None) -> str:
    """Return a message as a sentence by itself."""
    return _wording(values).sentence(message)


def changes(names: Iterable[str], before: Values, after: Values) -> str:
    """Return in words what some fields were and what they are now.

    >>> changes(["rows"], {"dataset": "adult", "rows": "3000"}, {"dataset": "adult", "rows": "300"})
    'people in training 3,000 → 300'
    """
    was, is_now = PageWording(before), PageWording(after)
    none = say("none")
    return semicolon_text(
        f"{DECLARED[name].lower} {was.option(name, before[name]) or none} → "
        f"{is_now.option(name, after[name]) or none}"
        for name in names
    )


def _wording(values: Values | None) -> PageWording:
    return PageWording(values or st.session_state.get("setting") or fitted({}))
