"""The remedies on offer: among communities, stages of mitigation, and ways of clipping."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.data.catalogue import Dataset
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.errors import InvalidInput
from tradeoffs.messages.message import Message
from tradeoffs.remedies.adaptation.as_is import AS_IS
from tradeoffs.remedies.adaptation.distillation import DISTILLATION
from tradeoffs.remedies.adaptation.fine_tuning import FINE_TUNING
from tradeoffs.remedies.adaptation.last_layer import LAST_LAYER
from tradeoffs.remedies.adaptation.multi_task import MULTI_TASK
from tradeoffs.remedies.adaptation.own_threshold import OWN_THRESHOLD
from tradeoffs.remedies.adaptation.pate import PATE
from tradeoffs.remedies.adaptation.pruning import PRUNING
from tradeoffs.remedies.adaptation.pruning_retrained import PRUNING_RETRAINED
from tradeoffs.remedies.adaptation.quantization import QUANTIZATION
from tradeoffs.remedies.adaptation.recalibration import RECALIBRATION
from tradeoffs.remedies.adaptation.uncertainty_sampling import UNCERTAINTY_SAMPLING
from tradeoffs.remedies.collaboration.alone import ALONE
from tradeoffs.remedies.collaboration.clusters import CLUSTERS
from tradeoffs.remedies.collaboration.community_dp import COMMUNITY_DP
from tradeoffs.remedies.collaboration.fedavg import FEDAVG
from tradeoffs.remedies.collaboration.gossip import GOSSIP
from tradeoffs.remedies.collaboration.hidden_sum import HIDDEN_SUM
from tradeoffs.remedies.collaboration.mean_regularised import MEAN_REGULARISED
from tradeoffs.remedies.collaboration.near_home import NEAR_HOME
from tradeoffs.remedies.collaboration.one_round import ONE_ROUND
from tradeoffs.remedies.collaboration.partial_participation import PARTIAL_PARTICIPATION
from tradeoffs.remedies.collaboration.split import SPLIT
from tradeoffs.remedies.collaboration.split_labels_at_home import SPLIT_LABELS_AT_HOME
from tradeoffs.remedies.decisions.correlation_remover import CORRELATION_REMOVER
from tradeoffs.remedies.decisions.group_thresholds import GROUP_THRESHOLDS
from tradeoffs.remedies.decisions.in_training import IN_TRAINING
from tradeoffs.remedies.decisions.reweighing import REWEIGHING
from tradeoffs.remedies.decisions.threshold_optimizer import THRESHOLD_OPTIMIZER
from tradeoffs.remedies.sharing.counts import COUNTS
from tradeoffs.remedies.sharing.pooled_rows import POOLED
from tradeoffs.remedies.sharing.synthetic_tree import SYNTHETIC_TREE
from tradeoffs.remedies.stage import Stage
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import Notion

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
REMEDIES = Catalogue(  # of a scenario among communities
    "remedy",
    (
        ALONE,
        POOLED,
        COUNTS,
        SYNTHETIC_TREE,
        AS_IS,
        OWN_THRESHOLD,
        RECALIBRATION,
        LAST_LAYER,
        FINE_TUNING,
        MULTI_TASK,
        UNCERTAINTY_SAMPLING,
        DISTILLATION,
        PATE,
        PRUNING,
        PRUNING_RETRAINED,
        QUANTIZATION,
        ONE_ROUND,
        FEDAVG,
        PARTIAL_PARTICIPATION,
        HIDDEN_SUM,
        COMMUNITY_DP,
        MEAN_REGULARISED,
        NEAR_HOME,
        CLUSTERS,
        GOSSIP,
        SPLIT,
        SPLIT_LABELS_AT_HOME,
    ),
)
EVERY = Catalogue("remedy", (*REMEDIES.values(), *STAGES.values(), *CLIPPINGS.values()))


def check(scenario: Scenario, data: Dataset) -> None:
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
            ways=tuple(
                Message("field_value", field="epsilon", value=None)
                if one == "none"
                else Message("field_value", field="mechanism", value=one)
                for one in chosen.mechanisms
            ),
            stages=able,
        )
    if scenario.width and chosen.logistic_only:
        raise InvalidInput(
            "width_not_with_stage",
            width=scenario.width,
            stage=chosen.name,
            reason=chosen.logistic_only,
        )
    if most is not None:
        _check_bound(chosen, NOTIONS[scenario.notion], most)
    if chosen.check:
        chosen.check(scenario, data)


def _check_bound(chosen: Stage, notion: Notion, most: float) -> None:
    if chosen.bounds is None:
        raise InvalidInput("stage_without_bound", max_gap=most, stage=chosen.name)
    if not chosen.bounds(notion):
        raise InvalidInput(
            "notion_not_bounded_by_stage",
            notion=notion.name,
            stage=chosen.name,
            known=chosen.notions,
        )
    if chosen.only_zero(notion) and most > 0:
        raise InvalidInput("gap_closed_not_relaxed", max_gap=most, stage=chosen.name)


def active_stage(scenario: Scenario) -> tuple[Stage, ...]:
    """Return the stages that change something; none where training does it all."""
    chosen = STAGES[scenario.stage]
    return (chosen,) if chosen.acts_on(scenario) else ()
