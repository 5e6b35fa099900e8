"""Measuring: a lesson's named quantities, read from the answer of a step at a setting."""

import math
import operator
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tradeoffs.lessons.derived_columns import parts, values
from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.reading import change, has_no_mean, over_trainings, select_rows
from tradeoffs.lessons.schema import CURRENT, SETTING, Answer, Measure, Where, absent
from tradeoffs.lessons.step_state import StepState, Value
from tradeoffs.results import configuration
from tradeoffs.stats.proportions import share_error

if TYPE_CHECKING:
    import pandas as pd

NEITHER = ""  # of several none is above the level
ALL = "report"  # the split on which everything is told


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reading:
    """One answer at a setting, and the measures that are read from it.

    Attributes:
        measures: of the lesson, by name.
        answer: how the table came about.
        table: the answer.
        state: of the step, whose values "=" stands for.
        fixed: columns that every measure is read at.
    """

    measures: Mapping[str, Measure]
    answer: Answer
    table: "pd.DataFrame"
    state: StepState
    fixed: tuple[tuple[str, Any], ...] = ()

    def at(self, name: str, value: Value) -> "Reading":
        """Return the same reading where a column has a value."""
        return replace(self, fixed=(*self.fixed, (name, value)))

    def effect(self, name: str) -> Effect | None:
        """Return a measure; None where it is not measurable."""
        one, found = self.measures[name], self.raw(name)
        if found is None:
            return None
        found = replace(found, range=True) if one.range else found
        found = found.less(one.minus) if one.minus else found
        return found.turned() if one.turned else found

    def raw(self, name: str) -> Effect | None:
        """Return a measure as it is read, before anything is taken from it; as `effect`."""
        one = self.measures[name]
        found = None if one.is_choice else getattr(self, f"_{one.kind}")(one)
        return found if found is not None and math.isfinite(found.value) else None

    def first(self, name: str) -> str | None:
        """Return which of several measures comes first, or a text that a study states.

        None where it is open: nothing lies clear of all others, or cannot be measured.
        """
        one = self.measures[name]
        if not one.is_choice:
            row = self.row(name)
            return None if row is None else row.get(one.of or "value")
        found = {other: self.effect(other) for other in one.among}
        if one.kind == "first_above":
            open_or_above = (k for k, v in found.items() if v is None or v.low > one.level)
            first = next(open_or_above, NEITHER)
            return first if first == NEITHER or found[first] else None
        known = {k: v if one.kind == "largest" else v.turned() for k, v in found.items() if v}
        if len(known) < len(found):
            return None
        best = max(known, key=lambda k: known[k].value)
        clear = all(known[best].low > v.high for k, v in known.items() if k != best)
        return best if clear else None

    def compared(self, name: str) -> list[Effect | None]:
        """Return the values that a measure compares; itself where it compares none."""
        one = self.measures[name]
        if isinstance(one.compares, dict):
            rows = self.rows(one.compares).to_dict("records")
            return [effect_in(row, one.of or "value") for row in rows]
        if one.kind == "change":
            return [self._level_at(one, where) for where in (one.at, one.against)]
        two = parts(one.of or "") if one.kind == "level" else None
        if two:
            each = (one.model_copy(update={"of": column, "people": 0}) for column in two[1:])
            return [self._level(each_one) for each_one in each]
        if not one.needs:
            return [self.effect(name)]
        return [value for other in one.needs for value in self.compared(other)]

    def row(self, name: str) -> Mapping[str, Any] | None:
        """Return the row of a study's answer that a measure states; None where there is none."""
        found = self.rows(self.measures[name].at)
        return None if found.empty else found.iloc[0].to_dict()

    def rows(self, where: Where, split: str | None = ALL) -> "pd.DataFrame":
        """Return the rows of the answer with these values."""
        return select_rows(self.table, self.values(where), split)

    def over_test_rows(self, where: Where) -> bool:
        """Say whether the intervals of these rows of a study cover that test rows are a sample."""
        rows = self.rows(where) if self.answer.study else self.table
        return "test_rows" not in rows or bool(rows["test_rows"].any())

    def trained(
        self, where: Where, free: Collection[str], split: str | None = ALL
    ) -> "pd.DataFrame":
        """Return the rows of trained models: what is neither stated nor free is as in the step.

        Args:
            where: columns with values.
            free: columns that tell the rows apart.
            split: of the test rows; None for all.
        """
        held = self.values({k: v for k, v in where.items() if not isinstance(v, list)})
        several = {k: absent(v) for k, v in where.items() if isinstance(v, list)}
        changed = {k for one in self.answer.named.values() for k in one if SETTING in free}
        held = {k: v for k, v in held.items() if k in where or k not in {*free, *changed}}
        return select_rows(self._identified(self.table), held | several, split)

    def values(self, where: Where) -> dict[str, Any]:
        """Return the values of columns that are meant, of trained models all that vary."""
        fixed = dict(self.fixed)
        if self.answer.study:
            meant = {k: self._meant(k, v) for k, v in where.items()}
            return meant | fixed
        stated = {k: self._meant(k, v) for k, v in where.items()} | fixed
        if SETTING in stated:
            stated = self._changes(stated.pop(SETTING)) | stated
        fields = configuration(self.state.but(stated).scenario)
        return {name: fields[name] for name in self.answer.varies}

    def _changes(self, setting: str) -> dict[str, Any]:
        """Return what the setting of an id changes."""
        return {k: self._meant(k, v) for k, v in self.answer.named[setting].items()}

    def _identified(self, rows: "pd.DataFrame") -> "pd.DataFrame":
        """Return rows of trained models with the ids of their settings, if these have some."""
        if not self.answer.named:
            return rows
        told = rows.assign(**{SETTING: ""})
        for name in self.answer.named:
            values = self.values({SETTING: name})
            fields = {k: v for k, v in values.items() if k not in self.answer.vary}
            told.loc[select_rows(rows, fields, None).index, SETTING] = name
        return told

    def _meant(self, name: str, value: Any) -> Any:
        return self.state[name] if value == CURRENT else absent(value)

    def _by_seed(self, column: str, where: Where) -> "pd.Series":
        """Return a column by seed at a setting."""
        rows = self.rows(where)
        return values(rows, self.state.fill(column)).groupby(rows["seed"]).first()

    def _level_at(self, one: Measure, where: Where) -> Effect | None:
        found = self._by_seed(one.of or "", where).to_numpy(float)
        if has_no_mean(found):
            return None
        mean = min(max(float(found.mean()), 0.0), 1.0)
        error = share_error(mean, one.people) if one.people else 0.0
        return over_trainings(found, error, test_rows=one.people > 0)

    def _level(self, one: Measure) -> Effect | None:
        return self._level_at(one, one.at)

    def _change(self, one: Measure) -> Effect | None:
        here, there = (self._by_seed(one.of or "", where) for where in (one.at, one.against))
        return change(here, there)

    def _stated(self, one: Measure) -> Effect | None:
        rows, column = self.rows(one.at), one.of or "value"
        return None if rows.empty else effect_in(rows.iloc[0].to_dict(), column)

    def _constant(self, one: Measure) -> Effect | None:
        value = one.value or 0.0
        return None if self.table.empty else Effect(value=value, low=value, high=value)

    def _count(self, one: Measure) -> Effect | None:
        rows = self.rows(one.at)
        if rows.empty:
            return None
        found = [effect_in(row, one.of or "value") for row in rows.to_dict("records")]
        signs = [effect.sign for effect in found if effect is not None]
        count = float(len(signs) if one.sign is None else signs.count(one.sign))
        return Effect(value=count, low=count, high=count)

    def _two(self, one: Measure) -> tuple[Effect, Effect] | None:
        a, b = self.effect(one.a or ""), self.effect(one.b or "")
        return None if a is None or b is None else (a, b)

    def _difference(self, one: Measure) -> Effect | None:
        """Return a - b of quantities whose errors are unrelated (MOVER, Zou and Donner 2008).

        Ends that hold for certain are taken from each other: of two ranges both may be extreme.
        """
        two = self._two(one)
        if two is None:
            return None
        a, b = two
        value = a.value - b.value
        add = operator.add if one.range else math.hypot
        low = value - add(a.value - a.low, b.high - b.value)
        high = value + add(a.high - a.value, b.value - b.low)
        rows = a.test_rows and b.test_rows
        return Effect(value=value, low=low, high=high, test_rows=rows)

    def _ratio(self, one: Measure) -> Effect | None:
        """Return a / b by the same method on logarithms; None unless both are above 0."""
        two = self._two(one)
        if two is None or min(two[0].value, two[1].value) <= 0:
            return None
        a, b = (
            [math.log(v) if v > 0 else -math.inf for v in (e.value, e.low, e.high)] for e in two
        )
        value = math.exp(a[0] - b[0])
        low = value * math.exp(-math.hypot(a[0] - a[1], b[2] - b[0]))
        high = value * math.exp(min(math.hypot(a[2] - a[0], b[0] - b[1]), 700.0))
        rows = two[0].test_rows and two[1].test_rows
        return Effect(value=value, low=low, high=high, test_rows=rows)


def effect_in(row: Mapping[str, Any], column: str) -> Effect | None:
    """Return what a row states in a column, with its ends.

    `low` and `high` are those of `value`, and `x_low` and `x_high` of another column x; one without
    is known for certain.  Where `test_rows` is False, the ends are over training runs alone.
    """
    value = _number(row, column)
    if not math.isfinite(value):
        return None
    names = ("low", "high") if column == "value" else (f"{column}_low", f"{column}_high")
    if not any(name in row for name in names):
        unknown = column == "value"
        low, high = (-math.inf, math.inf) if unknown else (value, value)
        return Effect(value=value, low=low, high=high)
    low, high = (_number(row, name) for name in names)
    return Effect(
        value=value,
        low=-math.inf if math.isnan(low) else low,
        high=math.inf if math.isnan(high) else high,
        test_rows=row.get("test_rows") not in (False, 0),
    )


def _number(row: Mapping[str, Any], name: str) -> float:
    found = row.get(name)
    return math.nan if found is None or isinstance(found, str) else float(found)
