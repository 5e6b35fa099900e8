"""Looking: what all models of a screen or a sweep lose together, for the people in training."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tradeoffs.experiments.participants import partnership
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.composition import Release, joint, tightest
from tradeoffs.values.privacy.history import History
from tradeoffs.values.privacy.private_selection import best_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Composition:
    """Different models that are seen, counted and as the accountants need them; hashable.

    Attributes:
        promised: models with noise, which declare an epsilon.
        unpromised: models without; they promise nothing.
        seeds: numbers of seeds among all of them.
        delta: of every statement, the least of the models'; None if none promises anything.
        own: epsilon that the setting itself declares; None if it promises nothing.
        accountant: that computed it, or none.
        together: history of all models with a promise; empty if there is none.
        settings: with a promise that is no weaker than the setting's own, itself among them.
        candidates: the different histories of these settings.
    """

    promised: int
    unpromised: int
    seeds: int
    delta: float | None
    own: float | None
    accountant: str
    together: History
    settings: int
    candidates: tuple[History, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ComposedLoss:
    """What the accountants answer.

    Attributes:
        together: joint epsilon of the models with a promise; None if there is none.
        accountant: that computed it.
        best: epsilon of showing only the best of `settings` tries on average, by Rényi
            divergences; None if the setting promises nothing.
    """

    together: float | None
    accountant: str
    best: float | None


def composition(scenarios: Iterable[Scenario], here: Scenario | None = None) -> Composition:
    """Return what is seen in some scenarios; a model that appears at two deployments counts once.

    Among communities a person is in one only: what is told is for the people of the one that loses
    most, by models that it trains alone and by all that it trains with others.

    Models of one seed throw the same coins for the same people, by (seed, row id), whatever
    their number of rows, hidden columns, label or width; other seeds throw others.

    Args:
        scenarios: whose models are seen.
        here: the setting that could be chosen; None asks for no price of choosing.

    Raises:
        InvalidInput: a scenario that cannot be resolved.
    """
    models = {plan.model_key: plan for plan in map(resolve, scenarios)}.values()
    private = [plan for plan in models if plan.budget is not None]
    own = resolve(here).budget if here else None
    deltas = [plan.budget.delta for plan in private if plan.budget] + ([own.delta] if own else [])
    tried: dict[str, History] = {}
    if here and own:
        alike = [p for p in private if p.scenario.seed == here.seed]
        tried = {
            p.model_key: p.budget.history
            for p in (resolve(here), *alike)
            if p.budget and p.budget.epsilon <= own.epsilon
        }
    return Composition(
        promised=len(private),
        unpromised=len(models) - len(private),
        seeds=len({plan.scenario.seed for plan in models}),
        delta=min(deltas, default=None),
        own=own.epsilon_spent if own else None,
        accountant=own.accountant if own else "none",
        together=_together(private),
        settings=len(tried),
        candidates=tuple(dict.fromkeys(tried.values())),
    )


def compose(seen: Composition) -> ComposedLoss:
    """Return what looking costs; takes a fraction of a second and imports Opacus."""
    together, accountant, best = None, "none", None
    if seen.promised and seen.delta:
        together, accountant = tightest(seen.together, seen.delta)
    if seen.candidates and seen.delta:
        best = best_of(seen.candidates, seen.settings, seen.delta)
    return ComposedLoss(together=together, accountant=accountant, best=best)


def _together(private: Sequence[Plan]) -> History:
    """Return the history of the people who lose most by all models with a promise."""
    trainings = {plan.training_key: plan for plan in private}.values()
    everywhere = joint(release for plan in trainings for release in _releases(plan))
    homes = {plan.home for plan in trainings if not _with_others(plan)}
    if len(homes) < 2 or any(spend.sample_rate < 1 for spend in everywhere):
        return everywhere  # at most that; sampled histories have no order
    each = [
        joint(
            release
            for plan in trainings
            if _with_others(plan) or plan.home == home
            for release in _releases(plan)
        )
        for home in homes
    ]
    return max(each, key=lambda history: sum(one.steps / one.sigma**2 for one in history))


def _with_others(plan: Plan) -> bool:
    """Return whether a model learns from the people of all who take part."""
    return plan.remedy is not None and not plan.remedy.independent


def _releases(plan: Plan) -> list[Release]:
    """Return what a training releases of those of whom it releases most."""
    if plan.budget is None:
        return []
    history = plan.budget.history
    if plan.remedy is not None:
        accounts = [one for one in partnership(plan.scenario).accounts if one]
        history = max(accounts, key=lambda one: one.epsilon_spent).history
    return [((plan.dataset.name, plan.scenario.seed), spend) for spend in history]
