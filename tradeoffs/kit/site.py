"""Site: every lesson as static pages, which need neither Python nor a network."""

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from tradeoffs.engine.recipe import RECIPE_VERSION
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.job import Job
from tradeoffs.kit.kit import kit
from tradeoffs.kit.positions import Answering
from tradeoffs.kit.site_front import front_page
from tradeoffs.kit.site_index import glossary_page, index_page
from tradeoffs.kit.site_lesson import lesson_page
from tradeoffs.kit.site_page import assets
from tradeoffs.kit.words import Words, words
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.report.payload import Picture

File = tuple[str, str | bytes]  # path and content
FIRST = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Trade-offs</title>'
    '<meta http-equiv="refresh" content="0;url={language}/index.html"><body>{links}</body></html>\n'
)


def site(
    entries: Sequence[Lesson],
    languages: Sequence[str],
    front: tuple[Job, Picture],
    answer: Answering = shipped_answer,
) -> Iterator[File]:
    """Yield the files of the site, as they are made.

    Args:
        entries: the lessons, whose answers as they open are shipped.
        languages: a folder each; the first is where one arrives.
        front: what the screen shows of the setting whose front is told.
        answer: as of `positions`.

    Raises:
        InvalidInput: a language that there is not.
    """
    said = [words(one) for one in languages]
    links = "".join(f'<p><a href="{one}/index.html">{one}</a></p>' for one in languages)
    yield "index.html", FIRST.format(language=languages[0], links=links)
    yield from assets().items()
    for say in said:
        for path, content in _pages(entries, front, say, answer):
            yield f"{say.language}/{path}", content


def _pages(
    entries: Sequence[Lesson], front: tuple[Job, Picture], say: Words, answer: Answering
) -> Iterator[File]:
    made = say("site", "drawn", version=version("tradeoffs"), recipe=RECIPE_VERSION)
    yield "index.html", index_page(entries, say, made)
    yield "glossary.html", glossary_page(say)
    yield "front.html", front_page(*front, say)
    for entry in entries:
        yield f"lessons/{entry.name}.html", lesson_page(entry, say, answer)
        for path, content in kit(entry, say.language).items():
            yield f"kits/{entry.name}/{path}", content


def write_site(folder: Path, files: Iterator[File], told: Callable[[str], object]) -> int:
    """Write files into a folder that is empty or not there.

    Args:
        folder: of the site.
        files: as of `site`.
        told: is called with the path of each file that was written.

    Returns:
        bytes written.

    Raises:
        InvalidInput: the folder holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput("folder_not_empty", path=str(folder))
    size = 0
    for path, content in files:
        content = content.encode() if isinstance(content, str) else content
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            size += (folder / path).write_bytes(content)
        except OSError as error:
            reason = str(error.strerror)
            raise InvalidInput("cannot_write", file=str(folder / path), reason=reason) from None
        told(path)
    return size
