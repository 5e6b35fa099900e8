"""Words: what the kits of all lessons say, from one Markdown file a language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tradeoffs.catalogue import require_known
from tradeoffs.language.current import ENGLISH, language
from tradeoffs.lessons.texts import Texts, read_texts

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
            values: by placeholder.

        Raises:
            KeyError: there is no such text, or a value is missing.
        """
        return self.texts.sections[ROOT].parts[part].items[name].format(**values)

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
        InvalidInput: there are none in it; it names the languages that there are.
    """
    require_known("language", language, languages())
    path = HERE / f"{language}.md"
    return Words(language=language, texts=read_texts(path, path.read_text(encoding="utf-8")))
