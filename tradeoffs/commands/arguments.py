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
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.scenario import Scenario, as_text
from tradeoffs.values.fairness.catalogue import NOTIONS

NAMES: Mapping[str, Iterable[str]] = {  # that a field may take
    "stage": STAGES,
    "notion": NOTIONS,
    "mechanism": get_args(Mechanism),
    "clipping": CLIPPINGS,
}
LISTED = {
    "dataset": "`tradeoffs data list` lists them",
    "shift": "`tradeoffs shifts TABLE` lists them",
    **dict.fromkeys(
        ("other_shifts", "training_shifts"), "{unit}; `tradeoffs shifts TABLE` lists them"
    ),
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
        metavar=translate("FIELD=VALUE"),
        help=translate("set a field of the scenario, one of those below; may be repeated"),
    )
    if axis:
        one.add_argument(
            "--axis",
            action="append",
            default=[],
            metavar=translate("FIELD=V1,V2,..."),
            help=translate(
                "let a field take several values; may be repeated, for every combination"
            ),
        )
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    one.epilog = "\n".join(
        [translate("fields:"), *(_described(FIELDS[name]) for name in Scenario.model_fields)]
    )


def _described(field: Field) -> str:
    """Return what a field is, what it may be, and its default, over as many lines as it takes.

    >>> print(_described(FIELDS["epsilon"]))
      epsilon          A bound on how much the trained model can depend on one
                       person's record. Epsilon, 0.05 to 50 or none; default 1.
    """
    allowed = _allowed(field)
    default = as_text(field.default).removesuffix(".0") or "none"
    about = field.help.partition(". ")[0].removesuffix(".")
    if allowed:
        allowed = f"{allowed[0].upper()}{allowed[1:]}"
        text = say("{about}. {allowed}; default {v}.", about=about, allowed=allowed, v=default)
    else:
        text = say("{about}. Default {v}.", about=about, v=default)
    return textwrap.fill(text, 80, initial_indent=f"  {field.name:<17}", subsequent_indent=" " * 19)


def _allowed(field: Field) -> str:
    """Return the range of a number, the names on offer, or where they are listed."""
    if field.name in NAMES:
        return say("one of {names}", names=", ".join(NAMES[field.name]))
    if field.name in LISTED:
        return say(LISTED[field.name], unit=field.unit)
    if field.low is None:
        return field.unit
    kind = translate("share", "of a whole") if field.is_share else field.unit  # it is typed as one
    return say(
        "{kind}, {low:,g} to {high:,.10g} or none"
        if None in field.values
        else "{kind}, {low:,g} to {high:,.10g}",
        kind=kind,
        low=field.low,
        high=field.high,
    )


def add_json(one: argparse.ArgumentParser) -> None:
    """Add the option that asks for JSON on standard output."""
    one.add_argument("--json", action="store_true", help=translate("print JSON in place of words"))


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
