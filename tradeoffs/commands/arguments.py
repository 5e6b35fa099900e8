"""Arguments: what several commands read alike."""

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tradeoffs.errors import InvalidInput
from tradeoffs.field import Field
from tradeoffs.fields import FIELDS
from tradeoffs.scenario import Scenario, as_text


class Commands(Protocol):
    """Where a command is added: argparse's own class for it is not public."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Return a new parser, for the arguments of the command."""
        ...


def add_fields(one: argparse.ArgumentParser, *, axis: bool = False) -> None:
    """Add `--set` and, where it is asked for, `--axis`; the help lists all fields."""
    one.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="a field of the scenario"
    )
    if axis:
        one.add_argument(
            "--axis",
            action="append",
            default=[],
            metavar="FIELD=V1,V2,...",
            help="a field that varies, with its values",
        )
    one.formatter_class = argparse.RawDescriptionHelpFormatter
    lines = [f"  {name:<16} {_described(FIELDS[name])}" for name in Scenario.model_fields]
    one.epilog = "\n".join(["fields, with unit, bounds and default:", *lines])


def _described(field: Field) -> str:
    """Return what a field is, what it may be, and its default.

    >>> _described(FIELDS["epsilon"])
    'privacy budget: epsilon, 0.05 to 50 or none; default 1'
    """
    bounds = "" if field.low is None else f"{field.low:,g} to {field.high:,.10g}"
    allowed = " or ".join([bounds] + ["none"] * (None in field.values))
    told = ", ".join(filter(None, (field.unit, allowed)))
    default = as_text(field.default).removesuffix(".0") or "none"
    return f"{field.lower}{': ' if told else ''}{told}; default {default}"


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
