"""Papers of a lesson: its hand-out, its kit, and the static site of all lessons."""

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.commands.lesson_names import NAMED, readable
from tradeoffs.kit.words import languages, own_language, words
from tradeoffs.language.translation import say, translate

if TYPE_CHECKING:
    from pandas import DataFrame

    from tradeoffs.jobs.job import Job
    from tradeoffs.lessons.lesson import Step, StepState
    from tradeoffs.report.payload import Picture


def add(actions: Commands) -> None:
    """Add the actions that write for paper, and for what has no Python."""
    paper = actions.add_parser(
        "handout",
        help=translate("a lesson on paper, as HTML"),
        description=translate("Print a lesson as one HTML page for paper."),
    )
    paper.add_argument("name", help=translate(NAMED))
    paper.add_argument(
        "--answers", action="store_true", help=translate("with what the models said")
    )
    _add_language(paper)
    paper.set_defaults(run=print_handout)
    taken = actions.add_parser(
        "kit",
        help=translate("what a teacher takes along: guide, roles, hand-outs, slides, questions"),
        description=translate(
            "Write the kit of a lesson into a folder: guide with plans, roles, hand-outs, slides, "
            "questions as GIFT and QTI 2.1, licence."
        ),
    )
    taken.add_argument("name", help=translate(NAMED))
    _add_language(taken)
    taken.add_argument(
        "--out", metavar=translate("DIR"), help=translate("folder (default: the lesson's name)")
    )
    add_json(taken)
    taken.set_defaults(run=write_files)
    _add_site(actions)


def _add_language(one: ArgumentParser) -> None:
    """Add the language of what is written: that of the terminal, where it has one of ours."""
    told = say("language: {known} (default %(default)s)", known=", ".join(languages()))
    one.add_argument("--lang", default=own_language(), help=told)


def _add_site(actions: Commands) -> None:
    static = actions.add_parser(
        "site",
        help=translate("all lessons as pages that need neither Python nor a network"),
        description=translate(
            "Write all lessons, their kits, the terms and the front of the Explorer's first "
            "setting as static pages."
        ),
    )
    static.add_argument(
        "out", metavar=translate("OUT"), help=translate("folder; it must be empty or not exist")
    )
    known = ", ".join(languages())
    static.add_argument(
        "--lang",
        default=own_language(),
        help=say("languages, joined by commas: {known} (default %(default)s)", known=known),
    )
    static.add_argument(
        "--compute",
        action="store_true",
        help=translate("compute answers with several sliders moved, too, which are not shipped"),
    )
    add_json(static)
    static.set_defaults(run=write_pages)


def print_handout(*, name: str, answers: bool, lang: str) -> int:
    """Print a lesson as one HTML page."""
    from tradeoffs.kit.handout import handout
    from tradeoffs.language.current import in_language
    from tradeoffs.lessons.catalogue import LESSONS

    with in_language(words(lang).language):
        paper = handout(LESSONS[name], answers=answers, language=lang)
    tell(paper)
    return 0


def write_files(*, name: str, lang: str, out: str | None, json: bool) -> int:
    """Write the kit of a lesson into a folder."""
    from tradeoffs.kit.kit import write_kit
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
    files = site([one.name for one in readable()], lang.split(","), front, answer)
    told: list[str] = []
    size = write_site(Path(out), files, told.append)
    found = {"folder": out, "files": len(told), "bytes": size}
    count = say("{out}: {n:file|files}, {size:,} bytes", out=out, n=len(told), size=size)
    tell(as_json(found) if json else count)
    return 0


def _computed(step: "Step", setting: "StepState") -> "DataFrame":
    """Return an answer, computed where it is not shipped."""
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.lessons.answers import shipped_answer
    from tradeoffs.lessons.precompute import compute_answer

    found = shipped_answer(step, setting)
    return compute_answer(step, setting, open_executor(Machine.here())) if found is None else found
