"""Sizes: how much each part of the benchmark computes; smaller ones only show that it runs."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """How much is computed; the default is what figures are to be quoted from."""

    repeats: int = 3  # of what is timed, whose median counts
    rows: int = 32_561  # people in training: all of Adult's training file
    population: tuple[tuple[int, int], ...] = ((0, 256), (16, 128), (64, 32))  # (width, models)
    sgemm: int = 2_048  # rows and columns of the matrices
    opacus_steps: int = 50  # of the 200
    gaps: tuple[float | None, ...] = (
        *(0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15),
        None,
    )
    eg_bounds: tuple[float, ...] = (0.0025, 0.01, 0.02, 0.04, 0.06, 0.09)
    to_tolerances: tuple[float, ...] = (0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2)
    evaluated: int = 64  # models
    evaluation_models: int = 5_000  # rows on which they are measured
    requests: int = 200  # to the accountant
    grown_models: tuple[int, ...] = (20, 200, 2_000)
    grown_rows: tuple[int, ...] = (300, 3_000, 32_561)
    epsilons: tuple[float | None, ...] = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, None)
    bounds: tuple[float | None, ...] = (0.02, 0.05, 0.1, 0.2, None)
    widths: tuple[int, ...] = (0, 8, 16)
    seeds: int = 3


FULL = Sizes()
QUICK = Sizes(
    repeats=1,
    rows=2_000,
    population=((0, 4), (16, 2)),
    sgemm=64,
    opacus_steps=2,
    gaps=(0.0, 0.1, None),
    eg_bounds=(0.01, 0.1),
    to_tolerances=(0.0, 0.1),
    evaluated=4,
    evaluation_models=500,
    requests=5,
    grown_models=(4, 8),
    grown_rows=(300, 600),
    epsilons=(1.0, None),
    bounds=(0.1, None),
    widths=(0, 8),
    seeds=1,
)
