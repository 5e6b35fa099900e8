"""Numbers as people write them: decimal sign, thousands, currency; what is ambiguous is asked.

`1.234` is one thousand and something under a decimal comma, and one and something under a decimal
point.  A text that can only be read one way tells which sign its column, and else the file, uses.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tradeoffs.data.upload.options import DECIMALS, Question
from tradeoffs.data.upload.sanitize import plain

POINT, COMMA = DECIMALS
PERCENT = "%"
CURRENCIES = "$€£¥₹"
MOST_DIGITS = 15  # that a number keeps
_WRITTEN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_OTHER = {POINT: COMMA, COMMA: POINT}
_SIGNED = re.compile(rf"([+-]?)([{CURRENCIES}]?)\s?(.*?)\s?([{CURRENCIES}{PERCENT}]?)", re.DOTALL)
SIGNS = tuple(DECIMALS)


def _pattern(decimal: str) -> re.Pattern[str]:
    """Return the pattern of a number; thousands may be grouped by one kind of sign."""
    point, other = re.escape(decimal), re.escape(_OTHER[decimal])
    grouped = rf"[1-9]\d{{0,2}}(?P<sign>[{other} '’])\d{{3}}(?:(?P=sign)\d{{3}})*(?:{point}\d*)?"
    digits = rf"(?:\d+(?:{point}\d*)?|{point}\d+)(?:e[+-]?\d+)?"
    return re.compile(rf"[+-]?(?:{grouped}|{digits})", re.ASCII | re.IGNORECASE)


_PATTERNS = {decimal: _pattern(decimal) for decimal in DECIMALS}


def number(text: str, decimal: str) -> float | None:
    """Return what a text says if it is a number in digits; None if not.

    >>> number("-1e3", "."), number("1.234,5", ","), number("1,234", "."), number("1,23", ".")
    (-1000.0, 1234.5, 1234.0, None)
    """
    found = _PATTERNS[decimal].fullmatch(text)
    if not found:
        return None
    if found["sign"]:
        text = text.replace(found["sign"], "")
    return float(text.replace(COMMA, POINT) if decimal == COMMA else text)


def bare(text: str) -> tuple[str, str]:
    """Return a text without a currency or percent sign, and that sign.

    >>> bare("-$1,200"), bare("12 %"), bare("3"), bare("$5%")
    (('-1,200', '$'), ('12', '%'), ('3', ''), ('$5%', ''))
    """
    if text[:1].isdigit() and text[-1:].isdigit():
        return text, ""
    found = _SIGNED.fullmatch(text)
    if not found or (found[2] and found[4]) or not (found[2] or found[4]):
        return text, ""
    return found[1] + found[3], found[2] or found[4]


def spell(text: str, decimal: str) -> str:
    """Return a number in one spelling, and anything else as it is.

    More than 15 digits without a decimal sign stay as they are too: they may be numbers of cases.

    >>> [spell(text, ".") for text in ("1.0", "01", "-0", "1e3", "3,5", "A1", "1e999", "$1,234")]
    ['1', '1', '0', '1000', '3,5', 'A1', '1e999', '$1,234']
    >>> spell("100000000236530007", "."), spell("0,12345678901234567", ",")
    ('100000000236530007', '0.12345678901234566')
    """
    found = number(text, decimal)
    if found is None or (text.isdigit() and len(text) > MOST_DIGITS):
        return text
    short = f"{found + 0.0:.15g}"
    short = short if float(short) == found else repr(found)
    return short if _WRITTEN.fullmatch(short) else text


def without_units(texts: Sequence[str], rows: Sequence[int], decimal: str) -> tuple[list[str], str]:
    """Return texts without the currency or percent sign of a column, and that sign.

    One currency may stand at some numbers and not at others; a percent sign stands at all or
    none, since 12 % may be .12.  Else texts stay as they are.
    """
    parts = [bare(text) for text in texts]
    held: Counter[str] = Counter()
    for (core, unit), n in zip(parts, rows, strict=True):
        if number(core, decimal) is not None:
            held[unit] += n
    units = [unit for unit in held if unit]
    if len(units) != 1 or (units[0] == PERCENT and len(held) > 1):
        return list(texts), ""
    (unit,) = units
    numeric = [number(core, decimal) is not None for core, _ in parts]
    return [c if yes else t for (c, _), t, yes in zip(parts, texts, numeric, strict=True)], unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What the texts of a column say about its decimal sign.

    Attributes:
        signs: those of which a text is a number under no other.
        open: a text that is one number under a point and another under a comma, if there is one.
        whole: whether a text is a number in digits alone.
        numeric: whether most rows hold numbers.
    """

    signs: tuple[str, ...]
    open: str | None
    whole: bool
    numeric: bool


def evidence(texts: Sequence[str], rows: Sequence[int]) -> Evidence:
    """Return the evidence of different texts of a column, each in a number of rows.

    >>> evidence(["48,2", "3.249", "795"], [1, 1, 1])
    Evidence(signs=(',',), open='3.249', whole=True, numeric=True)
    """
    signs: dict[str, None] = {}
    example, whole, numeric = None, False, 0
    for text, n in zip(texts, rows, strict=True):
        core, _ = bare(text)
        if core.isascii() and core.isdigit():
            whole, numeric = True, numeric + n
            continue
        point, comma = (number(core, decimal) for decimal in (POINT, COMMA))
        if point is None and comma is None:
            continue
        numeric += n
        if point is None or comma is None:
            signs[COMMA if point is None else POINT] = None
        elif point != comma:
            example = example or text
    known = numeric * 2 > sum(rows)
    return Evidence(
        signs=tuple(sorted(signs, reverse=True)) if known else (),
        open=example if known else None,
        whole=whole,
        numeric=known,
    )


def decimal_sign(
    title: str, own: Evidence, others: frozenset[str], stated: str | None
) -> str | Question:
    """Return the decimal sign of a column, or the question that must be asked first.

    Args:
        title: of the column.
        own: evidence of the column.
        others: signs of which the other columns have evidence.
        stated: the sign that decides what the column itself leaves open.
    """
    if len(own.signs) > 1:
        return Question("ask_decimal_mixed", option="decimal", choices=SIGNS, column=title)
    outside = {stated} if stated else set(others)
    found = set(own.signs) or outside
    if own.open is None:
        return next(iter(found)) if len(found) == 1 else POINT
    if len(found) != 1 or (own.signs and outside and found != outside):
        point, comma = _readings(own.open)
        return Question(
            "ask_decimal",
            option="decimal",
            choices=SIGNS,
            column=title,
            value=plain(own.open),
            point=point,
            comma=comma,
        )
    (sign,) = found
    beside = own.whole and sign in own.open  # 3.249 beside 795: thousands, perhaps
    if beside and not own.signs and not stated:
        point, comma = _readings(own.open)
        return Question(
            "ask_decimal_beside",
            option="decimal",
            choices=SIGNS,
            column=title,
            value=plain(own.open),
            point=point,
            comma=comma,
        )
    return sign


def _readings(text: str) -> tuple[float | None, float | None]:
    """Return what a number means with a decimal point, and with a comma."""
    point, comma = (number(bare(text)[0], decimal) for decimal in (POINT, COMMA))
    return point, comma
