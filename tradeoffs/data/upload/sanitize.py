"""Plain words: text out of a stranger's file, made harmless before it is shown anywhere.

Pages write words into markdown, charts read tags in labels, and a table on screen can be saved as
a file for a spreadsheet.  So signs that any of them would obey are replaced by look-alikes, once.
"""

import re
import unicodedata

LONGEST = 60  # characters of a title or value on screen
_LOOK_ALIKES = str.maketrans(
    {"<": "‹", ">": "›", "*": "∗", "`": "'", "$": "＄", "~": "∼", "\\": "＼", "|": "¦"}
)
_FORMULA = {"=": "＝", "+": "＋", "@": "＠", "-": "−"}  # at the beginning
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # categories of characters without a shape


def plain(text: str, longest: int = LONGEST) -> str:
    """Return words of at most `longest` characters that nothing reads as code; may be empty.

    >>> plain("<b>=1+1</b>"), plain("-5"), plain("![x](http://e.org)")
    ('‹b›=1+1‹/b›', '−5', '! (x) (http://e.org)')
    """
    seen = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text[: 4 * longest])
    words = " ".join(seen.split()).translate(_LOOK_ALIKES)
    # Links, images and coloured text of markdown all need a bracket right behind something.
    words = re.sub(r"(?<=[!\w])\[|\](?=[(\[:])", lambda m: " [" if m[0] == "[" else "] ", words)
    words = re.sub(r"!\s*\[([^\]]*)\]", r"! (\1)", words)
    words = _FORMULA.get(words[:1], words[:1]) + words[1:]
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def distinct(words: list[str], taken: tuple[str, ...] = ()) -> list[str]:
    """Return the words, with a number behind those that come again or are taken.

    >>> distinct(["a", "a", "other"], ("other",))
    ['a', 'a (2)', 'other (2)']
    """
    seen, found = set(taken), []
    for word in words:
        one, n = word, 1
        while one in seen:
            n += 1
            one = f"{word} ({n})"
        seen.add(one)
        found.append(one)
    return found


def count_text(n: int, what: str) -> str:
    """Return a number of things.

    >>> count_text(1, "row"), count_text(2_000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"
