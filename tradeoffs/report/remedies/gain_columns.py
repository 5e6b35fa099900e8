"""Gain columns: what each remedy gives a community over training alone, beside its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.participants import home_of
from tradeoffs.fronts.gains import MEASURES, gain
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.community_gain import alone, report_people_of, trainings
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

GAIN = (
    *("gain", "gain_low", "gain_high"),
    *("log_loss_gain", "log_loss_gain_low", "log_loss_gain_high"),
)
FIRST = ("community", "people", *GAIN, "bytes", "messages", "bytes_a_decision")


def references(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Return scenarios of training alone, not among these, which their gains are over."""
    there = set(scenarios)
    wanted = dict.fromkeys(alone(one) for one in scenarios if one.communities)
    return [one for one in wanted if one not in there]


def with_gains(frame: pd.DataFrame, job: Job) -> pd.DataFrame:
    """Return a table of results with the gains of each setting among communities.

    They are means over seeds, in accuracy and in log-loss, which stand in the report rows of all
    of them, with their intervals over seeds and test people; missing where they cannot be measured.

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
    return frame.reindex(columns=[*rest[:place], *FIRST, *rest[place:]])


def _gain(job: Job, setting: Scenario) -> tuple[float, ...]:
    """Return the mean gain and the ends of its interval in both measures; NaN where none is."""
    home, missing = home_of(setting), float("nan")
    before, after = (trainings(job, one) for one in (alone(setting), setting))
    try:
        found = gain(before, after, report_people_of(setting, home), home)
    except NotMeasurable:
        return (missing,) * len(GAIN)
    told = [found.in_measure(measure) for measure in MEASURES]
    ends = [one.interval or (missing, missing) for one in told]
    return tuple(
        number for one, pair in zip(told, ends, strict=True) for number in (one.mean, *pair)
    )
