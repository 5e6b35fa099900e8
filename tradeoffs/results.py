"""Results: what was measured, one row a model and split, under fixed column names."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tradeoffs.measurement import SPLITS, Measurement
from tradeoffs.scenario import LISTS, Scenario, as_text

if TYPE_CHECKING:
    import pandas as pd

CONFIGURATION = tuple(name for name in Scenario.model_fields if name != "seed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """A trained model, kept so that another deployment needs no training."""

    vector: bytes  # float32 parameters
    bound: Mapping[str, float | str]  # what training told of the bound on the gap, if it had one

    def to_bytes(self) -> bytes:
        """Return a compact form that `from_bytes` reads back: vector, JSON, length of the JSON."""
        told = json.dumps(dict(self.bound), separators=(",", ":")).encode()
        return self.vector + told + len(told).to_bytes(4, "little")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Weights":
        """Read weights; raise ValueError if the bytes are not some."""
        length = int.from_bytes(data[-4:], "little")
        if len(data) < 4 + length:
            raise ValueError("not the weights of a model: cut short")
        vector, bound = data[: len(data) - 4 - length], data[len(data) - 4 - length : -4]
        told = read_object(bound)
        if len(vector) % 4 or not numbers_or_words(told):
            raise ValueError("not the weights of a model: other values")
        return cls(vector=vector, bound=told)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One scenario's outcome: what was measured, and the weights for another deployment."""

    scenario: Scenario
    measurement: Measurement
    weights: bytes  # of Weights


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """A scenario and its measurement."""

    scenario: Scenario
    measurement: Measurement

    def rows(
        self, more: Mapping[str, Mapping[str, Any]], only: frozenset[str] | None = None
    ) -> list[dict[str, Any]]:
        """Return one row a split.

        Args:
            more: by split, columns beside or instead of those measured.
            only: columns to keep; None keeps all.
        """
        fields = {**configuration(self.scenario), "seed": self.scenario.seed}
        fields |= self.measurement.training
        rows: list[dict[str, Any]] = []
        for split in SPLITS:
            measured = {**dict(self.measurement.figures(split).items()), **more[split]}
            row = fields | {"split": split} | measured
            own = f"[{self.scenario.protected}]"  # without brackets: for the scenario's own
            row |= {
                name.removesuffix(own): value
                for name, value in measured.items()
                if name.endswith(own) and not name.startswith("attribution[")
            }
            rows.append(row if only is None else {k: v for k, v in row.items() if k in only})
        return rows


def configuration(scenario: Scenario) -> dict[str, Any]:
    """Return what tells configurations apart, as it stands in a table: CONFIGURATION -> value."""
    fields = scenario.model_dump(include=set(CONFIGURATION))
    fields |= {name: as_text(fields[name]) for name in LISTS}
    fields["epsilon"] = math.inf if scenario.epsilon is None else scenario.epsilon
    return fields


TOLERANCE = 0.02  # by which a gap in training may miss its bound and is still said to reach it
BOUND = ("bound_binding", "bound_reached", "bound_unheld", "tracked_gap")  # of constrained models

FIRST_COLUMNS = (
    *Scenario.model_fields,
    "split",
    "weighted_by",
    "accuracy",
    "auc",
    "log_loss",
    "calibration_error",
    "selection_rate",
    "true_positive_rate",
    "gap",
    "groups_compared",
    "groups_left_out",
    "gap_not_measurable",
    "demographic_parity_difference",
    "equal_opportunity_difference",
    "equalized_odds_difference",
    "recourse_gap",
    "recourse_steps_gap",
    "fidelity",
    "fidelity_agreement",
    "fidelity_baseline",
    "effective_features",
    "faithfulness",
    "recourse_reachable",
    "recourse_steps",
    "sigma",
    "sigma_counts",
    "sample_rate",
    "steps",
    "delta",
    "accountant",
    "unit",
    "learning_rate",
    "clip_norm",
    "ridge",
    "epsilon_spent",
    *BOUND,
    "parameters",
    "seconds",
)


def tidy(rows: Sequence[Mapping[str, Any]], only: frozenset[str] | None = None) -> "pd.DataFrame":
    """Return the tidy table of the rows of results.

    Every column of FIRST_COLUMNS is there (or those of `only`); a quantity that was not
    measurable is missing (NaN).
    """
    import pandas as pd

    names = dict.fromkeys(name for row in rows for name in row)
    first = [name for name in FIRST_COLUMNS if only is None or name in only]
    columns = [*first, *(name for name in names if name not in first)]
    found = pd.DataFrame(rows, columns=columns)
    texts = [name for name, dtype in found.dtypes.items() if isinstance(dtype, pd.StringDtype)]
    # Arrow's texts take a third of a redraw; the copy puts columns of one type together again.
    return found.astype(dict.fromkeys(texts, object)).copy()


def read_object(text: bytes) -> dict[str, Any]:
    """Read a JSON object; raise ValueError if the text is none."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError(f"an object is expected, not {type(found).__name__}")
    return found


def numbers_or_words(values: object) -> bool:
    """Say whether something is an object whose values are numbers or texts."""
    return isinstance(values, dict) and all(
        type(value) in (int, float, str) for value in values.values()
    )
