"""Lessons: list them, tell their answers, print hand-outs, compute what is shipped."""

import sys
from collections.abc import Sequence

from tradeoffs.commands.arguments import Commands, add_json, as_json, tell

NAMED = "lesson: `tradeoffs lessons list` lists them"


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
    told.add_argument("name", help=NAMED)
    add_json(told)
    told.set_defaults(run=show_answers)
    paper = actions.add_parser(
        "handout",
        help="a lesson on paper, as HTML",
        description="Print a lesson as one HTML page for paper.",
    )
    paper.add_argument("name", help=NAMED)
    paper.add_argument("--answers", action="store_true", help="with what the models said")
    paper.set_defaults(run=print_handout)
    made = actions.add_parser(
        "precompute",
        help="compute the shipped answers that are stale",
        description="Compute those shipped answers of lessons that are out of date.",
    )
    made.add_argument("names", nargs="*", metavar="NAME", help="lessons (default: all)")
    made.add_argument(
        "--all", action="store_true", help="recompute answers that are up to date, too"
    )
    made.add_argument("--check", action="store_true", help="only name the stale ones; 1 if any")
    made.set_defaults(run=precompute)


def show_list(*, json: bool) -> int:
    """Print the lessons."""
    from tradeoffs.lessons.catalogue import LESSONS

    fields = ("name", "title", "section", "question", "minutes", "level")
    rows = [{name: getattr(one, name) for name in fields} for one in LESSONS.values()]
    lines = [f"{row['section']:<12} {row['name']:<22} {row['title']}" for row in rows]
    tell(as_json(rows) if json else "\n".join(lines))
    return 0


def show_answers(*, name: str, json: bool) -> int:
    """Print what a lesson's steps say, from what is shipped."""
    from tradeoffs.lessons.answers import shipped_answer
    from tradeoffs.lessons.catalogue import LESSONS

    entry, steps = LESSONS[name], []
    for place, step in enumerate(entry.steps):
        setting = entry.setting(place)
        table = shipped_answer(step, setting)
        says = None  # not computed yet
        if table is not None:
            seen = step.seen(table, setting)
            says = [claim.describe(claim.of(seen, setting)) for claim in step.claims]
        steps.append({"title": step.title, "says": says})
    if json:
        tell(as_json({"title": entry.title, "question": entry.question, "steps": steps}))
        return 0
    lines = [f"{entry.title}. {entry.question}"]
    for place, one in enumerate(steps):
        says = ["not computed yet: run tradeoffs lessons precompute"]
        says = says if one["says"] is None else one["says"]
        lines += ["", f"{place + 1}. {one['title']}", *(f"- {text}" for text in says)]
    tell("\n".join(lines))
    return 0


def print_handout(*, name: str, answers: bool) -> int:
    """Print a lesson as one HTML page."""
    from tradeoffs.lessons.catalogue import LESSONS
    from tradeoffs.lessons.handout import handout

    tell(handout(LESSONS[name], answers=answers))
    return 0


def precompute(*, names: Sequence[str], all: bool, check: bool) -> int:
    """Compute and write the shipped answers."""
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.lessons.answers import missing, write
    from tradeoffs.lessons.catalogue import LESSONS
    from tradeoffs.lessons.precompute import compute_answers

    stale = missing(LESSONS.values())
    if check:
        for lesson, place in stale:
            sys.stdout.write(f"stale: {lesson.name} {place + 1}\n")
        return int(bool(stale))
    executor = open_executor(Machine.here())
    for entry in [LESSONS[name] for name in names or LESSONS]:
        found = compute_answers(
            entry, executor, lambda text: sys.stdout.write(f"{text}\n"), anew=all
        )
        size = write(entry.name, found)
        sys.stdout.write(f"{entry.name}: {len(found)} answers, {size:,} bytes\n")
    return 0
