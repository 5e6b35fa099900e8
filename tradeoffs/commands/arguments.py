"""Arguments: what several commands read alike."""

import argparse
import json
import math
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, get_args

from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.errors import InvalidInput
from tradeoffs.field import Field
from tradeoffs.fields import FIELDS, Mechanism
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.scenario import Scenario, as_text
from tradeoffs.values.fairness.catalogue import NOTIONS

SHIFTS_LISTED = "`tradeoffs shifts TABLE` lists them"
NAMES: Mapping[str, Iterable[str]] = {  # that a field may take
    "stage": STAGES,
    "notion": NOTIONS,
    "mechanism": get_args(Mechanism),
    "clipping": CLIPPINGS,
}
LISTED = {
    "dataset": "`tradeoffs data list` lists them",
    **dict.fromkeys(("shift", "other_shifts", "training_shifts"), SHIFTS_LISTED),
}


class Commands(Protocol):
    """Where a command is added: argparse's own class for it is not public."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Return a new parser, for the arguments of the command."""
        ...


def add_fields(one: argparse.ArgumentParser, *, axis: bool = False) -> None:
    """Add `--set` and, where it is asked for, `--axis`; the help lists all fields."""
    one.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="set a field of the scenario, one of those below; may be repeated",
    )
    if axis:
        one.add_argument(
            "--axis",
            action="append",
            default=[],
            metavar="FIELD=V1,V2,...",
            help="let a field take several values; may be repeated, for every combination",
        )
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    one.epilog = "\n".join(
        ["fields:", *(_described(FIELDS[name]) for name in Scenario.model_fields)]
    )


def _described(field: Field) -> str:
    """Return what a field is, what it may be, and its default, over as many lines as it takes.

    >>> print(_described(FIELDS["epsilon"]))
      epsilon          A bound on how much the trained model can depend on one
                       person's record. Epsilon, 0.05 to 50 or none; default 1.
    """
    allowed = " or ".join(filter(None, (_allowed(field), "none" * (None in field.values))))
    default = as_text(field.default).removesuffix(".0") or "none"
    told = f"{field.help.partition('. ')[0].removesuffix('.')}. {allowed[:1].upper()}{allowed[1:]}"
    text = f"{told}; default {default}." if allowed else f"{told}Default {default}."
    return textwrap.fill(text, 80, initial_indent=f"  {field.name:<17}", subsequent_indent=" " * 19)


def _allowed(field: Field) -> str:
    """Return the range of a number, the names on offer, or where they are listed."""
    if field.name in NAMES:
        return f"one of {', '.join(NAMES[field.name])}"
    if field.low is None:
        return "; ".join(filter(None, (field.unit, LISTED.get(field.name))))
    kind = field.unit.partition(",")[0]  # a share is typed as one, not in per cent
    return f"{kind}, {field.low:,g} to {field.high:,.10g}"


def add_json(one: argparse.ArgumentParser) -> None:
    """Add the option that asks for JSON on standard output."""
    one.add_argument("--json", action="store_true", help="print JSON in place of words")


def as_json(document: object) -> str:
    """Return a document as one line of JSON, which has no infinity: a text stands for it."""
    if isinstance(document, Mapping):
        document = {k: str(v) if v == math.inf else v for k, v in document.items()}
    return json.dumps(document, ensure_ascii=False)


def tell(text: str) -> None:
    """Write a text to standard output."""
    sys.stdout.write(f"{text}\n")


def apply_assignments(base: Scenario, assignments: Sequence[str]) -> Scenario:
    """Return a scenario with some fields changed; another dataset brings its own defaults along."""
    from tradeoffs.experiments.adapt import adapt_to_dataset

    fields = dict(assignment(text) for text in assignments)
    if "dataset" in fields:
        base, _ = adapt_to_dataset(base, fields["dataset"])
    return base.but(**fields)


def assignment(text: str) -> tuple[str, str]:
    """Return field and value of FIELD=VALUE; raises InvalidInput."""
    field, sign, value = text.partition("=")
    if not sign or not field:
        raise InvalidInput("not_an_assignment", text=text)
    return field.strip(), value.strip()
