"""A scenario: everything that changes a result, and nothing that does not."""

import hashlib
import itertools
import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, cast, get_args

from pydantic import ValidationError, field_validator, model_validator

from tradeoffs.catalogue import require_known
from tradeoffs.errors import InvalidInput
from tradeoffs.fields import (
    BASELINE,
    COMMUNITY_FIELDS,
    FIELDS,
    LARGEST_EPSILON,
    SMALLEST_EPSILON,
    SMALLEST_ROWS,
    STAGE_FIELDS,
    ScenarioFields,
    Shifts,
)
from tradeoffs.validation import invalid

MOST_SEEDS = 1000  # trainings of one setting
LARGEST_SWEEP = 1_000_000  # models in one sweep
NOTHING = frozenset({"none", "null", "inf", "infinity", "+inf"})
SHIFT_NAME = r"[a-z0-9_]{1,40}(\.[a-z0-9_]{1,60})?"  # a shift, and what it is towards
LISTS = tuple(name for name, one in FIELDS.items() if one.default == ())  # text in a table
DEPLOYMENT_FIELDS = {name for name, one in FIELDS.items() if one.deployment}


def _taking(kind: object) -> list[str]:
    """Return the fields whose values, or parts of them, can be of a type."""
    types = {name: info.annotation for name, info in ScenarioFields.model_fields.items()}
    return [name for name, one in types.items() if kind in (get_args(one) or (one,))]


class Scenario(ScenarioFields, frozen=True, extra="forbid", validate_default=True):
    """One model, how it is trained and where it is used; frozen and hashable.

    Checks types and bounds only: whether a dataset, notion or shift of that name exists is checked
    by `tradeoffs.experiments.plan`.  A field that cannot matter takes its neutral value, so that
    two scenarios that mean the same are equal: no epsilon without a mechanism, an infinite epsilon
    is no mechanism, no way of clipping without clipping, no strength where there is a bound, no
    remedy among communities where there are none.

    >>> import tradeoffs as to
    >>> to.Scenario(rows=1000, epsilon="none") == to.Scenario(rows=1000, mechanism="none")
    True
    >>> to.Scenario(epsilon=100)
    Traceback (most recent call last):
    tradeoffs.errors.InvalidInput: epsilon=100 must be a number in [0.05, 50], or none
    """

    if not TYPE_CHECKING:  # checkers read the arguments off the fields

        def __init__(self, **fields: Any) -> None:
            """Check the fields; raise InvalidInput with name, value and bound if one is wrong."""
            try:
                super().__init__(**fields)
            except ValidationError as error:
                raise invalid(error, type(self)) from None

    @field_validator(*_taking(type(None)), mode="before")
    @classmethod
    def _none_in_words(cls, value: object) -> object:
        if isinstance(value, str) and value.strip().lower() in NOTHING:
            return None
        if isinstance(value, float) and value == math.inf:
            return None
        return value

    @field_validator(*_taking(float))
    @classmethod
    def _one_zero(cls, value: float | None) -> float | None:
        # -0.0 equals 0.0 but is written otherwise, which would give equal scenarios other keys.
        return value if value is None else value + 0.0

    @field_validator("dataset", mode="wrap")
    @classmethod
    def _named(cls, value: object, check: Callable[[object], str]) -> str:
        # A name may take its table along: tradeoffs.data.table_handle.
        return value if isinstance(value, str) and check(value) else check(value)

    @field_validator("shift")
    @classmethod
    def _name_alone(cls, value: str) -> str:
        name, colon, intensity = value.partition(":")
        if colon:
            raise InvalidInput("intensity_in_name", shift=name, shift_intensity=intensity)
        return value

    @field_validator("hide", "members", mode="before")
    @classmethod
    def _set_of_names(cls, value: object) -> object:
        if isinstance(value, str):
            value = tuple(part for part in value.split("+") if part)
        if isinstance(value, (list, tuple)):
            return tuple(sorted({str(part) for part in cast("Sequence[object]", value)}))
        return value

    @field_validator(*_taking(tuple[str, float]), mode="before")
    @classmethod
    def _stated_shifts(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part for part in value.split("+") if part]
            if wrong := [part for part in parts if part.count(":") != 1]:
                raise InvalidInput("not_a_pair", part=wrong[0])
            value = [_intensity(*part.split(":")) for part in parts]
        return value

    @field_validator("own_epsilon", mode="before")
    @classmethod
    def _stated_budgets(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [part.rpartition(":") for part in value.split("+") if part]
        if wrong := [pair[-1] for pair in pairs if not pair[0]]:
            raise InvalidInput("not_a_budget", part=wrong[0])
        return [(name, _budget(name, epsilon)) for name, _, epsilon in pairs]

    @field_validator("own_epsilon")
    @classmethod
    def _budgets_in_order(cls, value: Shifts) -> Shifts:
        names = [name for name, _ in value]
        if twice := [name for name in names if names.count(name) > 1]:
            raise InvalidInput("budget_twice", name=twice[0])
        return tuple(sorted((name, _budget(name, epsilon)) for name, epsilon in value))

    @field_validator(*LISTS, mode="before")  # the last one stated is asked first
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        none = value is None or (isinstance(value, str) and value.strip().lower() == "none")
        return () if none else value

    @field_validator(*_taking(tuple[str, float]))
    @classmethod
    def _one_order(cls, value: Shifts) -> Shifts:
        for name, intensity in value:
            if not re.fullmatch(SHIFT_NAME, name):
                raise InvalidInput("not_a_shift_name", name=name)
            if not 0 <= intensity <= 1:
                raise InvalidInput("intensity_out_of_range", value=intensity, name=name)
        if len({name for name, _ in value}) < len(value):
            raise InvalidInput("shift_twice")
        return tuple(sorted((name, t + 0.0) for name, t in value if t))

    @model_validator(mode="before")
    @classmethod
    def _one_meaning(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        fields: dict[str, Any] = dict(cast("Mapping[str, Any]", data))
        if fields.get("mechanism") == "none":
            fields["epsilon"] = None
        elif "epsilon" in fields and cls._none_in_words(fields["epsilon"]) is None:
            if fields.get("mechanism") == "clip_only":
                raise InvalidInput("clip_only_without_epsilon", mechanism="clip_only")
            fields["mechanism"] = "none"
        if fields.get("mechanism") == "none":
            fields["clipping"] = BASELINE["clipping"]  # nothing is clipped
        usual = fields.get("stage", BASELINE["stage"]) == BASELINE["stage"]
        if usual or cls._none_in_words(fields.get("max_gap")) is not None:
            fields |= {name: FIELDS[name].default for name in STAGE_FIELDS}
        if not fields.get("communities"):
            fields |= {name: FIELDS[name].default for name in COMMUNITY_FIELDS}
        return fields

    @model_validator(mode="after")
    def _rows_without_communities(self) -> Self:
        if self.rows < SMALLEST_ROWS and not self.communities:
            raise InvalidInput("too_few_rows", rows=self.rows, least=SMALLEST_ROWS)
        return self

    @classmethod
    def of(cls, **fields: Any) -> Self:
        """Build a scenario from values as they are read; raise InvalidInput as the class does."""
        return cls(**fields)

    def but(self, **changes: Any) -> Self:
        """Return this scenario with some fields changed, checked again."""
        fields = self.model_dump() | changes
        if "epsilon" in changes and "mechanism" not in changes:
            if self._none_in_words(changes["epsilon"]) is None:
                fields["mechanism"] = "none"  # from clip_only too
            elif self.mechanism == "none":
                fields["mechanism"] = "dp"
        return self.of(**fields)

    def model_part(self) -> dict[str, Any]:
        """Return the fields that decide the trained weights, without those that cannot matter.

        What only some stages and ways of clipping look at is for their entries to add.
        """
        fields = self.model_dump(exclude=DEPLOYMENT_FIELDS | STAGE_FIELDS)
        if self.max_gap is None:
            del fields["notion"]
            if not self.training_shifts:  # these may speak of groups
                del fields["protected"]
        return {
            name: value
            for name, value in fields.items()  # models without keep the names they had
            if not (FIELDS[name].optional and value == FIELDS[name].default)
        }

    @property
    def deployment_shifts(self) -> Shifts:
        """All shifts at deployment, the first one included."""
        first = ((self.shift, self.shift_intensity),) if self.shift_intensity else ()
        return first + self.other_shifts

    def configuration(self) -> Self:
        """Return this scenario with seed 0: what its replicates share."""
        return self.model_copy(update={"seed": 0})

    def to_json(self) -> str:
        """Return one line of JSON that `from_json` reads back to an equal scenario."""
        idle = () if self.communities else COMMUNITY_FIELDS  # results keep the names they had
        return self.model_dump_json(exclude=set(idle))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a scenario; raise InvalidInput if the text is not one."""
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidInput("scenario_not_json", reason=str(error)) from None
        if not isinstance(fields, dict):
            raise InvalidInput("scenario_not_object", kind=type(fields).__name__)
        return cls.of(**cast("dict[str, Any]", fields))

    def to_query(self) -> dict[str, str]:
        """Return the fields that differ from the defaults, as text for a URL."""
        defaults = type(self)()
        return {
            name: as_text(value)
            for name, value in self.model_dump().items()
            if value != getattr(defaults, name)
        }

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read a scenario from URL parameters; unknown names are refused."""
        return cls.of(**query)


def as_text(value: object) -> str:
    """Write a field so that it reads back: None is `none`, tuples are joined by +, pairs by :."""
    if value is None:
        return "none"
    if isinstance(value, tuple):
        return "+".join(
            ":".join(map(as_text, cast("tuple[object, ...]", part)))
            if isinstance(part, tuple)
            else str(part)
            for part in cast("tuple[object, ...]", value)
        )
    return repr(value) if isinstance(value, float) else str(value)


def _intensity(name: str, text: str) -> tuple[str, float]:
    try:
        return name, float(text)
    except ValueError:
        raise InvalidInput("intensity_not_a_number", value=text, name=name) from None


def _budget(name: str, value: str | float) -> float:
    """Return a community's epsilon; raise InvalidInput if it is none."""
    low, high = SMALLEST_EPSILON, LARGEST_EPSILON
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not low <= found <= high:
        raise InvalidInput("budget_out_of_range", name=name, value=value, low=low, high=high)
    return found


def digest(part: object) -> str:
    """Return a short stable name (16 hex digits) of anything JSON can write."""
    text = json.dumps(part, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sweep:
    """A base scenario, the fields that vary with their values, and the number of seeds.

    A seed here is that of one training, and they run upwards from the seed of the base; for random
    seed n of the explorer they are 8 n to 8 n + 7.  Settings that mean the same model appear once.

    >>> import tradeoffs as to
    >>> sweep = to.Sweep(base=to.Scenario(rows=300), axes={"epsilon": [1, None]}, seeds=2)
    >>> [(one.epsilon, one.seed) for one in sweep]
    [(1.0, 0), (1.0, 1), (None, 0), (None, 1)]
    """

    base: Scenario
    axes: Mapping[str, Collection[object]] = field(default_factory=dict[str, Collection[object]])
    seeds: int = 1

    def __post_init__(self) -> None:
        """Check the names of the axes and the size of the whole."""
        for name, values in self.axes.items():
            require_known("field", name, Scenario.model_fields)
            if isinstance(values, str) or not isinstance(cast("object", values), Collection):
                raise InvalidInput("axis_no_list", name=name, value=values)
        if "seed" in self.axes and self.seeds != 1:
            raise InvalidInput("seeds_beside_axis", seeds=self.seeds)
        empty = [name for name, values in self.axes.items() if len(values) == 0]
        if empty:
            raise InvalidInput("axis_empty", name=empty[0])
        if not 1 <= self.seeds <= MOST_SEEDS:
            raise InvalidInput(
                "out_of_range", field="seeds", value=self.seeds, low=1, high=MOST_SEEDS
            )
        size = math.prod(len(values) for values in self.axes.values()) * self.seeds
        if size > LARGEST_SWEEP:
            raise InvalidInput("sweep_too_large", size=size, most=LARGEST_SWEEP)

    def __iter__(self) -> Iterator[Scenario]:
        """Yield every scenario once, configuration by configuration."""
        seen: set[bytes] = set()  # short names: a million scenarios would take gigabytes
        for values in itertools.product(*self.axes.values()):
            first = self.base.but(**dict(zip(self.axes, values, strict=True)))
            name = hashlib.sha256(first.to_json().encode()).digest()
            if name not in seen:
                seen.add(name)
                for seed in range(self.seeds):
                    yield first.but(seed=first.seed + seed)
