"""Arguments: what several commands read alike."""

import argparse
from collections.abc import Sequence
from typing import Any, Protocol

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario


class Commands(Protocol):
    """Where a command is added: argparse's own class for it is not public."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Return a new parser, for the arguments of the command."""
        ...


def changed(base: Scenario, assignments: Sequence[str]) -> Scenario:
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
