"""Admissibility: what the regulations of each place say of the settings of a job.

Only settings that are used on the same people are screened: others are no alternatives.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.experiments.plan import deployment, resolve
from tradeoffs.fronts import ACCURACY
from tradeoffs.fronts.replicates import REPORT, Replicates
from tradeoffs.jobs.job import Job
from tradeoffs.language.translates import original
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.setting_values import SettingValues, setting_values
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.two_shares import Interval
from tradeoffs.values.regulations.catalogue import REGULATIONS, regulations_at
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.regulation import Evidence, Finding, Regulation, Verdict

Findings = Mapping[str, Finding]  # by regulation
DECIDABLE = tuple(one for one in REGULATIONS.values() if original(one, "number"))  # by numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Admissibility:
    """What regulations say of what a job has brought.

    Attributes:
        settings: number -> the setting, of those used on the same people as the one of the sliders.
        every: number -> findings of the regulations that numbers decide.
        you: number of the setting of the sliders.
        own: its findings, of all regulations.
    """

    settings: Mapping[int, Scenario]
    every: Mapping[int, Findings]
    you: int
    own: Findings


@dataclass(frozen=True, kw_only=True, slots=True)
class Feasible:
    """What one place's rules say of settings, by their numbers; the others are not admissible."""

    admissible: tuple[int, ...]
    open: tuple[int, ...]  # cannot be told


def admissibility(job: Job, here: Scenario, results: Replicates) -> Admissibility | None:
    """Return what regulations say of a job; None while its own setting has not arrived.

    Args:
        job: with the setting among its scenarios.
        here: the setting of the sliders.
        results: of the job, with `fidelity_agreement` and the counts of groups.
    """
    place = deployment(here)
    known = {key: one for key, one in job.settings.items() if deployment(one) == place}
    rows = [row for row, key in enumerate(results.keys) if key in known]
    settings = {job.numbers[results.keys[row]]: known[results.keys[row]] for row in rows}
    you = job.numbers.get(tuple(configuration(here).values()))
    if you is None or you not in settings:
        return None
    seen = setting_values(results, (ACCURACY,), here, job.comparison.of_setting(here))
    own = rows[list(settings).index(you)]
    told = findings({you: here}, seen, [own], REGULATIONS.values(), _fidelity(results, own))
    return Admissibility(
        settings=settings, every=findings(settings, seen, rows), you=you, own=told[you]
    )


def findings(
    settings: Mapping[int, Scenario],
    seen: SettingValues,
    rows: Sequence[int],
    rules: Iterable[Regulation] = DECIDABLE,
    fidelity: Interval | None = None,
) -> dict[int, Findings]:
    """Return what regulations say of settings, by their numbers.

    Args:
        settings: number -> a setting, all on the same people.
        seen: what was measured.
        rows: of it, in the order of the settings.
        rules: which regulations.
        fidelity: share of the decisions that the rules of an explanation repeat.
    """
    if not settings:
        return {}
    asked, found = tuple(rules), {}
    one = next(iter(settings.values()))  # people and columns are those of all
    people, seen_by_model = group_sizes(one), _group_seen(one)
    for (number, setting), row in zip(settings.items(), rows, strict=True):
        evidence = Evidence(
            people=people,
            rates=_rates(seen.groups, seen.rates[row]),
            group_seen=seen_by_model,
            group_at_decision=_group_at_decision(setting),
            fidelity=fidelity,
        )
        found[number] = {rule.name: rule.screen(evidence) for rule in asked}
    return found


def feasible(every: Mapping[int, Findings]) -> dict[str, Feasible]:
    """Return for each place with a rule that numbers decide which settings its rules leave."""
    found = {}
    for place in JURISDICTIONS:
        rules = decidable_at(place)
        if rules:
            said = {number: verdict_of(own, rules) for number, own in every.items()}
            found[place] = Feasible(
                admissible=tuple(n for n, one in said.items() if one == "admissible"),
                open=tuple(n for n, one in said.items() if one == "cannot be told"),
            )
    return found


def decidable_at(place: str) -> tuple[Regulation, ...]:
    """Return the regulations of a place that numbers decide."""
    return tuple(one for one in regulations_at(place) if one.number)


def verdict_of(own: Findings, rules: Sequence[Regulation]) -> Verdict:
    """Return what several regulations say together."""
    said = {own[rule.name].verdict for rule in rules}
    if "not admissible" in said:
        return "not admissible"
    return "cannot be told" if "cannot be told" in said else "admissible"


def group_sizes(here: Scenario) -> dict[str, int]:
    """Return how many people of each group are decided about."""
    group, names = evaluation_people(here).group_of(here.protected)
    sizes = np.bincount(group, minlength=len(names)).tolist()
    return {name: size for name, size in zip(names, sizes, strict=True) if size}


def _rates(groups: Sequence[str], ends: np.ndarray) -> dict[str, Interval]:
    """Return the rates that could be told, of (groups, 3) means and ends."""
    told = zip(groups, ends.tolist(), strict=True)
    return {name: Interval(*own) for name, own in told if not any(map(math.isnan, own))}


def _group_seen(here: Scenario) -> bool:
    """Return whether the model sees a column that the compared groups are made of."""
    book = dataset(here.dataset).codebook
    seen = {one.name for one in book.features_for(book.label(here.label))} - set(here.hide)
    compared = here.protected.split("*")
    return any(one.source in seen for one in book.protected if one.name in compared)


def _group_at_decision(here: Scenario) -> bool:
    """Return whether a decision needs the person's group."""
    plan = resolve(here)
    bounded = plan.notion.at_decision and here.max_gap is not None
    return bounded or any(stage.needs_group for stage in plan.stages)


def _fidelity(results: Replicates, row: int) -> Interval | None:
    """Return the share of a setting's decisions that its explanation repeats, over seeds."""
    values = results.some([row], ["fidelity_agreement"]).values[REPORT].ravel()
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    found = estimate(known)
    return Interval(found.mean, *(found.interval or (math.nan, math.nan)))
