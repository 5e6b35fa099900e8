"""What a move did, in one sentence: each objective before and after, and what chance could do."""

import math
from collections.abc import Mapping

from tradeoffs.fronts import ACCURACY, EXPLAINABILITY, FAIRNESS, PRIVACY, Difference, Objective
from tradeoffs.language.translation import translate
from tradeoffs.report.sentences.sentence import Sentence, first
from tradeoffs.report.text import number, percent

SPOKEN = (ACCURACY.name, FAIRNESS.name, PRIVACY.name, EXPLAINABILITY.name)  # in this order

WHOLE = (
    Sentence(
        name="from one setting to another",
        when=lambda was, now: was and now,
        text="From {was} to {now}: {accuracy}; {fairness}; {privacy}; {explainability}.",
    ),
    Sentence(
        name="another setting", text="Now: {accuracy}; {fairness}; {privacy}; {explainability}."
    ),
)
ONE = (
    Sentence(
        name="objective not measurable",
        when=lambda measured: not measured,
        text="{title} not measurable",
    ),
    Sentence(name="objective alone", when=lambda known: not known, text="{title} {now}"),
    Sentence(
        name="objective within chance",
        when=lambda chance: chance,
        text="{title} {before} and {now}, which cannot be told apart",
    ),
    Sentence(
        name="objective as before",
        when=lambda same: same,
        text="{title} {now}, as before",
    ),
    Sentence(name="objective moved", text="{title} from {before} to {now}"),
)


def move(
    was: str,
    now: str,
    objectives: Mapping[str, Objective],
    values: Mapping[str, tuple[float, float]],
    differences: Mapping[str, Difference | None],
) -> str:
    """Say what a move did.

    Args:
        was: what the setting before differs in from the one after; empty if it is not compared.
        now: the same of the one after.
        objectives: as they are at the setting after, by name.
        values: by name, means before and after: NaN where not measurable, or not compared.
        differences: of what is estimated, after minus before, where it is measurable.
    """
    parts = {
        name: _objective(objectives[name], *values[name], differences.get(name)) for name in SPOKEN
    }
    return first(WHOLE, {"was": was, "now": now, **parts})[0].text


def _objective(one: Objective, before: float, now: float, found: Difference | None) -> str:
    """Say what became of one objective."""
    told = {
        "title": one.lower,
        "measured": not math.isnan(now),
        "known": not math.isnan(before),
        "chance": found is not None and before != now and not found.distinguishable,
        "before": _written(one, before),
        "now": _written(one, now),
    }
    return first(ONE, {**told, "same": told["before"] == told["now"]})[0].text


def _written(one: Objective, value: float) -> str:
    if math.isnan(value):
        return translate("not measurable")
    if math.isinf(value):
        return one.infinity
    return percent(value) if one.is_share else number(value)
