"""Site: every lesson as static pages, which need neither Python nor a network."""

import json
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
from tradeoffs.language.notation import language_name
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.report.payload import Picture

File = tuple[str, str | bytes]  # path and content
FIRST = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Trade-offs</title>'
    "<script>const there = {languages}, own = navigator.languages.map((one) => one.slice(0, 2));"
    'location.replace(`${{own.find((one) => there.includes(one)) ?? "{language}"}}/index.html`)'
    "</script><body>{links}</body></html>\n"
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
        languages: a folder each; one arrives in the browser's, else in the first.
        front: returns what the screen shows of the setting whose front is told.
        answer: as of `positions`.

    Raises:
        InvalidInput: a language that there is not.
    """
    said = [words(one) for one in languages]
    yield "index.html", _first(languages)
    yield from assets().items()
    for say in said:
        others = [one for one in languages if one != say.language]
        for make in (
            partial(_shared, names, front, others),
            *(partial(_of_lesson, n, answer, others) for n in names),
        ):
            with in_language(say.language):
                made = make(say)
            for path, content in made.items():
                yield f"{say.language}/{path}", content


def _first(languages: Sequence[str]) -> str:
    """Return the page that leads to the index in one of the languages."""
    links = "".join(
        f'<p><a href="{one}/index.html" lang="{one}">{language_name(one)}</a></p>'
        for one in languages
    )
    return FIRST.format(language=languages[0], languages=json.dumps(languages), links=links)


def _shared(
    names: Sequence[str],
    front: Callable[[], tuple[Job, Picture]],
    others: Sequence[str],
    say: Words,
) -> dict[str, str]:
    """Return the pages that are about all lessons, or about none."""
    made = say("site", "drawn", version=version("tradeoffs"), recipe=RECIPE_VERSION)
    return {
        "index.html": index_page([LESSONS[name] for name in names], say, made, others),
        "glossary.html": glossary_page(say, others),
        "front.html": front_page(*front(), say, others),
    }


def _of_lesson(
    name: str, answer: Answering, others: Sequence[str], say: Words
) -> dict[str, str | bytes]:
    """Return the page of a lesson, and its kit."""
    entry = LESSONS[name]
    found = {f"kits/{name}/{path}": one for path, one in kit(entry, say.language).items()}
    return {f"lessons/{name}.html": lesson_page(entry, say, answer, others), **found}


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
