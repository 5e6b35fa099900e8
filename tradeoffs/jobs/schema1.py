"""Results in the form of schema 1, which is read and no longer written: compressed JSON."""

import math
from collections.abc import Mapping

from tradeoffs.jobs.record import inflate, read_json
from tradeoffs.measurement import SPLITS, Measurement


def read_former(payload: bytes) -> Measurement:
    """Read a measurement with its decisions; raise ValueError if the bytes are not one."""
    text, _, decisions = inflate(payload).partition(b"\0")
    head = read_json(text)
    if not isinstance(head, dict) or set(head) != {"training", *SPLITS}:
        raise ValueError("not a measurement: other parts")
    if not _numbers_or_words(head["training"]) or not all(_finite(head[s]) for s in SPLITS):
        raise ValueError("not a measurement: other values")
    if (people := _people(head["report"])) and len(decisions) != -(-people // 8):
        raise ValueError("not a measurement: decisions on other people")
    return Measurement.of(decisions=decisions, **head)


def _numbers_or_words(values: object) -> bool:
    return isinstance(values, dict) and all(
        type(value) in (int, float, str) for value in values.values()
    )


def _finite(values: object) -> bool:
    return isinstance(values, dict) and all(
        type(value) in (int, float) and math.isfinite(value) for value in values.values()
    )


def _people(report: Mapping[str, float]) -> int:
    """Return how many people were decided about, by the first attribute counted; else 0."""
    first = next((name for name in report if name.startswith("people[")), "")
    start = f"{first.partition('=')[0]}="
    return int(sum(report[name] for name in report if name.startswith(start))) if first else 0
