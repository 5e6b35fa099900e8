"""Looking: what all models of a screen or a sweep lose together, for the people in training."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tradeoffs.data.communities.catalogue import by_answer
from tradeoffs.experiments.participants import partnership
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.provider_account import SEED, ProviderRelease, provider_release
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
        histories: different ones of people in training, by all models with a promise; empty if
            there is none.
        unprovided: of the promised, those made of a model whose own people are promised nothing.
        settings: with a promise that is no weaker than the setting's own, itself among them.
        candidates: the different histories of these settings.
    """

    promised: int
    unpromised: int
    seeds: int
    delta: float | None
    own: float | None
    accountant: str
    histories: tuple[History, ...]
    settings: int
    candidates: tuple[History, ...]
    unprovided: int = 0


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
    most, by models that it trains alone, by all that it trains with others, and by those that it
    provides to others with a promise.

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
    provided = [one for one in map(_provided, private) if one]
    budgets = [plan.budget for plan in private] + [own] + [one.account for one in provided]
    deltas = [one.delta for one in budgets if one]
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
        histories=_histories(private, provided),
        settings=len(tried),
        candidates=tuple(dict.fromkeys(tried.values())),
        unprovided=sum(one.account is None for one in provided),
    )


def compose(seen: Composition) -> ComposedLoss:
    """Return what looking costs; takes a fraction of a second and imports Opacus."""
    together, accountant, best = None, "none", None
    if seen.histories and seen.delta:
        together, accountant = max(tightest(one, seen.delta) for one in seen.histories)
    if seen.candidates and seen.delta:
        best = best_of(seen.candidates, seen.settings, seen.delta)
    return ComposedLoss(together=together, accountant=accountant, best=best)


def _provided(plan: Plan) -> ProviderRelease | None:
    """Return what a model tells of people who provide for it; None where nobody does."""
    return provider_release(plan.scenario, plan.home, plan.model_key)


def _histories(private: Sequence[Plan], provided: Sequence[ProviderRelease]) -> tuple[History, ...]:
    """Return the different histories of the people of each community."""
    trainings = {plan.training_key: plan for plan in private}.values()
    models = {one.name: one for one in provided if one.account}.values()
    if len({_cut(plan) for plan in trainings}) > 1:  # a person is in a community of each cut
        every = [release for plan in trainings for release in _worst(plan)]
        every += [release for one in models for release in _of_provider(private[0], one)]
        return (joint(every),)
    found: dict[str, list[Release]] = defaultdict(list)
    for plan in trainings:
        for name, history in _of_communities(plan).items():
            found[name] += _released(plan, history)
    for one in models:
        for name in one.communities:
            found[name] += _of_provider(private[0], one)
    return tuple(dict.fromkeys(map(joint, found.values())))


def _cut(plan: Plan) -> tuple[str, str]:
    """Return what decides who is in which community."""
    own = plan.scenario
    answered = bool(own.communities) and by_answer(own.dataset, own.communities)
    return own.communities, own.label if answered else ""


def _of_communities(plan: Plan) -> dict[str, History]:
    """Return what a training releases of the people of each community that it learns from."""
    if plan.budget is None:
        return {}
    if plan.remedy is None:
        return {plan.home: plan.budget.history}
    own = partnership(plan.scenario)
    each = zip(own.names, own.accounts, strict=True)
    return {name: account.history for name, account in each if account}


def _worst(plan: Plan) -> list[Release]:
    """Return what a training releases of those of whom it releases most."""
    each = _of_communities(plan).values()
    return _released(plan, max(each, key=_loss, default=()))


def _loss(history: History) -> float:
    return sum(one.sample_rate**2 * one.steps / one.sigma**2 for one in history)


def _released(plan: Plan, history: History) -> list[Release]:
    return [((plan.dataset.name, plan.scenario.seed), spend) for spend in history]


def _of_provider(plan: Plan, one: ProviderRelease) -> list[Release]:
    """Return what is released of a provider's people, by whatever seed of those it provides for."""
    history = one.account.history if one.account else ()
    return [((plan.dataset.name, SEED), spend) for spend in history]
