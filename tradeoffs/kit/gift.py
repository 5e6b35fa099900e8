"""GIFT: a bank of questions as Moodle and others read it.

Source: Moodle, GIFT format.  Its signs ~ = # { } : are escaped by a backslash.
"""

import re
from collections.abc import Iterable

from tradeoffs.kit.questions import Question

SIGNS = re.compile(r"([~=#{}:\\])")


def gift(category: str, bank: Iterable[Question]) -> str:
    """Return a bank of questions.

    Args:
        category: that a platform files them under.
        bank: the questions.
    """
    found = [f"$CATEGORY: $course$/top/{category.replace('/', '//')}"]
    return "\n\n".join([*found, *map(_question, bank)]) + "\n"


def _question(one: Question) -> str:
    after = f"\n####{_escaped(one.after)}" if one.after else ""
    return f"::{_escaped(one.name)}::[plain]{_escaped(one.text)} {{{_answer(one)}{after}\n}}"


def _answer(one: Question) -> str:
    if one.kind == "number":
        return "#{}..{}".format(*map(_number, one.accepted))
    if one.kind == "essay":
        return ""
    return "".join(
        f"\n{'=' if place == one.right else '~'}{_escaped(text)}"
        for place, text in enumerate(one.choices)
    )


def _number(value: float) -> str:
    """Return a number without an exponent, which not every reader knows.

    >>> _number(71.8), _number(0.00001), _number(50)
    ('71.8', '0.00001', '50')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    r"""Return a text whose signs mean themselves.

    >>> _escaped("ε = 0.3: {few}")
    'ε \\= 0.3\\: \\{few\\}'
    """
    return SIGNS.sub(r"\\\1", text)
