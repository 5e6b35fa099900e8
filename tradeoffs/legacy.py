"""Legacy: what former versions wrote, and how this one reads it.

A setting of a former version lacks fields that came later, which then have their defaults.  What
is written today is written in the form of today alone.
"""

import math
from collections.abc import Mapping

from tradeoffs.measurement import SPLITS, Measurement
from tradeoffs.results import numbers_or_words, read_object

_LESSONS = """
small_town whose_fairness privacy_for_whom a_private_explanation the_week_after not_every_group
representative_of_what which_problem cost_is_not_need a_proxy_that_travels_badly the_same_illness
who_labelled_this fairness_washing privacy_washing one_model_for_everyone
"""  # each had a page of its own, before there was one page for all
MOVED_PAGES = {"Data": "data", **{name: f"lesson?lesson={name}" for name in _LESSONS.split()}}
FORMER_TITLES = {  # title of a term today -> those before, which links name
    "acquisition shift": ("another instrument",),
    "annotation shift": ("labelled by others",),
    "concept shift": ("another rule for outcomes",),
    "covariate shift": ("other inputs",),
    "emerging label": ("an unforeseen kind of outcome",),
    "groups re-defined": ("groups drawn otherwise",),
    "label noise": ("answers recorded wrongly",),
    "manifestation shift": ("the outcome shows otherwise",),
    "prior shift": ("a rarer outcome",),
    "spurious correlation reverses": ("a proxy that turns",),
    "unseen label": ("an outcome training never saw",),
}
DROPPED = ("version", "lang")  # parameters of an address that say nothing of a setting


def parameters(query: Mapping[str, str]) -> dict[str, str]:
    """Return the parameters of an address of any version as this one has them.

    >>> parameters({"epsilon": "0.3", "version": "1"})
    {'epsilon': '0.3'}
    """
    return {name: value for name, value in query.items() if name not in DROPPED}


def read_measurement(content: bytes) -> Measurement:
    """Read a measurement of the store's schema 1, JSON and the decisions, uncompressed.

    Raises:
        ValueError: the bytes are not one.
    """
    text, _, decisions = content.partition(b"\0")
    head = read_object(text)
    if set(head) != {"training", *SPLITS}:
        raise ValueError("not a measurement: other parts")
    if not numbers_or_words(head["training"]) or not all(_finite(head[s]) for s in SPLITS):
        raise ValueError("not a measurement: other values")
    if (people := _people(head["report"])) and len(decisions) != -(-people // 8):
        raise ValueError("not a measurement: decisions on other people")
    return Measurement.of(decisions=decisions, **head)


def _finite(values: object) -> bool:
    return isinstance(values, dict) and all(
        type(value) in (int, float) and math.isfinite(value) for value in values.values()
    )


def _people(report: Mapping[str, float]) -> int:
    """Return how many people were decided about, by the first attribute counted; else 0."""
    first = next((name for name in report if name.startswith("people[")), "")
    start = f"{first.partition('=')[0]}="
    return int(sum(report[name] for name in report if name.startswith(start))) if first else 0
