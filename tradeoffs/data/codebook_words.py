"""Words: what values, groups and communities are called in the language of the run.

What is computed, compared or stored keeps the English word of the codebook, which is its code;
this is what people read.
"""

import re
from collections.abc import Iterable

from tradeoffs.language.current import is_english
from tradeoffs.language.notation import labelled, list_text, localise, quote, semicolon_text
from tradeoffs.language.translation import translate

NUMBER = r"([−\d.,]+)"
MADE = {  # words that the codebooks of own tables are made of, and towns
    rf"under {NUMBER}": "under {0}",
    rf"{NUMBER} to under {NUMBER}": "{0} to under {1}",
    rf"{NUMBER} or more": "{0} or more",
    r"What is “(.+)”: (.+), or (.+)\?": "What is “{0}”: {1}, or {2}?",
    r"counted as yes: (.+); as no: (.+); left out: (.+)": (
        "counted as yes: {0}; as no: {1}; left out: {2}"
    ),
    r"(.+) \(1 row\)": "{0} (1 row)",
    rf"(.+) \({NUMBER} rows\)": "{0} ({1} rows)",
    rf"{NUMBER} others": "{0} others",
    rf"town {NUMBER}": "town {0}",
    r"([^;]+) \(([^;]+)\)": "{0} ({1})",  # a column and its value
}
SEVERAL = "; "  # columns with their values
BETWEEN = ", "  # groups of a crossing
CHANGES = re.compile(r"(?:^| and )(.+?): “(.+?)”")  # of a person: columns, and what they become


def word(name: str) -> str:
    """Return what a value, a group, a crossing of groups or a community is called.

    >>> from tradeoffs.language.current import in_language
    >>> with in_language("fr"):
    ...     word("Female, Black"), word("20 to under 30.5"), word("as a visitor wrote")
    ('femmes, personnes noires', '20 à moins de 30,5', 'as a visitor wrote')
    """
    if is_english():
        return name
    found = _one(name)
    if found != name:
        return found
    if SEVERAL in name:
        return semicolon_text(map(_one, name.split(SEVERAL)))
    return BETWEEN.join(map(_one, name.split(BETWEEN)))


def words(names: Iterable[str]) -> tuple[str, ...]:
    """Return what each of several is called."""
    return tuple(map(word, names))


def _one(name: str) -> str:
    known = translate(name)
    if known != name:
        return known
    for pattern in MADE:
        if found := re.fullmatch(pattern, name):
            return translate(MADE[pattern]).format(*map(word, found.groups()))
    if name.endswith("”") and (changes := CHANGES.findall(name)):
        return list_text([labelled(word(column), quote(word(new))) for column, new in changes])
    return localise(name) if re.fullmatch(NUMBER, name) else name
