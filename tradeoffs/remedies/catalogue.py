"""The remedies on offer: stages, and ways of clipping."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
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
REMEDIES = Catalogue("remedy", (*STAGES.values(), *CLIPPINGS.values()))


def check(scenario: Scenario) -> None:
    """Raise InvalidInput, with what works instead, where a stage cannot do what is asked."""
    chosen = STAGES[scenario.stage]
    most = scenario.max_gap
    if scenario.mechanism not in chosen.mechanisms:
        able = tuple(s.name for s in STAGES.values() if scenario.mechanism in s.mechanisms)
        raise InvalidInput(
            "mechanism_not_with_stage",
            mechanism=scenario.mechanism,
            stage=chosen.name,
            reason=chosen.reason,
            mechanisms=tuple(chosen.mechanisms),
            stages=able,
        )
    if scenario.width and chosen.logistic_only:
        raise InvalidInput("width_not_with_stage", width=scenario.width, stage=chosen.name)
    if most is None:
        return
    if not chosen.notions:
        raise InvalidInput("stage_without_bound", max_gap=most, stage=chosen.name)
    if scenario.notion not in chosen.notions:
        raise InvalidInput(
            "notion_not_bounded_by_stage",
            notion=scenario.notion,
            stage=chosen.name,
            known=tuple(chosen.notions),
        )
    if scenario.notion in chosen.only_zero and most > 0:
        raise InvalidInput("gap_closed_not_relaxed", max_gap=most, stage=chosen.name)


def applied(scenario: Scenario) -> Stage | None:
    """Return the stage that changes data or decisions, or None where training does it all."""
    chosen = STAGES[scenario.stage]
    idle = chosen.when == "in" or (chosen.when == "after" and scenario.max_gap is None)
    return None if idle else chosen
