"""Looking: what all models of a screen or a sweep lose together, for the people in training."""

from collections.abc import Iterable
from dataclasses import dataclass

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
        together=joint(release for plan in private for release in _releases(plan)),
        settings=len(tried),
        candidates=tuple(dict.fromkeys(tried.values())),
    )


def compose(seen: Composition) -> ComposedLoss:
    """Return what looking costs; takes a fraction of a second and imports Opacus."""
    together, accountant, best = None, "none", None
    if seen.together and seen.delta:
        together, accountant = tightest(seen.together, seen.delta)
    if seen.candidates and seen.delta:
        best = best_of(seen.candidates, seen.settings, seen.delta)
    return ComposedLoss(together=together, accountant=accountant, best=best)


def _releases(plan: Plan) -> list[Release]:
    coins = (plan.dataset.name, plan.scenario.seed)
    return [(coins, spend) for spend in plan.budget.history] if plan.budget else []
