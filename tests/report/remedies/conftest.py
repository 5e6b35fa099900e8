"""What tests of the page Remedies share: gains of communities from models that are made up."""

import numpy as np

from tests.engine.conftest import random_table
from tradeoffs.fronts.gains import Trainings, gain
from tradeoffs.measurement import Measurement
from tradeoffs.report.remedies.community_gain import CommunityGain, mean_of
from tradeoffs.report.remedies.constant import constant_level

PEOPLE = random_table(400)


def trainings(chance: float, log_loss: float, draw: np.random.Generator) -> Trainings:
    found = {}
    for seed in range(8):
        right = draw.random(PEOPLE.rows) < chance
        found[seed] = Measurement.of(
            training={},
            select={},
            report={"accuracy": right.mean(), "log_loss": log_loss + 0.001 * seed * chance},
            decisions=np.packbits(right == PEOPLE.label).tobytes(),
        )
    return found


def community(name: str, alone: float, other: float, measure: str = "accuracy") -> CommunityGain:
    draw = np.random.default_rng([1, *name.encode()])  # the same whoever asked before
    before, after = (trainings(p, 0.6 - p / 5, draw) for p in (alone, other))
    return CommunityGain(
        name=name,
        rows=100,
        alone=mean_of(before, measure),
        other=mean_of(after, measure),
        constant=constant_level(PEOPLE, measure),
        gain=gain(before, after, PEOPLE, name),
        measure=measure,
    )
