"""Refusal: why something is not possible, in which fields and options are called as on the page."""

from tradeoffs.fields import FIELDS
from tradeoffs.language.notation import labelled, quote
from tradeoffs.language.translation import translate
from tradeoffs.messages.message import Coded
from tradeoffs.messages.wording import Wording
from tradeoffs.report.remedies.selections import LISTED
from tradeoffs.scenario import as_text

MECHANISMS = {  # the page has no control of them: a budget is asked for, or none
    "dp": "a privacy budget",
    "clip_only": "clipping alone",
    "none": "no privacy budget",
}


class RemedyWording(Wording):
    """Sentences that call a field by its title, and an option by its words."""

    def argument(self, name: str, value: object) -> str:
        """Return a field with its value, as in “Model size: 4 units”, or a way by its title."""
        if name not in FIELDS:
            return super().argument(name, value)
        text = value if isinstance(value, str) else as_text(value)
        if name == "mechanism":
            return self.option(name, text)
        if name == "remedy":
            return quote(self.option(name, text))
        return quote(labelled(FIELDS[name].title, self.option(name, text)))

    def option(self, field: str, value: str) -> str:
        """Return an option in words, or as it is where it is none."""
        if field == "mechanism":
            return translate(MECHANISMS[value]) if value in MECHANISMS else value
        try:
            return LISTED[field].words(value, {}) if field in LISTED else _words(field, value)
        except (LookupError, ValueError):
            return value


WORDING = RemedyWording()


def refusal_sentence(message: Coded) -> str:
    """Return why something is not possible as a sentence."""
    return WORDING.sentence(message)


def _words(field: str, value: str) -> str:
    return FIELDS[field].words.get(value, value)
