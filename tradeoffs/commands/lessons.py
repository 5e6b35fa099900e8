"""Lessons: list them, tell their answers, print hand-outs, compute what is shipped."""

import argparse
import json
import sys

from tradeoffs.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    one = commands.add_parser("lessons", help="the paper's examples: list, tell, print, precompute")
    actions = one.add_subparsers(required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="all lessons by section of the paper")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=show_list)
    told = actions.add_parser("tell", help="what a lesson's steps say, as they open")
    told.add_argument("name")
    told.set_defaults(run=tell)
    paper = actions.add_parser("handout", help="a lesson on paper, as HTML")
    paper.add_argument("name")
    paper.add_argument("--answers", action="store_true", help="with what the models said")
    paper.set_defaults(run=print_handout)
    made = actions.add_parser("precompute", help="compute the shipped answers that are stale")
    made.add_argument("names", nargs="*", metavar="NAME", help="lessons (default: all)")
    made.add_argument("--all", action="store_true", help="and those that are not")
    made.add_argument("--check", action="store_true", help="only name the stale ones; 1 if any")
    made.set_defaults(run=precompute)


def show_list(options: argparse.Namespace) -> int:
    """Print the lessons."""
    from tradeoffs.lessons.catalogue import LESSONS

    fields = ("name", "title", "section", "question", "minutes", "level")
    rows = [{name: getattr(one, name) for name in fields} for one in LESSONS.values()]
    if options.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return 0
    for row in rows:
        sys.stdout.write(f"{row['section']:<12} {row['name']:<22} {row['title']}\n")
    return 0


def tell(options: argparse.Namespace) -> int:
    """Print what a lesson's steps say, from what is shipped."""
    from tradeoffs.lessons.answers import shipped
    from tradeoffs.lessons.catalogue import LESSONS

    entry = LESSONS[options.name]
    sys.stdout.write(f"{entry.title}. {entry.question}\n")
    for place, step in enumerate(entry.steps):
        setting = entry.setting(place)
        table = shipped(step, setting)
        lines = ["not computed yet: run tradeoffs lessons precompute"]
        if table is not None:
            seen = step.seen(table, setting)
            lines = [claim.describe(claim.of(seen, setting)) for claim in step.claims]
        sys.stdout.write("".join([f"\n{place + 1}. {step.title}\n", *(f"- {t}\n" for t in lines)]))
    return 0


def print_handout(options: argparse.Namespace) -> int:
    """Print a lesson as one HTML page."""
    from tradeoffs.lessons.catalogue import LESSONS
    from tradeoffs.lessons.handout import handout

    sys.stdout.write(handout(LESSONS[options.name], answers=options.answers) + "\n")
    return 0


def precompute(options: argparse.Namespace) -> int:
    """Compute and write the shipped answers."""
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.lessons.answers import missing, write
    from tradeoffs.lessons.catalogue import LESSONS
    from tradeoffs.lessons.precompute import precomputed
    from tradeoffs.paths import SHIPPED_LESSONS

    stale = missing(LESSONS.values())
    if options.check:
        for lesson, place in stale:
            sys.stdout.write(f"stale: {lesson.name} {place + 1}\n")
        return int(bool(stale))
    found = precomputed(
        LESSONS.values(),
        open_executor(Machine.here()),
        lambda text: sys.stdout.write(f"{text}\n"),
        only=[LESSONS[name].name for name in options.names],
        anew=options.all,
    )
    write(found)
    sys.stdout.write(f"{len(found)} answers, {SHIPPED_LESSONS.stat().st_size:,} bytes\n")
    return 0
