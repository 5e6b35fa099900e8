"""Wording: writes a message in a language, and names and values as its readers know them."""

import math
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from tradeoffs.language.notation import count_text, localise, percent_text, quote, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.en import MESSAGES
from tradeoffs.messages.message import Coded, Message

LONGEST_MESSAGE = 400  # characters
MOST_NAMED = 8  # words in a list
LONGEST_VALUE = 41  # characters of a value that are repeated, the ellipsis included
_FLAG, _OPTION = object(), object()
MARKS = {"flag": _FLAG, "option": _OPTION}  # that stand in templates, and are no values


class Wording(Formatter):
    """Sentences in the language of the run; names and values as the command line has them.

    Templates are those of `str.format`, with a few forms more: `{rows=}` writes a field with its
    value, `{field=value}` one whose name is a value too, `{known:notion}` what a field may be,
    `{option:max_gap=none}` one such value, `{names:8}` the first eight of several, `{faults:;}` all
    with semicolons, `{n:row|rows}` counts, and `{flag:missing}` or `{flag:missing age=}` names an
    option of the command line.
    """

    def write(self, message: Coded) -> str:
        """Return a message as text; an error in at most LONGEST_MESSAGE characters.

        A code without a sentence is one itself: an extension needs no entry here.
        """
        template = translate(MESSAGES.get(message.code, message.code))
        text = self.vformat(template, (), message.values)
        return cut(text, LONGEST_MESSAGE) if isinstance(message, Exception) else text

    def sentence(self, message: Coded) -> str:
        """Return a message that stands by itself: with a capital letter and a full stop."""
        text = self.write(message)
        return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '…')) else '.'}"

    def cells(self, words: Mapping[str, int]) -> str:
        """Return words with how many cells hold each.

        >>> WORDING.cells({"": 1, "NA": 1296})
        'empty (1), “NA” (1,296)'
        """
        return self.format_field(words, "word_cells")

    def argument(self, name: str, value: object) -> str:
        """Return a field, or an argument, with its value."""
        return f"{name}={'none' if value is None else short(value)}"

    def option(self, field: str, value: str) -> str:
        """Return what a field may be."""
        del field  # in words it would matter
        return value

    def flag(self, name: str, value: str) -> str:
        """Return an option of the command line, with what is to be stated if that is known."""
        return f"--{name} '{value}'" if value else f"--{name}"

    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """Return what stands in the place of a name in a template."""
        if field_name in MARKS:
            return MARKS[field_name], field_name
        name, is_argument, value = field_name.partition("=")
        if not is_argument:
            return super().get_field(field_name, args, kwargs)
        field = kwargs[name] if value else name
        return self.argument(field, kwargs[value or name]), name

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Return a value as code would write it, shortened, where a template says `!r`."""
        if conversion != "r":
            return super().convert_field(value, conversion)
        return tuple(map(short, value)) if isinstance(value, tuple) else short(value)

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as text."""
        if value is _FLAG:
            name, _, stated = format_spec.partition(" ")
            return self.flag(name, stated)
        if value is _OPTION:
            return self.option(*format_spec.split("="))
        match value:
            case Mapping():
                each = (
                    Message(f"{format_spec}{'' if word else '_empty'}", word=word, cells=cells)
                    for word, cells in value.items()
                )
                return self._several(tuple(each), str(MOST_NAMED))
            case tuple() | list():
                return self._several(value, format_spec)
            case float() if format_spec.endswith("%"):
                return percent_text(f"{100 * value:{format_spec[:-1]}f}")
            case _ if "|" in format_spec:
                return count_text(value, format_spec)
            case float() if not format_spec:
                return localise(f"{value:.10g}")
            case None:
                return say("none")
            case str():
                return cut(value, LONGEST_MESSAGE)
            case Coded():
                return self.write(value)
        text = super().format_field(value, format_spec)
        return localise(text) if isinstance(value, int | float) else text

    def _several(self, values: Sequence[Any], spec: str) -> str:
        shown = values[: int(spec)] if spec.isdigit() else values
        named = bool(spec) and spec != ";" and not spec.isdigit()
        each = [self.option(spec, v) if named else self._one(v) for v in shown]
        long = spec == ";" or any(", " in one for one in each)
        text = (semicolon_text(each) if long else ", ".join(each)) or say("none")
        more = len(values) - len(shown)
        return self.write(Message("and_more", text=text, more=more)) if more else text

    def _one(self, value: Any) -> str:
        if isinstance(value, list):  # values that are alike
            return " = ".join(map(quote, value))
        return self.format_field(value, "")


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
        digits = round(value.bit_length() * math.log10(2))
        return say("a number of about {digits} digits", digits=digits)
    return cut(repr(value), LONGEST_VALUE)


WORDING = Wording()
