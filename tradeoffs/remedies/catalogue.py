"""The stages on offer."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.errors import InvalidInput
from tradeoffs.remedies.correlation_remover import CORRELATION_REMOVER
from tradeoffs.remedies.group_thresholds import GROUP_THRESHOLDS
from tradeoffs.remedies.in_training import IN_TRAINING
from tradeoffs.remedies.reweighing import REWEIGHING
from tradeoffs.remedies.stage import Stage
from tradeoffs.remedies.threshold_optimizer import THRESHOLD_OPTIMIZER
from tradeoffs.scenario import Scenario

STAGES = Catalogue(
    "stage",
    (
        IN_TRAINING,
        REWEIGHING,
        CORRELATION_REMOVER,
        THRESHOLD_OPTIMIZER,
        GROUP_THRESHOLDS,
    ),
)


def check(scenario: Scenario) -> None:
    """Raise InvalidInput, with what works instead, where a stage cannot do what is asked."""
    chosen = STAGES[scenario.stage]
    name, most = f"stage={chosen.name}", scenario.max_gap
    if scenario.mechanism not in chosen.mechanisms:
        other = " or ".join(f"mechanism={one}" for one in chosen.mechanisms)
        able = ", ".join(s.name for s in STAGES.values() if scenario.mechanism in s.mechanisms)
        told = f"mechanism={scenario.mechanism} is not available with {name}: {chosen.reason}"
        raise InvalidInput(f"{told}; use {other}, or one of the stages {able}")
    if scenario.width and chosen.logistic_only:
        raise InvalidInput(
            f"width={scenario.width} must be 0 with {name}: what it takes out of the columns is "
            "part of the weights of a logistic regression only"
        )
    if most is None:
        return
    if not chosen.notions:
        told = "it has a strength and no bound"
        raise InvalidInput(f"max_gap={most:g} must be none with {name}: {told}")
    if scenario.notion not in chosen.notions:
        able = ", ".join(chosen.notions)
        raise InvalidInput(f"notion={scenario.notion!r} cannot be bounded by {name}; use: {able}")
    if scenario.notion in chosen.only_zero and most > 0:
        told = "this gap can be closed, not relaxed"
        raise InvalidInput(f"max_gap={most:g} must be 0 or none with {name}: {told}")


def applied(scenario: Scenario) -> Stage | None:
    """Return the stage that changes data or decisions, or None where training does it all."""
    chosen = STAGES[scenario.stage]
    idle = chosen.when == "in" or (chosen.when == "after" and scenario.max_gap is None)
    return None if idle else chosen
