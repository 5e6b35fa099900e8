"""Translation: the sentence of a language for an English one, and what stands at its places."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from tradeoffs.language.current import ENGLISH, is_english, language
from tradeoffs.language.notation import Number
from tradeoffs.language.typography import typeset

HERE = Path(__file__).parent
BETWEEN = "\x04"  # a context and its text, as gettext has it


def languages() -> tuple[str, ...]:
    """Return the codes of all languages: English, and those that have a folder here."""
    folders = (one.parent.name for one in HERE.glob("*/*.po"))
    return (ENGLISH, *sorted(set(folders)))


@lru_cache
def texts(code: str) -> Mapping[str, str]:
    """Return what a language says for English texts; it is read once a process.

    Args:
        code: of a language that has a folder.
    """
    found = {}
    for path in sorted((HERE / code).glob("*.po")):
        with path.open("rb") as file:
            for one in read_po(file, locale=code, domain=path.stem):
                if one.id and one.string and not one.fuzzy:
                    found[key(str(one.id), one.context or "")] = typeset(str(one.string), code)
    return found


def texts_of_file(code: str, domain: str) -> dict[str, str]:
    """Return what one file of a language says, as one process tells another's browser."""
    path = HERE / code / f"{domain}.po"
    with path.open("rb") as file:
        read = read_po(file, locale=code)
        return {
            str(one.id): typeset(str(one.string), code)
            for one in read
            if one.id and one.string and not one.fuzzy
        }


def key(text: str, context: str = "") -> str:
    """Return under what a text is found."""
    return f"{context}{BETWEEN}{text}" if context else text


def translate(text: str, context: str = "") -> str:
    """Return an English text in the language of the run; itself where it has no translation.

    Args:
        text: as the code has it.
        context: where a text means several things, which one is meant.
    """
    if is_english() or not text:
        return text
    return texts(language()).get(key(text, context), text)


def say(text: str, /, **values: object) -> str:
    """Return a sentence in the language of the run.

    Args:
        text: in English, a whole sentence, with `str.format` places.
        values: what stands there; numbers with formats are written in the language's notation,
            and `{n:row|rows}` counts.

    >>> say("{one} costs {size:.1f} points for {n:person|people}.", one="ε", size=1.25, n=2)
    'ε costs 1.2 points for 2 people.'
    """
    found = translate(text)
    if not values:
        return found
    return found.format_map(
        {name: one if isinstance(one, str) else Number(one) for name, one in values.items()}
    )


def mark(text: str) -> str:
    """Return a text as it is; that it is translated later is for translators to know."""
    return text
