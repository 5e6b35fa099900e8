"""Scales: every setting of a job on all objectives, and the front of each choice of objectives."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.experiments.designs import baseline
from tradeoffs.fields import FIELDS
from tradeoffs.fronts import ACCURACY, OBJECTIVES, PRIVACY, Objective
from tradeoffs.fronts.replicates import Key, Replicates
from tradeoffs.fronts.subsets import subset_fronts
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.job_cache import of_job
from tradeoffs.language.notation import percent_text
from tradeoffs.language.translation import say, translate
from tradeoffs.report.admissibility import feasible, findings
from tradeoffs.report.affordability import within_budget
from tradeoffs.report.charts.axis import span
from tradeoffs.report.icon_array import answer_rates, correct_share
from tradeoffs.report.options import field_changes
from tradeoffs.report.points import changes_in_words
from tradeoffs.report.sentences.admissible_settings import settings_left
from tradeoffs.report.sentences.setting_price import settings_within_budget
from tradeoffs.report.setting_values import (
    SettingValues,
    covers_test_rows,
    setting_values,
)
from tradeoffs.report.view import objective_of, same_budget
from tradeoffs.resources.purse import Purse
from tradeoffs.results import CONFIGURATION, configuration
from tradeoffs.scenario import Scenario

DEPLOYMENT = [CONFIGURATION.index(name) for name in CONFIGURATION if FIELDS[name].deployment]
REFERENCES = {ACCURACY.name: "one answer for all"}  # what one says of a model, where it does


def scales(
    job: Job, here: Scenario, results: Replicates, who: Purse | None = None
) -> dict[str, Any]:
    """Return what parallel scales draw of a job, in parts; nothing while nothing has arrived.

    `objectives`: each with its direction and the ends of its scale.  `values`: number of a setting
    -> objective -> mean, low and high, null where not measurable.  `groups`: number -> group, rate
    of favourable decisions, low and high.  `alternatives`: numbers of the settings that are used on
    the same people as this one; the others are on no front.  `fronts`: names of objectives, joined
    by + -> numbers on their front, and its hypervolume.  `pair_fronts`:
    two objectives, neither of them privacy -> numbers on their front among settings of this budget,
    as the chart draws it.  `you` and `baseline`: numbers, null while
    they have no values.  `changes`: number -> the fields in which a setting differs from this one,
    and in words.
    `feasible`: place -> numbers that its regulations admit, those that cannot be told, and words;
    with a purse, under that name, those that its budget covers.

    Args:
        job: with the setting among its scenarios.
        here: the setting of the sliders.
        results: of the job, with the columns of the objectives and `count_columns`.
        who: pays; None where nothing is left out for its price.
    """
    if not results.keys:
        return {}
    every = [objective_of(name, here) for name in OBJECTIVES]
    seen = setting_values(results, every, here, job.comparison.of_setting(here))
    _as_decided(job, here, every, seen)
    numbers = [job.numbers[key] for key in seen.keys]
    same = _alternatives(results, here)
    fronts = subset_fronts(results.some(same), every)
    own = [numbers[row] for row in same]
    return {
        "objectives": [
            _described(one, seen.objectives[same, place, 0], here)
            for place, one in enumerate(every)
        ],
        "values": _values(numbers, every, seen),
        "groups": _groups(numbers, seen),
        "alternatives": own,
        "fronts": {
            "+".join(names): {
                "front": [own[row] for row in np.flatnonzero(found.front).tolist()],
                "hypervolume": _short(found.hypervolume),
            }
            for names, found in fronts.items()
        },
        "pair_fronts": _pair_fronts(results.some(same), every, own, here),
        "you": _number(job, here, seen),
        "baseline": _number(job, baseline(here), seen),
        "changes": changes(job, here),
        "changes in words": changes_in_words(job, here),
        "feasible": _feasible(job, seen, own, same) | _covered(job, own, who),
    }


def _as_decided(
    job: Job, here: Scenario, objectives: Sequence[Objective], seen: SettingValues
) -> None:
    """Let the setting and its twin have the intervals that "who pays" tells of their decisions.

    Decisions of other settings are not read for a screen: what counts alone tell is a little wider.
    """
    of_accuracy = [one.name for one in objectives].index(ACCURACY.name)
    keys = {key: row for row, key in enumerate(seen.keys)}
    for one in (here, baseline(here)):
        row = keys.get(tuple(configuration(one).values()))
        if row is None:
            continue
        _replace(seen.objectives[row, of_accuracy], correct_share(job, one))
        told = {rate["group"]: rate for rate in answer_rates(job, one) or ()}
        for place, group in enumerate(seen.groups):
            if rate := told.get(group):
                ends = (rate[name] for name in ("wanted", "wanted_low", "wanted_high"))
                _replace(seen.rates[row, place], tuple(ends))


def _replace(ends: np.ndarray, found: Sequence[float] | None) -> None:
    """Replace mean, low and high, (3,), if the others are of the same trainings."""
    if found is not None and np.isfinite(found[:3]).all() and np.isclose(ends[0], found[0]):
        ends[:] = found[:3]


def _feasible(
    job: Job, seen: SettingValues, numbers: Sequence[int], rows: Sequence[int]
) -> dict[str, Any]:
    every = tuple(job.settings.values())
    left = feasible(findings({number: every[number] for number in numbers}, seen, rows))
    return {
        place: {
            "admissible": one.admissible,
            "open": one.open,
            "words": settings_left(place, one, len(numbers)),
        }
        for place, one in left.items()
    }


def _covered(job: Job, numbers: Sequence[int], who: Purse | None) -> dict[str, Any]:
    if who is None:
        return {}
    every = tuple(job.settings.values())
    left = within_budget({number: every[number] for number in numbers}, who)
    told = settings_within_budget(left, len(numbers), who)
    return {"purse": {"admissible": left.admissible, "open": left.open, "words": told}}


def _pair_fronts(
    results: Replicates, every: Sequence[Objective], numbers: Sequence[int], here: Scenario
) -> dict[str, list[int]]:
    """Return the numbers on the front of each pair in which privacy is none of the two."""
    rows = np.flatnonzero(same_budget(results, here)).tolist()
    measured = [one for one in every if one.name != PRIVACY.name]
    return {
        "+".join(names): [numbers[rows[place]] for place in np.flatnonzero(found.front).tolist()]
        for names, found in subset_fronts(results.some(rows), measured, most=2).items()
    }


@of_job
def changes(job: Job, here: Scenario) -> dict[int, dict[str, str]]:
    """Return by number what each setting of a job differs in from one, as an address writes it."""
    return {number: field_changes(one, here) for number, one in enumerate(job.settings.values())}


def _alternatives(results: Replicates, here: Scenario) -> list[int]:
    """Return the rows of the settings that are used on the same people."""
    own = tuple(configuration(here).values())
    where = [own[place] for place in DEPLOYMENT]
    return [
        row for row, key in enumerate(results.keys) if [key[place] for place in DEPLOYMENT] == where
    ]


def _described(one: Objective, means: np.ndarray, here: Scenario) -> dict[str, Any]:
    low, high = _ends(one, means)
    every = covers_test_rows(one, here)
    covers = percent_text("95") if every else say("95 % over seeds, not test rows")
    return {
        "name": one.name,
        "title": one.title,
        "words": one.words,
        "better": one.better,
        "scale": one.scale,
        "unit": one.unit,
        "share": one.is_share,
        "low": _short(low),
        "high": _short(high),
        "infinity": one.infinity,
        "covers": covers,
        "undefined": one.undefined,
        "reference": one.reference,
        "reference_words": translate(REFERENCES[one.name]) if one.name in REFERENCES else "",
    }


def _ends(one: Objective, means: np.ndarray) -> tuple[float, float]:
    """Return the ends of the scale: of the control, or around the means (settings,).

    Intervals over the first two seeds are so long that scales would have to shrink later.
    """
    if one.infinity:
        return one.ideal, one.reference
    rows = [{one.column: mean, f"{one.column}_sd": 0.0} for mean in means.tolist()]
    at_least = (one.reference, one.reference) if one.name == ACCURACY.name else None
    return span(one, rows, at_least)


def _values(
    numbers: Sequence[int], every: Sequence[Objective], seen: SettingValues
) -> dict[int, dict[str, list[Any] | None]]:
    names = [one.name for one in every]
    return {
        number: dict(zip(names, map(_told, rows), strict=True))
        for number, rows in zip(numbers, seen.objectives.tolist(), strict=True)
    }


def _groups(numbers: Sequence[int], seen: SettingValues) -> dict[int, list[list[Any]]]:
    found = {}
    for number, rates in zip(numbers, seen.rates.tolist(), strict=True):
        known = [
            [word(name), *told]
            for name, rate in zip(seen.groups, rates, strict=True)
            if (told := _told(rate))
        ]
        if known:
            found[number] = known
    return found


def _told(ends: Sequence[float]) -> list[Any] | None:
    """Return mean, low and high as JSON has them; None where there is no mean."""
    return None if math.isnan(ends[0]) else [_short(end) for end in ends]


def _short(value: float | None) -> float | str | None:
    """Return a number as a screen needs it, of no more than six digits."""
    if value is None or math.isnan(value):
        return None
    return "inf" if math.isinf(value) else float(f"{value:.6g}")


def _number(job: Job, setting: Scenario, seen: SettingValues) -> int | None:
    """Return the number of a setting that has arrived."""
    key: Key = tuple(configuration(setting).values())
    return job.numbers[key] if key in seen.keys else None
