"""Lessons: list them, tell their answers, print hand-outs, compute what is shipped."""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.errors import InvalidInput

if TYPE_CHECKING:
    from pandas import DataFrame

    from tradeoffs.jobs.job import Job
    from tradeoffs.lessons.lesson import Lesson, Step, StepState
    from tradeoffs.report.payload import Picture

NAMED = "lesson: `tradeoffs lessons list` lists them"
PLACES = "lessons, or folders of your own"


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    one = commands.add_parser("lessons", help="the paper's examples: list, tell, print, precompute")
    actions = one.add_subparsers(required=True, metavar="ACTION")
    listed = actions.add_parser(
        "list",
        help="all lessons by section of the paper",
        description="List all lessons by section of the paper.",
    )
    add_json(listed)
    listed.set_defaults(run=show_list)
    told = actions.add_parser(
        "tell",
        help="what a lesson's steps say, as they open",
        description="Print what each step of a lesson says before anything is changed.",
    )
    told.add_argument("name", help=f"{NAMED}; or a folder of your own")
    add_json(told)
    told.set_defaults(run=show_answers)
    paper = actions.add_parser(
        "handout",
        help="a lesson on paper, as HTML",
        description="Print a lesson as one HTML page for paper.",
    )
    paper.add_argument("name", help=NAMED)
    paper.add_argument("--answers", action="store_true", help="with what the models said")
    add_language(paper)
    paper.set_defaults(run=print_handout)
    taken = actions.add_parser(
        "kit",
        help="what a teacher takes along: guide, roles, hand-outs, slides, questions",
        description=(
            "Write the kit of a lesson into a folder: guide with plans, roles, hand-outs, slides, "
            "questions as GIFT and QTI 2.1, licence."
        ),
    )
    taken.add_argument("name", help=NAMED)
    add_language(taken)
    taken.add_argument("--out", metavar="DIR", help="folder (default: the lesson's name)")
    add_json(taken)
    taken.set_defaults(run=write_files)
    static = actions.add_parser(
        "site",
        help="all lessons as pages that need neither Python nor a network",
        description=(
            "Write all lessons, their kits, the terms and the front of the Explorer's first "
            "setting as static pages."
        ),
    )
    static.add_argument("out", metavar="OUT", help="folder; it must be empty or not exist")
    static.add_argument(
        "--lang", default="en", help="languages, joined by commas: en (default %(default)s)"
    )
    static.add_argument(
        "--compute",
        action="store_true",
        help="compute answers with several sliders moved, too, which are not shipped",
    )
    add_json(static)
    static.set_defaults(run=write_pages)
    made = actions.add_parser(
        "precompute",
        help="compute the shipped answers that are stale",
        description="Compute those shipped answers of lessons that are out of date.",
    )
    made.add_argument("names", nargs="*", metavar="NAME", help=f"{PLACES} (default: all)")
    made.add_argument(
        "--all", action="store_true", help="recompute answers that are up to date, too"
    )
    made.add_argument(
        "--check",
        action="store_true",
        help="only name the stale ones; exit code 1 if there are any",
    )
    made.set_defaults(run=precompute)
    begun = actions.add_parser(
        "new",
        help="begin a lesson: a folder with an example to change",
        description="Write a folder with a complete example of a lesson, to be changed.",
    )
    begun.add_argument("path", metavar="NAME", help="of the folder; it must not exist yet")
    begun.set_defaults(run=write_new)
    checked = actions.add_parser(
        "check",
        help="what is wrong in lessons, with file, line and cure",
        description=(
            "Print the faults of lessons, with file, line and how to fix them. Exit code 1: "
            "there are some."
        ),
    )
    checked.add_argument("names", nargs="*", metavar="NAME", help=f"{PLACES} (default: all)")
    add_json(checked)
    checked.set_defaults(run=show_faults)
    seen = actions.add_parser(
        "preview",
        help="show a lesson of your own in the browser",
        description="Start the explorer with a lesson of your own; none of its Python is run.",
    )
    seen.add_argument("path", metavar="FOLDER", help="of the lesson")
    seen.add_argument("--port", type=int, default=8501, help="1 to 65535 (default %(default)s)")
    seen.add_argument("--headless", action="store_true", help="do not open a browser")
    seen.set_defaults(run=preview)


def add_language(one: ArgumentParser) -> None:
    """Add the language of what is written."""
    one.add_argument("--lang", default="en", help="language: en (default %(default)s)")


def show_list(*, json: bool) -> int:
    """Print the lessons."""
    fields = ("name", "title", "section", "question", "minutes", "level")
    rows = [{name: getattr(one, name) for name in fields} for one in _readable()]
    lines = [f"{row['section']:<12} {row['name']:<22} {row['title']}" for row in rows]
    tell(as_json(rows) if json else "\n".join(lines))
    return 0


def show_answers(*, name: str, json: bool) -> int:
    """Print what a lesson's steps say, from what is shipped."""
    from tradeoffs.lessons.answers import shipped_answer
    from tradeoffs.lessons.catalogue import LESSONS, lesson
    from tradeoffs.report.text import full_stop

    own = _own(name)
    entry, steps = lesson(own) if own else LESSONS[name], []
    for place, step in enumerate(entry.steps):
        setting = entry.setting(place)
        table = shipped_answer(step, setting, own)
        says = None  # not computed yet
        if table is not None:
            says = [claim.describe(claim.of(table, setting)) for claim in step.claims]
        steps.append({"title": step.title, "says": says})
    if json:
        tell(as_json({"title": entry.title, "question": entry.question, "steps": steps}))
        return 0
    lines = [f"{full_stop(entry.title)} {entry.question}"]
    for place, one in enumerate(steps):
        says = [f"not computed yet: run tradeoffs lessons precompute {name}"]
        says = says if one["says"] is None else one["says"]
        lines += ["", f"{place + 1}. {one['title']}", *(f"- {text}" for text in says)]
    tell("\n".join(lines))
    return 0


def print_handout(*, name: str, answers: bool, lang: str) -> int:
    """Print a lesson as one HTML page."""
    from tradeoffs.kit.handout import handout
    from tradeoffs.kit.words import words
    from tradeoffs.language.current import in_language
    from tradeoffs.lessons.catalogue import LESSONS

    with in_language(words(lang).language):
        paper = handout(LESSONS[name], answers=answers, language=lang)
    tell(paper)
    return 0


def write_files(*, name: str, lang: str, out: str | None, json: bool) -> int:
    """Write the kit of a lesson into a folder."""
    from tradeoffs.kit.kit import write_kit
    from tradeoffs.kit.words import words
    from tradeoffs.language.current import in_language
    from tradeoffs.lessons.catalogue import LESSONS

    with in_language(words(lang).language):
        files = [str(one) for one in write_kit(LESSONS[name], Path(out or name), lang)]
    tell(as_json({"files": files}) if json else "\n".join(files))
    return 0


def write_pages(*, out: str, lang: str, compute: bool, json: bool) -> int:
    """Write the static site."""
    from tradeoffs.api.setting_report import report
    from tradeoffs.kit.site import site, write_site
    from tradeoffs.lessons.answers import shipped_answer

    def front() -> "tuple[Job, Picture]":
        shown = report(store=True)
        return shown.results.job, shown.picture

    answer = _computed if compute else shipped_answer
    files = site([one.name for one in _readable()], lang.split(","), front, answer)
    told: list[str] = []
    size = write_site(Path(out), files, told.append)
    found = {"folder": out, "files": len(told), "bytes": size}
    tell(as_json(found) if json else f"{out}: {len(told)} files, {size:,} bytes")
    return 0


def _computed(step: "Step", setting: "StepState") -> "DataFrame":
    """Return an answer, computed where it is not shipped."""
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.lessons.answers import shipped_answer
    from tradeoffs.lessons.precompute import compute_answer

    found = shipped_answer(step, setting)
    return compute_answer(step, setting, open_executor(Machine.here())) if found is None else found


def precompute(*, names: Sequence[str], all: bool, check: bool) -> int:
    """Compute and write the shipped answers, and the picture that the index shows."""
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.lessons.answers import missing, write
    from tradeoffs.lessons.catalogue import ORDER, folder_of, lesson
    from tradeoffs.lessons.folder import read_folder
    from tradeoffs.lessons.precompute import compute_answers
    from tradeoffs.lessons.thumbnail import write_thumbnail

    entries = [lesson(_own(name) or folder_of(name)) for name in names] or _readable()
    owns = [_own(name) for name in names] or [None] * len(entries)
    pairs = [
        (entry, own or (None if entry.name in ORDER else folder_of(entry.name)))
        for entry, own in zip(entries, owns, strict=True)
    ]
    if check:
        stale = [(entry, at) for entry, own in pairs for _, at in missing([entry], own)]
        for entry, place in stale:
            sys.stdout.write(f"stale: {entry.name} {place + 1}\n")
        return int(bool(stale))
    executor = open_executor(Machine.here())
    for entry, own in pairs:
        found = compute_answers(
            entry, executor, lambda text: sys.stdout.write(f"{text}\n"), anew=all, own=own
        )
        size = write(entry.name, found, own)
        if own is None:
            write_thumbnail(read_folder(folder_of(entry.name)))
        sys.stdout.write(f"{entry.name}: {len(found)} answers, {size:,} bytes\n")
    return 0


def write_new(*, path: str) -> int:
    """Write a folder with the example of a lesson."""
    from shutil import copyfile

    from tradeoffs.lessons.catalogue import ORDER, TEMPLATE

    folder = Path(path)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", folder.name):
        raise InvalidInput("lesson_name", name=folder.name)
    if folder.name in ORDER:
        raise InvalidInput("lesson_name_taken", name=folder.name)
    if folder.exists():
        raise InvalidInput("lesson_exists", path=str(folder))
    folder.mkdir(parents=True)
    for file in sorted(TEMPLATE.iterdir()):
        copyfile(file, folder / file.name)
    tell(
        f"{folder}: change lesson.toml and en.md, then run\n"
        f"  tradeoffs lessons precompute {folder}\n  tradeoffs lessons check {folder}\n"
        f"  tradeoffs lessons preview {folder}"
    )
    return 0


def show_faults(*, names: Sequence[str], json: bool) -> int:
    """Print what is wrong in lessons; 1 if anything is."""
    from tradeoffs.lessons.catalogue import LESSONS, folder_of
    from tradeoffs.lessons.folder import read_folder
    from tradeoffs.lessons.lesson_check import check_lesson

    found = {}
    for name in names or LESSONS:
        try:
            found[name] = [*map(str, check_lesson(read_folder(_own(name) or folder_of(name))))]
        except InvalidInput as fault:
            found[name] = [str(fault)]
    lines = [f"{name}: {one}" for name in found for one in found[name] or ["nothing wrong"]]
    tell(as_json(found) if json else "\n".join(lines))
    return int(any(found.values()))


def preview(*, path: str, port: int, headless: bool) -> int:
    """Start the explorer with a lesson of one's own; refuse one that cannot be read."""
    from tradeoffs.commands.app import run
    from tradeoffs.lessons.catalogue import HERE, ORDER, lesson
    from tradeoffs.settings import LESSONS

    folder = Path(path).resolve()
    if folder.name in ORDER and folder != (HERE / folder.name).resolve():
        raise InvalidInput("lesson_name_taken", name=folder.name)
    entry = lesson(folder)
    tell(f"{entry.title}: http://localhost:{port}/lesson?lesson={entry.name}")
    extra = {LESSONS.name: str(folder)}
    return run(port=port, address="localhost", headless=headless, environment=extra)


def _own(name: str) -> Path | None:
    """Return the folder that a name is the path of; None where it names a lesson."""
    path = Path(name)
    return path.resolve() if len(path.parts) > 1 or path.is_dir() else None


def _readable() -> "list[Lesson]":
    """Return the lessons; one that cannot be read is named in a line of its own."""
    from tradeoffs.lessons.catalogue import LESSONS

    found = []
    for name in LESSONS:
        try:
            found.append(LESSONS[name])
        except InvalidInput as refusal:
            sys.stderr.write(f"{name}: cannot be read: {refusal}\n")
    return found
