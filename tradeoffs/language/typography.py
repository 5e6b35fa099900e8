"""Typography: a language's spaces that do not break, where translators type plain ones."""

import re
from functools import lru_cache

NARROW, WIDE = "\u202f", "\u00a0"  # spaces that do not break
RULES = {  # language -> what is written for a pattern; French: Imprimerie nationale
    "fr": (
        (re.compile(r" (?=[;!?])"), NARROW),
        (re.compile(r" (?=[%€]|:(?: |\n|$))|(?<=«) | (?=»)"), WIDE),
        (re.compile(r"(?<=\d) (?=\d{3}\b)"), NARROW),
        (re.compile(r"(?<=ε) (?== )|(?<=ε =) |(?<=ε\u00a0=) "), WIDE),
        (re.compile(r"'"), "’"),
    ),
}
CODE = re.compile(  # stays as it is
    r"(`[^`]*`|\{[^{}]*\}|\]\([^)]*\)|<[^<>]*>|%(?:\(\w+\))?[rs]\b)"
)


@lru_cache(maxsize=4096)
def typeset(text: str, language: str) -> str:
    r"""Return a text as it is set in a language; code, placeholders and addresses stay.

    >>> typeset("Vraiment ? 95 % d'accord. `a : b`", "fr")
    'Vraiment\u202f? 95\xa0% d’accord. `a : b`'
    """
    rules = RULES.get(language, ())
    parts = CODE.split(text)
    for place in range(0, len(parts), 2):
        for pattern, written in rules:
            parts[place] = pattern.sub(written, parts[place])
    return "".join(parts)
