"""What a scenario's results are stored under stays as it is: stores from before are read."""

import pytest

from tradeoffs.experiments import plan
from tradeoffs.scenario import Scenario, digest

RACE = {"protected": "race"}
NAMES = [  # fields, and the name of what they say of weights and decisions (no recipe, no tables)
    ({}, "45e5275417b24e8b"),
    (RACE, "45e5275417b24e8b"),
    ({"notion": "minimax", "max_gap": 0.1}, "d3d01e7f9aaeb93a"),
    ({"notion": "quota", "max_gap": 0.1, **RACE}, "c8134f620dfe3978"),
    ({"clipping": "dpsgd_f", **RACE}, "e43c85a6f5c3b965"),
    ({"clipping": "global_adapt", **RACE}, "7b07c5ed177db902"),
    ({"clipping": "dpsgd_f", "epsilon": None, "strength": 0.5}, "c70c08821ffac5e3"),
    ({"stage": "reweighing", **RACE}, "9242820bc711b64a"),
    ({"stage": "reweighing", "strength": 0.5, "clipping": "dpsgd_f"}, "3d5728703d4ad525"),
    ({"stage": "correlation_remover", "epsilon": None}, "98b2b96a190455c2"),
    (
        {"stage": "correlation_remover", "epsilon": None, "strength": 0.0, **RACE},
        "fd14e05d06a4a836",
    ),
    ({"stage": "threshold_optimizer", "epsilon": None, "max_gap": 0.05}, "2d86ed47dd45128a"),
    (
        {"stage": "threshold_optimizer", "epsilon": None, "strength": 0.5, **RACE},
        "c70c08821ffac5e3",
    ),
    (
        {"stage": "group_thresholds", "max_gap": 0.05, "notion": "equal_opportunity"},
        "98dc13eb4d2e8d20",
    ),
    (
        {"stage": "group_thresholds", "max_gap": 0.05, "clipping": "global_adapt", **RACE},
        "f6a4d34b2ac38229",
    ),
    ({"training_shifts": "prior:0.5", "shift_intensity": 0.5, **RACE}, "8e5ef933eb6ca4c3"),
]


def named(fields):
    shared = plan._shared(Scenario.of(**fields))
    return digest([dict(shared.weights), *shared.decisions])


@pytest.mark.parametrize(("fields", "name"), NAMES, ids=lambda one: str(one)[:60])
def test_what_decides_on_a_result_is_named_as_before(fields, name):
    assert named(fields) == name
