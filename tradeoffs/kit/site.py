"""Site: every lesson as static pages, which need neither Python nor a network."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
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
from tradeoffs.language.current import in_language
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.report.payload import Picture

File = tuple[str, str | bytes]  # path and content
FIRST = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Trade-offs</title>'
    '<meta http-equiv="refresh" content="0;url={language}/index.html"><body>{links}</body></html>\n'
)


def site(
    names: Sequence[str],
    languages: Sequence[str],
    front: Callable[[], tuple[Job, Picture]],
    answer: Answering = shipped_answer,
) -> Iterator[File]:
    """Yield the files of the site, as they are made.

    Args:
        names: of the lessons, whose answers as they open are shipped.
        languages: a folder each; the first is where one arrives.
        front: returns what the screen shows of the setting whose front is told.
        answer: as of `positions`.

    Raises:
        InvalidInput: a language that there is not.
    """
    said = [words(one) for one in languages]
    links = "".join(f'<p><a href="{one}/index.html">{one}</a></p>' for one in languages)
    yield "index.html", FIRST.format(language=languages[0], links=links)
    yield from assets().items()
    for say in said:
        for make in (
            partial(_shared, names, front),
            *(partial(_of_lesson, n, answer) for n in names),
        ):
            with in_language(say.language):
                made = make(say)
            for path, content in made.items():
                yield f"{say.language}/{path}", content


def _shared(
    names: Sequence[str], front: Callable[[], tuple[Job, Picture]], say: Words
) -> dict[str, str]:
    """Return the pages that are about all lessons, or about none."""
    made = say("site", "drawn", version=version("tradeoffs"), recipe=RECIPE_VERSION)
    return {
        "index.html": index_page([LESSONS[name] for name in names], say, made),
        "glossary.html": glossary_page(say),
        "front.html": front_page(*front(), say),
    }


def _of_lesson(name: str, answer: Answering, say: Words) -> dict[str, str | bytes]:
    """Return the page of a lesson, and its kit."""
    entry = LESSONS[name]
    found = {f"kits/{name}/{path}": one for path, one in kit(entry, say.language).items()}
    return {f"lessons/{name}.html": lesson_page(entry, say, answer), **found}


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
