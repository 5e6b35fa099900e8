"""Notation: how a language writes numbers, per cent, lists, counts and dates, by the CLDR."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from tradeoffs.language.current import is_english, language

QUOTES = {"fr": "«\u00a0{}\u00a0»"}  # around what is quoted; English where none is stated
SEMICOLONS = {"fr": "\u202f; "}  # between things that hold commas
COLONS = {"fr": "\u00a0: "}  # between a name and what it has
Style = Literal["standard", "or"]
NUMBER = re.compile(r"\D?\d+(?:[\s.,]?\d+)*")
CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # of plurals, in the CLDR's order


class Number:
    """A number in a template: written by a format as Python has it, in the run's notation.

    A format `rows|row` after the number of rows chooses by the language's rule: `{n:row|rows}` is
    `1 row` or `2,000 rows`, and `{n:|is|are}` the word alone.
    """

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        """Keep the value, which may be something else than a number."""
        self.value = value

    def __format__(self, spec: str) -> str:
        """Write it."""
        if "|" in spec:
            return count_text(self.value, spec)
        text = format(self.value, spec)
        return text if isinstance(self.value, str) else localise(text)

    def __str__(self) -> str:
        """Write it as it is."""
        return format(self, "")

    def __repr__(self) -> str:
        """Write it as code does."""
        return repr(self.value)


class Amount(str):
    """The text of a number, which still knows the number, for the plural of its unit."""

    number: float

    def __new__(cls, text: str, number: float) -> "Amount":
        """Keep both."""
        made = super().__new__(cls, text)
        made.number = number
        return made

    def __format__(self, spec: str) -> str:
        """Write the text, with the form of its unit where the format has some."""
        if "|" not in spec:
            return super().__format__(spec)
        return f"{self} {plural(self.number, spec.split('|'))}"


@lru_cache
def locale(code: str) -> Locale:
    """Return what the CLDR has of a language."""
    return Locale.parse(code)


def signs() -> tuple[str, str]:
    """Return the decimal sign and what stands between thousands.

    >>> signs()
    ('.', ',')
    """
    found = _signs(language())
    return found[ord(".")], found[ord(",")]


def language_name(code: str) -> str:
    """Return what a language calls itself.

    >>> language_name("fr")
    'Français'
    """
    return (locale(code).get_display_name(code) or code).capitalize()


@lru_cache
def _signs(code: str) -> dict[int, str]:
    symbols = locale(code).number_symbols["latn"]
    return str.maketrans({",": symbols["group"], ".": symbols["decimal"]})


def localise(text: str) -> str:
    r"""Return a number, as English writes it, in the notation of the run: the digits are the same.

    >>> from tradeoffs.language.current import in_language
    >>> with in_language("fr"):
    ...     localise("32,561.5")
    '32\u202f561,5'
    """
    return text if is_english() else text.translate(_signs(language()))


def percent_text(text: str) -> str:
    """Return a number, as English writes it, with the sign for per cent.

    >>> percent_text("84.6")
    '84.6 %'
    """
    return with_percent(localise(text))


def with_percent(text: str) -> str:
    """Return a number, as the run writes it, with the sign for per cent."""
    sign = " %" if is_english() else locale(language()).percent_formats[None].suffix[0]
    return f"{text}{sign}"


def without_unit(text: str) -> str:
    """Return a number and its sign alone, without the unit behind it.

    >>> without_unit("10.0 %"), without_unit("−1.2 points")
    ('10.0', '−1.2')
    """
    if is_english():
        return text.split(" ")[0]
    found = NUMBER.match(text)
    return found[0] if found else text


def quote(text: str) -> str:
    """Return a text in quotation marks.

    >>> quote("sex")
    '“sex”'
    """
    return QUOTES.get(language(), "“{}”").format(text)


def plural(number: float, forms: Sequence[str]) -> str:
    """Return the form of a word that stands beside a number.

    Args:
        number: of things.
        forms: in the order of CATEGORIES, those that the language has; two are for one and many.

    >>> plural(0, ("row", "rows")), plural(1, ("row", "rows"))
    ('rows', 'row')
    """
    if is_english():
        return forms[number != 1]
    rule = locale(language()).plural_form
    known = [one for one in CATEGORIES if one in {*rule.tags, "other"}]
    category = rule(round(abs(number), 1))  # as it is shown: 1.98 is written 2.0
    if len(forms) == len(known):
        return forms[known.index(category)]
    return forms[0 if category == "one" else -1]


def count_text(value: object, forms: str) -> str:
    """Return a number of things with the word for them, or the word alone: see `Number`."""
    assert isinstance(value, int | float)
    first, *others = forms.split("|")
    if not first:
        return plural(value, others)
    return f"{localise(f'{value:,}')} {plural(value, (first, *others))}"


def list_text(parts: Sequence[str], style: Style = "standard") -> str:
    """Return several things as a list within a sentence.

    Args:
        parts: of it.
        style: standard: all of them; or: one of them.

    >>> list_text(["age", "sex", "race"]), list_text(["age", "sex"], "or")
    ('age, sex and race', 'age or sex')
    """
    if not is_english():
        return format_list(list(parts), style, locale(language()))
    word = "or" if style == "or" else "and"
    return f" {word} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def semicolon_text(parts: Iterable[str]) -> str:
    """Return several things that may hold commas.

    >>> semicolon_text(["age, sex", "race"])
    'age, sex; race'
    """
    return SEMICOLONS.get(language(), "; ").join(parts)


def labelled(name: str, value: object) -> str:
    """Return what a name has, behind the name.

    >>> labelled("seats", 7)
    'seats: 7'
    """
    return f"{name}{COLONS.get(language(), ': ')}{Number(value)}"


def date_text(day: date) -> str:
    """Return a day in words.

    >>> date_text(date(2023, 6, 17))
    '17 June 2023'
    """
    if is_english():
        return f"{day.day} {day:%B %Y}"
    return format_date(day, "long", locale(language()))
