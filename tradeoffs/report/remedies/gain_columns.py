"""Gain columns: what each remedy gives a community over training alone, beside its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.participants import home_of
from tradeoffs.fronts.gains import gain
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.community_gain import alone, report_people_of, trainings
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

GAIN = ("gain", "gain_low", "gain_high")
FIRST = ("community", "people", *GAIN, "bytes", "messages", "bytes_a_decision")


def references(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Return scenarios of training alone, not among these, which their gains are over."""
    there = set(scenarios)
    wanted = dict.fromkeys(alone(one) for one in scenarios if one.communities)
    return [one for one in wanted if one not in there]


def with_gains(frame: pd.DataFrame, job: Job) -> pd.DataFrame:
    """Return a table of results with the gain in accuracy of each setting among communities.

    It is a mean over seeds, which stands in the report rows of all of them, with its interval over
    seeds and test people; missing where it cannot be measured.

    Args:
        frame: one row a model and split.
        job: has these models, and those of `references`.
    """
    found = {key: _gain(job, one) for key, one in job.settings.items() if one.communities}
    if not found:
        return frame
    names = list(configuration(Scenario()))
    nothing = (float("nan"),) * len(GAIN)
    keys = frame[names].itertuples(index=False, name=None)
    rows = [
        found.get(key, nothing) if split == "report" else nothing
        for key, split in zip(keys, frame["split"], strict=True)
    ]
    columns = zip(GAIN, zip(*rows, strict=True), strict=True)
    frame = frame.assign(**{name: list(values) for name, values in columns})
    rest = [name for name in frame.columns if name not in FIRST]
    place = rest.index("split") + 1
    return frame[[*rest[:place], *FIRST, *rest[place:]]]


def _gain(job: Job, setting: Scenario) -> tuple[float, float, float]:
    """Return the mean gain and the ends of its interval; NaN where there is none."""
    home, missing = home_of(setting), float("nan")
    before, after = (trainings(job, one) for one in (alone(setting), setting))
    try:
        told = gain(before, after, report_people_of(setting, home), home).accuracy
    except NotMeasurable:
        return missing, missing, missing
    return told.mean, *(told.interval or (missing, missing))
