"""Attack: who can be recognised as trained on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.api.display import Chart
from tradeoffs.attacks.leakage import MembershipInference
from tradeoffs.language.translation import translate
from tradeoffs.report.charts.light_theme import in_light
from tradeoffs.report.charts.roc_chart import roc_figure
from tradeoffs.report.leakage_report import ATTACKER, estimates_table, sentences
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Attack(Chart):
    """Membership inference on models of one scenario.

    Attributes:
        inference: every estimate, with 95 % intervals and the bound that epsilon sets.
    """

    inference: MembershipInference

    @property
    def alarms(self) -> bool:
        """Whether more is recognised than the declared epsilon allows: the engine is wrong then."""
        return bool(self.inference.alarms)

    def figure(self) -> go.Figure:
        """Return the ROC on log axes: both attacks, guessing, and the bound if one is declared."""
        return in_light(roc_figure(self.inference))

    def table(self) -> pd.DataFrame:
        """Return every estimate, a row each, as shares; what is not measurable is missing."""
        return estimates_table(self.inference)

    def text(self) -> str:
        """Return what was measured, most important first, and who the attacker is."""
        return "\n".join([*sentences(self.inference), translate(ATTACKER)])


def attack(scenario: Scenario | None = None, *, shadows: int = 64) -> Attack:
    """Attack models of a scenario, each trained on a random half of its people.

    The attacks are the likelihood ratio (LiRA) and a threshold of the loss; each model is attacked
    with all others as its shadows.  They are trained in this process, on one core.

    Args:
        scenario: to attack; None is the Explorer's first one.
        shadows: models to train, in [8, 512].

    Raises:
        InvalidInput: an unknown name, shadows out of bounds, or a stage that is not attacked.
        NotMeasurable: a model diverged.

    Source: Carlini et al. 2022, arXiv 2112.03570.

    >>> import tradeoffs as to
    >>> found = to.attack(to.Scenario(rows=300, epsilon=None), shadows=8)
    >>> found.alarms, found.inference.models, found.inference.attacked
    (False, 8, 300)
    """
    from tradeoffs.experiments.attack import membership_inference

    return Attack(inference=membership_inference(scenario or Scenario(), shadows))
