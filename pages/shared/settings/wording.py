"""Wording of the page: messages that name fields and options as they stand on screen."""

from pages.shared.settings.fields import FIELDS, words
from tradeoffs.messages.message import Coded
from tradeoffs.messages.wording import Wording
from tradeoffs.report.options import Values, label
from tradeoffs.scenario import as_text


class PageWording(Wording):
    """Sentences in which a field is called by its title, and an option by its words."""

    def __init__(self, values: Values) -> None:
        """Keep what was chosen: the words of some options depend on the table.

        Args:
            values: of all fields.
        """
        self.chosen = values

    def argument(self, name: str, value: object) -> str:
        """Return a field with its value, as in “Meaning of fair: equal opportunity”."""
        if name not in FIELDS:
            return super().argument(name, value)
        text = value if isinstance(value, str) else as_text(value)
        shown = "epsilon" if (name, text) == ("mechanism", "none") else name
        return f"“{label(shown, self.chosen)}: {self.option(shown, text)}”"

    def option(self, field: str, value: str) -> str:
        """Return an option in words, or as it is where it is none, as a number that was refused."""
        try:
            return words(field, value, self.chosen)
        except (LookupError, ValueError):
            return value


def told(message: Coded, values: Values) -> str:
    """Return a message, such as an error, in the words of the page.

    >>> from tradeoffs.errors import InvalidInput
    >>> error = InvalidInput("stage_without_bound", max_gap=0.1, stage="reweighing")
    >>> told(error, {"dataset": "adult"})
    '“Largest allowed gap: 10 %” must be no limit with “Where fairness is brought about: ...'
    """
    return PageWording(values).write(message)
