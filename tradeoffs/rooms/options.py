"""Options: what a room chooses from, as results of settings; never rows of a table."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.table_handle import is_own
from tradeoffs.errors import InvalidInput, require
from tradeoffs.experiments.designs import baseline
from tradeoffs.fields import FIELDS
from tradeoffs.fronts import OBJECTIVES, Objective
from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.translates import copy_entry, original
from tradeoffs.messages.message import Message
from tradeoffs.report.alternatives import Alternatives, scale_costs
from tradeoffs.report.documents.setting_summary import versions
from tradeoffs.report.question import question
from tradeoffs.report.remedies.selections import words_of_way
from tradeoffs.report.sentences.value_text import value_text
from tradeoffs.report.stakeholders import stakeholders
from tradeoffs.report.text import describe, setting_parts
from tradeoffs.report.titles import units
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario

COUNTED = tuple(FIELDS["counted"].default.split("+"))
DIGITS = 6  # significant ones that are kept
LEAST_SETTINGS = 2  # with one there is nothing to choose
MOST_BYTES = 400_000
KEPT = ("name", "title", "better", "unit", "scale", "ideal", "reference")  # of an objective


@dataclass(frozen=True, kw_only=True, eq=False)
class Options:
    """Settings of one front, measured in every objective with every seed on both halves.

    Attributes:
        link: query of the setting of the sliders; empty on a table that only its owner has.
        objectives: that count, as they are on this table.
        settings: `words`, `differs` (of the words what not all settings have), `link` (query) and
            `number` (in its job) of each.
        same: what all settings have, in words; may be empty.
        values: (2 halves, settings, seeds, objectives), in the units of the columns.
        intervals: (settings, objectives, 3), mean, low and high on report; NaN where exact.
        now: row of the baseline, the model without a constraint on the gap and without privacy.
        here: row of the setting of the sliders; None where it was not measured.
        seeds: of the training runs.
        left_out: settings of the front that are not measurable in some objective.
        people: `question`, `table`, `units`, `groups` with how many people each has on report, and
            `stakeholders`, a card each.
        versions: part -> version that the numbers were computed with.
    """

    link: str
    objectives: tuple[Objective, ...]
    settings: tuple[Mapping[str, Any], ...]
    same: str
    values: np.ndarray
    intervals: np.ndarray
    now: int
    here: int | None
    seeds: tuple[int, ...]
    left_out: int
    people: Mapping[str, Any]
    versions: Mapping[str, str]

    @cached_property
    def costs(self) -> np.ndarray:
        """(2 halves, settings, seeds, objectives): 0 is an objective's ideal, 1 its reference."""
        pairs = enumerate(self.objectives)
        return np.stack([scale_costs(one, self.values[..., k]) for k, one in pairs], axis=-1)

    @cached_property
    def mean_costs(self) -> np.ndarray:
        """(2 halves, settings, objectives), over seeds."""
        return self.costs.mean(axis=2)

    @cached_property
    def means(self) -> np.ndarray:
        """(2 halves, settings, objectives), over seeds, in the units of the columns."""
        return self.values.mean(axis=2)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the objectives."""
        return tuple(one.name for one in self.objectives)

    def to_json(self) -> dict[str, Any]:
        """Return a mapping that JSON can write and `from_json` reads."""
        return {
            "link": self.link,
            "objectives": [{k: original(one, k) for k in KEPT} for one in self.objectives],
            "settings": [dict(one) for one in self.settings],
            "same": self.same,
            "values": _plain(self.values),
            "intervals": _plain(self.intervals),
            "now": self.now,
            "here": self.here,
            "seeds": list(self.seeds),
            "left_out": self.left_out,
            "people": dict(self.people),
            "versions": dict(self.versions),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Options":
        """Read options; InvalidInput if the mapping does not hold any."""
        try:
            found = cls(
                link=str(told["link"]),
                objectives=tuple(
                    copy_entry(OBJECTIVES[one["name"]], **{k: one[k] for k in KEPT})
                    for one in told["objectives"]
                ),
                settings=tuple(
                    {name: str(one[name]) for name in ("words", "differs", "link")}
                    | {"number": int(one["number"])}
                    for one in told["settings"]
                ),
                same=str(told["same"]),
                values=_array(told["values"]),
                intervals=_array(told["intervals"]),
                now=int(told["now"]),
                here=None if told["here"] is None else int(told["here"]),
                seeds=tuple(map(int, told["seeds"])),
                left_out=int(told["left_out"]),
                people=dict(told["people"]),
                versions={str(k): str(v) for k, v in told["versions"].items()},
            )
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise InvalidInput("room_options_unread", reason=str(fault)) from None
        found._check()
        return found

    def _check(self) -> None:
        """Raise InvalidInput unless arrays, rows and names fit each other."""
        count, objectives = len(self.settings), len(self.objectives)
        require(count >= LEAST_SETTINGS, "room_few_settings", settings=count, least=LEAST_SETTINGS)
        shape = (2, count, len(self.seeds), objectives)
        fits = self.values.shape == shape and self.intervals.shape == (count, objectives, 3)
        fits &= objectives > 0 and len(self.seeds) > 0 and not np.isnan(self.values).any()
        rows = [self.now] + ([] if self.here is None else [self.here])
        fits &= all(0 <= row < count for row in rows)
        shape = Message("room_options_arrays", shape=str(self.values.shape))
        require(fits, "room_options_unread", reason=shape)


def options_of(among: Alternatives, counted: Sequence[str] = COUNTED) -> Options:
    """Return what a room chooses from on a front.

    Settings that are not measured in all objectives, with all seeds that the baseline has, are
    left out: nobody can weigh what is not known.

    Args:
        among: the settings of the front.
        counted: names of the objectives that count.

    Raises:
        InvalidInput: the baseline has no results yet, fewer than two settings are left, or they
            are too many for a room.
    """
    keys = [configuration(one) for one in among.settings]
    untouched = configuration(baseline(among.here))
    require(untouched in keys, "room_without_baseline")
    seeds = among.present[keys.index(untouched)]
    places = among.places(counted)
    values = among.values[:, :, seeds][..., places]
    rows = np.flatnonzero(
        among.present[:, seeds].all(1) & ~np.isnan(values).any(axis=(0, 2, 3))
    ).tolist()
    require(keys.index(untouched) in rows, "room_without_baseline")
    own = is_own(among.here.dataset)
    same, differs = _told_once([parts_in_words(among.settings[row]) for row in rows])
    found = Options(
        link="" if own else _query(among.here),
        objectives=tuple(among.objectives[k] for k in places),
        settings=tuple(
            {
                "words": setting_in_words(among.settings[row]),
                "differs": alone,
                "link": "" if own else _query(among.settings[row].but(seed=among.here.seed)),
                "number": among.numbers[row],
            }
            for row, alone in zip(rows, differs, strict=True)
        ),
        same=same,
        values=_shortened(values[:, rows]),
        intervals=_shortened(among.intervals[rows][:, places]),
        now=rows.index(keys.index(untouched)),
        here=rows.index(among.now) if among.now in rows else None,
        seeds=tuple(seed for seed, there in zip(among.runs, seeds, strict=True) if there),
        left_out=len(among.settings) - len(rows),
        people=_people(among),
        versions=versions(),
    )
    found._check()
    size = len(json.dumps(found.to_json()))
    require(
        size <= MOST_BYTES, "room_options_large", settings=len(rows), size=size, most=MOST_BYTES
    )
    return found


def setting_in_words(setting: Scenario) -> str:
    """Return a setting in one line; of a community, the way in which it trains comes first.

    >>> setting_in_words(Scenario(rows=3000)).partition(",")[0]
    'ε = 1'
    """
    told = describe(setting)
    return f"{words_of_way(setting.remedy)}: {told}" if setting.home else told


def parts_in_words(setting: Scenario) -> list[str]:
    """Return the parts of a setting in words, the way in which a community trains first."""
    way = [words_of_way(setting.remedy)] if setting.home else []
    return [*way, *setting_parts(setting)]


def spans(options: Options) -> list[dict[str, str]]:
    """Return `name`, `title`, and the worst and the best of the front in words, `from` and `to`.

    They are means on report, the numbers that the front shows.
    """
    means, costs = options.means[REPORT], options.mean_costs[REPORT]
    return [
        {
            "name": one.name,
            "title": one.title,
            "from": value_text(one, means[costs[:, k].argmax(), k]),
            "to": value_text(one, means[costs[:, k].argmin(), k]),
        }
        for k, one in enumerate(options.objectives)
    ]


def limits(options: Options) -> list[dict[str, Any]]:
    """Return the spans with what a red line can be: `better`, `low`, `high`, `step` and `unit`.

    Shares are typed in per cent.
    """
    found = []
    for one, span in zip(options.objectives, spans(options), strict=True):
        ends = sorted((one.ideal, one.reference))
        low, high, step, unit = (*ends, ends[0], "")
        if one.is_share:
            low, high, step, unit = 0.0, 100.0, 0.1, "%"
        elif one.scale == "linear":
            step = (high - low) / 100
        found.append(
            {**span, "better": one.better, "low": low, "high": high, "step": step, "unit": unit}
        )
    return found


def _people(among: Alternatives) -> dict[str, Any]:
    """Return who is decided about on report."""
    here, own = among.here, is_own(among.here.dataset)
    counts = zip(among.groups, among.people.tolist(), strict=True)
    return {
        "question": question(here),
        "table": "" if own else dataset(here.dataset).title,
        "units": units(here.dataset),
        "groups": [{"name": name, "people": int(people)} for name, people in counts],
        "stakeholders": [one.to_json() for one in stakeholders(among)],
    }


def _told_once(settings: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """Return what all settings have, and of each what it has beside that, in words.

    A setting that has nothing beside it is told in full.

    >>> _told_once([["ε = 1", "no shift"], ["ε = 2", "no shift"]])
    ('no shift', ['ε = 1', 'ε = 2'])
    """
    first, *others = settings
    same = [part for part in first if all(part in one for one in others)]
    alone = [[part for part in one if part not in same] or one for one in settings]
    return ", ".join(same), [*map(", ".join, alone)]


def _query(setting: Scenario) -> str:
    return urlencode(setting.to_query())


def _shortened(values: np.ndarray) -> np.ndarray:
    """Return numbers with as many digits as JSON keeps, so that all compute with the same ones."""
    return _array(_plain(values))


def _plain(values: Any) -> Any:
    """Return an array as lists: JSON knows neither NaN, here null, nor infinity, here a text."""
    if isinstance(values, np.ndarray):
        return [_plain(one) for one in values]
    if math.isnan(values):
        return None
    return "inf" if math.isinf(values) else float(f"{values:.{DIGITS}g}")


def _array(lists: Any) -> np.ndarray:
    return np.array(lists, dtype=float)  # None becomes NaN, "inf" infinity
