"""Explain: one person's decision, in words or for a specialist."""

import argparse
import json
import sys

from tradeoffs.commands.arguments import Commands, add_fields, assignment, changed
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import baseline, replicate
from tradeoffs.scenario import Scenario


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "explain",
        help="explain one person's decision",
        description="Explain one decision. The person is a composite, never a row of the table.",
    )
    who = one.add_mutually_exclusive_group()
    who.add_argument("--row", type=int, metavar="N", help="the N-th composite person, from 1")
    who.add_argument("--case", metavar="NAME", help="the composite person of that name")
    one.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="FEATURE=VALUE",
        help="change the person, or describe one whole: 42, Private or the words of a bin",
    )
    add_fields(one)
    one.add_argument(
        "--seeds",
        type=int,
        default=8,
        help="trainings of each setting, those of the number `seed` on screen",
    )
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one person's explanation at a setting: for a person, or as JSON for a specialist."""
    scenario = changed(Scenario(), options.set)
    needed = replicate([scenario], options.seeds)
    title, bins = _person(options, scenario.dataset)

    from tradeoffs.experiments.plan import resolve
    from tradeoffs.jobs.executor import open_executor
    from tradeoffs.jobs.store import Store
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.jobs.worker import explain as work
    from tradeoffs.report.local_explanation import told

    needed += [baseline(one) for one in needed]
    known = Store.here().weights(resolve(one).model_key for one in needed)
    executor = open_executor(Machine.here())
    person = tuple(bins.items())
    found = executor.submit(work, scenario, person, tuple(known.items()), options.seeds).result()
    if options.json:
        document = {"scenario": scenario.model_dump(), "title": title} | found.to_dict()
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        lines = [f"{title[0].upper()}{title[1:]}.", *told(found, scenario)]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _person(options: argparse.Namespace, dataset: str) -> tuple[str, dict[str, int]]:
    """Return who is to be explained, in words and as bins: a composite, or typed in whole."""
    from tradeoffs.data.cases import load_cases, person
    from tradeoffs.data.load import load_codebook

    typed = dict(assignment(text) for text in options.person)
    if typed and options.case is None and options.row is None:
        return "a person described by hand", person(dataset, typed)
    cases = load_cases(dataset)
    if not cases.cases:
        names = (feature.name for feature in load_codebook(dataset).features)
        raise InvalidInput("no_composite_persons", dataset=dataset, known=tuple(names))
    number = 1 if options.row is None else options.row
    case = cases.row(number) if options.case is None else cases.case(options.case)
    title = f"{case.title}, changed" if typed else case.title
    return title, person(dataset, dict(case.values) | typed)
