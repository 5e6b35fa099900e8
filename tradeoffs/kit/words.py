"""Words: what the kits of all lessons say, from one Markdown file a language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tradeoffs.catalogue import require_known
from tradeoffs.language.current import ENGLISH, language
from tradeoffs.language.notation import Number
from tradeoffs.lessons.texts import Texts, read_texts
from tradeoffs.lessons.words_translation import translation

HERE = Path(__file__).parent
ROOT = "kit"  # the heading that all others stand below


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: as HTML and `--lang` name it.
        texts: read from its file.
    """

    language: str
    texts: Texts

    def __call__(self, part: str, name: str, **values: object) -> str:
        """Return a text with its placeholders filled.

        Args:
            part: the heading that it stands below.
            name: its id.
            values: by placeholder; numbers are written as the run's language has them.

        Raises:
            KeyError: there is no such text, or a value is missing.
        """
        text = self.texts.sections[ROOT].parts[part].items[name]
        return text.format_map(
            {key: one if isinstance(one, str) else Number(one) for key, one in values.items()}
        )

    def every(self, part: str) -> dict[str, str]:
        """Return the texts of a part by id, as they stand in the file."""
        return self.texts.sections[ROOT].parts[part].items


def languages() -> tuple[str, ...]:
    """Return the languages that kits are written in."""
    return tuple(sorted(path.stem for path in HERE.glob("*.md")))


def own_language() -> str:
    """Return the language of this run if kits are written in it, else English."""
    return language() if language() in languages() else ENGLISH


@cache
def words(language: str) -> Words:
    """Return the words of a language.

    Raises:
        InvalidInput: there are none in it; it names the languages that there are. Or they say
            less or more than the English ones; it names the ids.
    """
    require_known("language", language, languages())
    found, english = _read(language), _read(ENGLISH)
    if language != ENGLISH:
        found = translation(english, found, f"{language}.md")
    return Words(language=language, texts=found)


def _read(language: str) -> Texts:
    path = HERE / f"{language}.md"
    return read_texts(path, path.read_text(encoding="utf-8"))
