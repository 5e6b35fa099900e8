"""Wording: writes a message in a language, and names and values as its readers know them."""

import math
from collections.abc import Mapping
from string import Formatter
from typing import Any

from tradeoffs.messages.en import MESSAGES
from tradeoffs.messages.message import Argument, Coded, Options

LONGEST_MESSAGE = 400  # characters
LONGEST_VALUE = 41  # characters of a value that are repeated, the ellipsis included
LONGEST_TEXT = 200  # characters of a text that is part of a message
FLAG = "flag"  # in a template, as in {flag:missing}: an option of the command line


class Wording(Formatter):
    """Sentences in English, with names and values as they are typed at the command line.

    A template is one of `str.format`, with three specifications more: `{rows:row|rows}` counts,
    `{names:8}` lists the first eight of several, and `{flag:missing}` names an option.
    """

    messages: Mapping[str, str] = MESSAGES

    def write(self, message: Coded) -> str:
        """Return a message as text of at most LONGEST_MESSAGE characters."""
        text = self.vformat(self.messages[message.code], (), message.values)
        return cut(text, LONGEST_MESSAGE)

    def argument(self, given: Argument) -> str:
        """Return a name with its value."""
        return f"{given.name}={_given(given.value)}"

    def options(self, offered: Options) -> str:
        """Return what a field may be."""
        return ", ".join(offered.names)

    def flag(self, name: str) -> str:
        """Return an option of the command line."""
        return f"--{name}"

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """Return a value; that of `flag` is always there."""
        return FLAG if key == FLAG else super().get_value(key, args, kwargs)

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Return a value as code would write it, shortened, where a template says `!r`."""
        if conversion != "r":
            return super().convert_field(value, conversion)
        return tuple(map(short, value)) if isinstance(value, tuple) else short(value)

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as text."""
        match value:
            case Argument():
                return self.argument(value)
            case Options():
                return self.options(value)
            case tuple() | list():
                return self._several(value, format_spec)
            case int() if "|" in format_spec:
                return f"{value:,} {format_spec.split('|')[value != 1]}"
            case float() if not format_spec:
                return f"{value:.10g}"
            case None:
                return "none"
            case str() if value == FLAG and format_spec:
                return self.flag(format_spec)
            case str():
                return cut(value, LONGEST_TEXT)
            case Coded():
                return self.write(value)
        return super().format_field(value, format_spec)

    def _several(self, values: tuple | list, most: str) -> str:
        shown = values[: int(most)] if most else values
        text = ("; " if isinstance(next(iter(shown), None), Coded) else ", ").join(
            self.format_field(one, "") for one in shown
        )
        more = len(values) - len(shown)
        return self.vformat(self.messages["and_more"], (), locals()) if more else text


def cut(text: str, longest: int) -> str:
    """Return a text of at most that many characters; an ellipsis stands for the rest.

    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def short(value: object) -> str:
    """Return a value as code would write it, in at most LONGEST_VALUE characters.

    >>> short("none"), short(10**5000)
    ("'none'", 'a number of about 5000 digits')
    """
    if isinstance(value, int) and value.bit_length() > 4 * LONGEST_VALUE:
        # Python refuses to write numbers of more than some thousand digits.
        return f"a number of about {round(value.bit_length() * math.log10(2))} digits"
    return cut(repr(value), LONGEST_VALUE)


def _given(value: object) -> str:
    """Return a value as it was given; a number in text without quotes."""
    if value is None:
        return "none"
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return short(value)
        return cut(value, LONGEST_VALUE)
    return f"{value:.10g}" if isinstance(value, float) else short(value)


ENGLISH = Wording()
