"""Icon array: of a hundred people of each group, who gets the answer they want, and who did before.

Before is the model without constraint and privacy, asked about the same people.
"""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.data.table_cache import table_cache
from tradeoffs.experiments.designs import baseline, is_baseline
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.evaluation_people import decision_matrix, evaluation_people
from tradeoffs.report.group_outcomes import interval_on_cell, why_unmeasured
from tradeoffs.report.text import interval_end
from tradeoffs.report.titles import favourable, favourable_answer, weighting
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL, Share, share

KINDS = {  # in words
    "kept": "kept the answer",
    "gained": "gained it",
    "lost": "lost it",
    "never": "without it",
}
ONE_MODEL = {"kept": "get the answer", "never": "do not"}  # of one model alone


def answer_rates(job: Job, here: Scenario) -> list[Row] | None:
    """Return a row for each group of the setting; None while its models are not there.

    Fields: group, people; shares `kept`, `gain` and `lose`, of people who get the answer they want
    from both models or from one; `wanted` (from the setting's) and `net` (gain - lose), each with
    the ends of its 95 % interval over seeds and test rows, under the name with `_low` and `_high`.
    Of fewer than SMALLEST_CELL people they are NaN, and of one seed intervals are.
    """
    now, before = (job.decisions_of(of) for of in (here, baseline(here)))
    seeds = sorted(now.keys() & before.keys())
    if not seeds:
        return None
    own, other = (tuple((seed, each[seed]) for seed in seeds) for each in (now, before))
    return _rows(here, own, other)


Stored = tuple[tuple[int, bytes], ...]  # seed, and who was decided positive


@table_cache
@lru_cache(maxsize=200)  # a picture is drawn again at every result
def _rows(here: Scenario, own: Stored, other: Stored) -> list[Row]:
    people, seeds = evaluation_people(here), [seed for seed, _ in own]
    now, before = (decision_matrix(dict(one), seeds, people.rows) for one in (own, other))
    if not favourable(here):
        now, before = ~now, ~before
    group, names = people.group_of(here.protected)
    same = np.array_equal(now, before)
    rows = []
    for code, title in enumerate(names):
        cell = group == code
        row: Row = {"group": title, "people": int(cell.sum())}
        changed = now & ~before, before & ~now
        for name, decided in (("kept", now & before), ("gain", changed[0]), ("lose", changed[1])):
            row[name] = interval_on_cell([decided], cell, people.sample_weight, exact=True)[0]
        for name, parts, exact in (("wanted", [now], False), ("net", changed, same)):
            found = interval_on_cell(parts, cell, people.sample_weight, exact=exact)
            row |= dict(zip((name, f"{name}_low", f"{name}_high"), found, strict=True))
        rows.append(row)
    return rows


def correct_share(job: Job, here: Scenario) -> Share | None:
    """Return who is decided correctly; None while fewer than two trainings are there."""
    decisions, people = job.decisions_of(here), evaluation_people(here)
    if len(decisions) < 2:
        return None
    right = decision_matrix(decisions, decisions, people.rows) == people.label
    return share(right, people.sample_weight)


def icon_array(job: Job, here: Scenario) -> dict[str, Any]:
    """Return what the browser draws of a job, in parts.

    `icon array`: a row for each group, its heads of a hundred by kind, null where it is too small
    to be measured, and in words.  `icon array words`: what is said beside it, or why there is none
    (`missing`).

    Args:
        job: with the setting and its untouched twin among its scenarios.
        here: the setting.
    """
    rows = answer_rates(job, here)
    if rows is None:
        why = why_unmeasured([r for of in (here, baseline(here)) for r in job.results_of(of)])
        return {"icon array words": {"missing": why or translate(WAITING)}}
    alone = is_baseline(here)
    kinds = ONE_MODEL if alone else KINDS
    return {
        "icon array": [_drawn(row, alone=alone) for row in rows],
        "icon array words": {
            "title": say(ALONE if alone else BESIDE, answer=favourable_answer(here)),
            "kinds": {name: _kind(name, alone=alone) for name in kinds},
            "moved": say("changed with the last move"),
            "note": weighting(here, used=True),
        },
    }


WAITING = (
    "People appear as soon as the first models of your setting and of the one without "
    "constraint and privacy are trained."
)
ALONE = "Of 100 people in each group: who gets the answer “{answer}”"
BESIDE = (
    "Of 100 people in each group: who gets the answer “{answer}”, now and without constraint "
    "and privacy"
)
HEADS_ALONE = "{group}, of 100 people: {kept} get the answer, {never} do not."
HEADS_BESIDE = (
    "{group}, of 100 people: {kept} kept the answer, {gained} gained it, {lost} lost it, {never} "
    "without it."
)


def _kind(name: str, *, alone: bool) -> str:
    return translate(ONE_MODEL[name]) if alone else translate(KINDS[name])


def _drawn(row: Row, *, alone: bool) -> dict[str, Any]:
    """Return a group as the browser draws it."""
    group = word(row["group"])
    found = {"group": group, "people": row["people"]}
    if math.isnan(row["kept"]):
        small = say("Fewer than {least} people: not measurable.", least=SMALLEST_CELL)
        return found | dict.fromkeys(KINDS) | {"words": [small], "text": ""}
    told = heads(row)
    return found | told | {
        "words": [_wanted(row), *([] if alone else [_changed(row)])],
        "text": say(HEADS_ALONE if alone else HEADS_BESIDE, group=group, **told),
    }  # fmt: skip


def heads(row: Row) -> dict[str, int]:
    """Return of a hundred people how many there are of each kind.

    Who get the answer now, and who got it before, are as many heads as their rates say: the latter
    at every setting, so that none of them changes by rounding alone.  Who gained it are as many as
    that leaves room for.
    """
    now, before = (round(100 * (row["kept"] + row[kind])) for kind in ("gain", "lose"))
    fewest, most = max(0, now - before), min(now, 100 - before)
    gained = min(max(round(100 * row["gain"]), fewest), most)
    counts = now - gained, gained, before - now + gained, 100 - before - gained
    return dict(zip(KINDS, counts, strict=True))


def _wanted(row: Row) -> str:
    """Return how many of a hundred get the answer they want."""
    told = say("{number} of 100", number=_of_hundred(row["wanted"]))
    if math.isnan(row["wanted_low"]):
        return _of_one_seed(told)
    low, high = (_end(row[f"wanted_{side}"]) for side in ("low", "high"))
    return _with_interval(told, low, high)


def _changed(row: Row) -> str:
    """Return how many more or fewer that are, and whether chance could explain it."""
    if not row["gain"] and not row["lose"]:
        return say("nobody gains or loses it")
    size = _of_hundred(abs(row["net"]))
    told = _way(row["net"] if round(100 * row["net"], 1) else 0.0, size)
    low, high = row["net_low"], row["net_high"]
    if math.isnan(low):
        return _of_one_seed(told)
    if low <= 0 <= high:
        ends = (_way(end, _end(abs(end))) for end in (low, high))
        return say(
            "{change}, within chance ({low} to {high})",
            change=told,
            low=next(ends),
            high=next(ends),
        )
    one, other = sorted((abs(low), abs(high)))
    return _with_interval(told, _end(one), _end(other))


def _of_one_seed(told: str) -> str:
    return say("{told} (one seed so far)", told=told)


def _with_interval(told: str, low: str, high: str) -> str:
    return say("{told} (95\u00a0%: {low} to {high})", told=told, low=low, high=high)


def _of_hundred(share: float) -> str:
    return localise(f"{100 * share:.1f}")


def _end(share: float) -> str:
    return interval_end(100 * share, 1, lambda value, digits: localise(f"{value:.{digits}f}"))


def _way(share: float, size: str) -> str:
    """Return how many more or fewer a share is, of a size in words."""
    if not share:
        return say("as many")
    return say("{size} more", size=size) if share > 0 else say("{size} fewer", size=size)
