"""Pareto fronts of retrained models: dominance, hypervolume, bands, knees and differences."""

from tradeoffs.fronts.bands import band
from tradeoffs.fronts.differences import Difference, difference
from tradeoffs.fronts.front import Front, front
from tradeoffs.fronts.hypervolume import hypervolume, seed_interval
from tradeoffs.fronts.knee import Knee, knee
from tradeoffs.fronts.objectives import (
    ACCURACY,
    AXES,
    COST,
    EXPLAINABILITY,
    FAIRNESS,
    MONEY,
    OBJECTIVES,
    PRIVACY,
    Objective,
)
from tradeoffs.fronts.remarks import Remark, remark_column, remarks

__all__ = [
    "ACCURACY",
    "AXES",
    "COST",
    "EXPLAINABILITY",
    "FAIRNESS",
    "MONEY",
    "OBJECTIVES",
    "PRIVACY",
    "Difference",
    "Front",
    "Knee",
    "Objective",
    "Remark",
    "band",
    "difference",
    "front",
    "hypervolume",
    "knee",
    "remark_column",
    "remarks",
    "seed_interval",
]
