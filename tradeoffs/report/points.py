"""Points: what is told of each setting of a job when somebody selects it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.fields import FIELDS
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.job_cache import of_job
from tradeoffs.language.notation import labelled
from tradeoffs.measurement import numbers_of
from tradeoffs.report.global_explanation import PREFIX
from tradeoffs.report.options import texts, words
from tradeoffs.report.text import setting
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import half_width
from tradeoffs.values.fairness.catalogue import NOTIONS

MOST_FEATURES = 5  # of those that a setting's models look at
DIGITS = 4  # of a share


def what_differs(one: Scenario, here: Scenario) -> str:
    """Return what a setting differs in from another one, in words; empty if in nothing.

    >>> what_differs(Scenario(epsilon=3, width=8), Scenario())
    '8 hidden units, ε = 3'
    >>> what_differs(Scenario(epsilon="none"), Scenario())
    'no privacy'
    """
    own, other = texts(one), texts(here)
    names = [name for name in FIELDS if name in own and own[name] != other[name]]
    if "none" in (one.mechanism, here.mechanism):  # which the budget tells
        names = [name for name in names if name not in ("mechanism", "clipping")]
    return ", ".join(_words(name, one, own) for name in names)


def _words(name: str, one: Scenario, own: dict[str, str]) -> str:
    field = FIELDS[name]
    if field.phrase or field.phrases:
        return setting(name, getattr(one, name), NOTIONS[one.notion].gap_title)
    return labelled(field.lower, words(name, own[name], own))


@of_job
def changes_in_words(job: Job, here: Scenario) -> dict[int, str]:
    """Return for each setting of a job, by its number, what differs from the setting here."""
    numbered = zip(job.numbers.values(), job.settings.values(), strict=True)
    seedless = here.configuration()
    return {number: what_differs(one, seedless) for number, one in numbered}


@of_job
def feature_shares(job: Job, arrived: int) -> dict[str, Any]:
    """Return which features the models of each setting look at most.

    Args:
        job: whose results.
        arrived: how many there are, so that they are read once.

    Returns:
        `titles` of the features, and by the number of each setting `shares`: up to MOST_FEATURES
        of [feature, mean, low, high], the largest first; the feature is its place among the titles,
        the share is of 1, and the 95 % interval over seeds is null with one seed. A setting with
        a training that has no shares is not there.
    """
    del arrived
    results = job.results()
    if not results:
        return {"titles": [], "shares": {}}
    features = dataset(results[0].scenario.dataset).codebook.features
    columns = [f"{PREFIX}{one.name}]" for one in features]
    measured = numbers_of([one.measurement.figures("report") for one in results], columns)
    numbers = np.array(
        [job.numbers[tuple(configuration(one.scenario).values())] for one in results]
    )
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    parts = np.split(measured[order], starts[1:])
    shares = {
        number: top
        for number, part in zip(found.tolist(), parts, strict=True)
        if (top := _top(part))
    }
    return {"titles": [one.title for one in features], "shares": shares}


def _top(shares: np.ndarray) -> list[Sequence[float | None]]:
    """Return [feature, mean, low, high] of the largest of (seeds, features) shares."""
    if np.isnan(shares).any():
        return []
    mean, seeds = shares.mean(0), len(shares)
    largest = np.argsort(-mean, kind="stable")[:MOST_FEATURES]
    if seeds < 2:
        return [[k, round(float(mean[k]), DIGITS), None, None] for k in largest.tolist()]
    error = shares.std(0, ddof=1)[largest] / np.sqrt(seeds)
    half = half_width(error, error, seeds - 1)
    ends = np.stack([mean[largest], mean[largest] - half, mean[largest] + half]).round(DIGITS)
    return [[k, *three] for k, three in zip(largest.tolist(), ends.T.tolist(), strict=True)]
