"""Authoring: begin a lesson, check it, compute what is shipped of it, show it in the browser."""

import re
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.commands.lesson_names import PLACES, own_folder, readable
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say, translate

ACTIONS = ("precompute", "check", "preview")  # in this order, once a lesson is changed


def add(actions: Commands) -> None:
    """Add the actions of whoever writes lessons."""
    made = actions.add_parser(
        "precompute",
        help=translate("compute the shipped answers that are stale"),
        description=translate("Compute those shipped answers of lessons that are out of date."),
    )
    _add_lessons(made)
    made.add_argument(
        "--all", action="store_true", help=translate("recompute answers that are up to date, too")
    )
    made.add_argument(
        "--check",
        action="store_true",
        help=translate("only name the stale ones; exit code 1 if there are any"),
    )
    made.set_defaults(run=precompute)
    begun = actions.add_parser(
        "new",
        help=translate("begin a lesson: a folder with an example to change"),
        description=translate("Write a folder with a complete example of a lesson, to be changed."),
    )
    begun.add_argument(
        "path", metavar=translate("NAME"), help=translate("of the folder; it must not exist yet")
    )
    begun.set_defaults(run=write_new)
    checked = actions.add_parser(
        "check",
        help=translate("what is wrong in lessons, with file, line and cure"),
        description=translate(
            "Print the faults of lessons, with file, line and how to fix them. Exit code 1: "
            "there are some."
        ),
    )
    _add_lessons(checked)
    add_json(checked)
    checked.set_defaults(run=show_faults)
    _add_preview(actions)


def _add_lessons(one: ArgumentParser) -> None:
    one.add_argument("names", nargs="*", metavar=translate("NAME"), help=translate(PLACES))


def _add_preview(actions: Commands) -> None:
    seen = actions.add_parser(
        "preview",
        help=translate("show a lesson of your own in the browser"),
        description=translate(
            "Start the explorer with a lesson of your own; none of its Python is run."
        ),
    )
    seen.add_argument("path", metavar=translate("FOLDER"), help=translate("of the lesson"))
    seen.add_argument(
        "--port", type=int, default=8501, help=translate("1 to 65535 (default %(default)s)")
    )
    seen.add_argument("--headless", action="store_true", help=translate("do not open a browser"))
    seen.set_defaults(run=preview)


def precompute(*, names: Sequence[str], all: bool, check: bool) -> int:
    """Compute and write the shipped answers, and the picture that the index shows."""
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.lessons.answers import missing, write
    from tradeoffs.lessons.catalogue import ORDER, folder_of, lesson
    from tradeoffs.lessons.folder import read_folder
    from tradeoffs.lessons.precompute import compute_answers
    from tradeoffs.lessons.thumbnail import write_thumbnail

    entries = [lesson(own_folder(name) or folder_of(name)) for name in names] or readable()
    owns = [own_folder(name) for name in names] or [None] * len(entries)
    pairs = [
        (entry, own or (None if entry.name in ORDER else folder_of(entry.name)))
        for entry, own in zip(entries, owns, strict=True)
    ]
    if check:
        stale = [(entry, at) for entry, own in pairs for _, at in missing([entry], own)]
        for entry, place in stale:
            tell(say("stale: {name} {step}", name=entry.name, step=place + 1))
        return int(bool(stale))
    executor = open_executor(Machine.here())
    for entry, own in pairs:
        found = compute_answers(entry, executor, tell, anew=all, own=own)
        size = write(entry.name, found, own)
        if own is None:
            write_thumbnail(read_folder(folder_of(entry.name)))
        tell(
            say(
                "{name}: {n:answer|answers}, {size:,} bytes",
                name=entry.name,
                n=len(found),
                size=size,
            )
        )
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
    told = say("{folder}: change lesson.toml and en.md, then run", folder=str(folder))
    tell("\n".join([told, *(f"  tradeoffs lessons {one} {folder}" for one in ACTIONS)]))
    return 0


def show_faults(*, names: Sequence[str], json: bool) -> int:
    """Print what is wrong in lessons; 1 if anything is."""
    from tradeoffs.lessons.catalogue import LESSONS, folder_of
    from tradeoffs.lessons.folder import read_folder
    from tradeoffs.lessons.lesson_check import check_lesson

    found = {}
    for name in names or LESSONS:
        folder = own_folder(name) or folder_of(name)
        try:
            found[name] = [*map(str, check_lesson(read_folder(folder)))]
        except InvalidInput as fault:
            found[name] = [str(fault)]
    nothing = translate("nothing wrong")
    lines = [f"{name}: {one}" for name in found for one in found[name] or [nothing]]
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
