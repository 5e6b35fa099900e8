"""One decision: what composite persons are told of their own, as the promise of privacy grows.

For each budget several models are trained that differ by their draws alone.  Told are the answer,
the features that count, the smallest change that would turn a refusal, and how much of that is
what another training, without privacy, would have told: without privacy too, draws differ.

Source: Saifullah et al. 2024, Frontiers in AI 7:1236947 (explanations under differential privacy);
Ustun, Spangher, Liu 2019, arXiv 1809.06514 (recourse).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from tradeoffs.data.cases import Case, load_cases, person
from tradeoffs.engine.evaluation import EvaluationSet
from tradeoffs.engine.population import logits
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import replicate
from tradeoffs.experiments.explain import background_set, explain_person, smallest_changes, weights
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import wilson
from tradeoffs.values.explanations.counterfactual import candidate_changes
from tradeoffs.values.explanations.explanation import Explanation

BUDGETS = (0.1, 0.3, 1.0, 3.0, 8.0, None)
SEEDS = 16
REASONS = 3  # features that a person is told of
DETAILS = 8  # features that are told with their numbers
EVERYBODY = "all"  # mean over the composite persons
RANKED, TOLD = slice(0, None, 2), slice(1, None, 2)  # runs that rank features, that tell them
SET, FREE = "set", "free"  # models of a budget, and those without privacy beside them
Vectors = Mapping[int, torch.Tensor]  # seed -> parameters


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return what each composite person is told at each budget.

    One record a measure, with `case`; `shown_epsilon`, a budget (None: no privacy); `model`, SET
    or, for comparison beside a budget, FREE; `value`, `low`, `high` (95 %, of the mean over
    training runs; within 0 and 1 for shares), and `least`, `most` of the runs:
    `chance`, the probability of a positive answer; `same_answer`, 1 for a run that answers like
    another one without privacy; `same_reasons`, the share of its three strongest features that are
    that other one's; `advice`, for refusals, the share of pairs of refusing runs in which the
    change that the first names turns the second's answer, interval by jackknife (None: no run
    names one, or fewer than two refuse); `attribution`, what each of the strongest features adds
    to the log-odds, with its `words` and `rank` from 1: ranked by half of the runs and told from
    the others, since the same runs would overstate what is chosen for being large.

    Without an interval, and for SET alone: `for` and `against`, how many of the strongest features
    are told that speak for a positive answer or against it, in `words`; `change`, the steps of the
    smallest change that turns the mean's refusal, in `words`; `agreed`, of how many of the
    `features` all runs agree whether they speak for or against.

    Args:
        scenario: the setting; its budget is replaced.

    Raises:
        InvalidInput: the table has no composite persons.
        NotMeasurable: a training diverged.
    """
    cases = load_cases(scenario.dataset).cases
    if not cases:
        raise InvalidInput("table_without_cases", dataset=scenario.dataset)
    with one_core(), torch.no_grad():
        trained = _trained(scenario)
        at = background_set(scenario)
        told = {
            (case.name, epsilon): _person(scenario.but(epsilon=epsilon), case, vectors, at)
            for case in cases
            for epsilon, vectors in trained.items()
        }
    names = [case.name for case in cases]
    measured = {at: _measures(one, told[at[0], None]) for at, one in told.items()}
    for epsilon in BUDGETS:
        measured[EVERYBODY, epsilon] = _together([measured[name, epsilon] for name in names])
    records: list[dict[str, Any]] = []
    for epsilon in BUDGETS:
        models = {SET: epsilon} | ({FREE: None} if epsilon is not None else {})
        for model, own in models.items():
            for name in (*names, EVERYBODY):
                named = {"case": name, "shown_epsilon": epsilon, "model": model}
                records += _records(named, measured[name, own])
        for name in names:
            parts = {model: told[name, own][0] for model, own in models.items()}
            named = {"case": name, "shown_epsilon": epsilon}
            records += [named | part for part in (*_in_words(parts[SET]), *_features(parts))]
    return records


PersonRecords = tuple[Explanation, np.ndarray | None]  # and pseudo-values of how often advice holds
Measures = dict[str, np.ndarray | None]


def _trained(scenario: Scenario) -> dict[float | None, Vectors]:
    """Return the models of every budget, trained together."""
    settings = {e: replicate([scenario.but(epsilon=e)], SEEDS) for e in BUDGETS}
    grid = [[resolve(one) for one in row] for row in zip(*settings.values(), strict=True)]
    known = {key: model.to_bytes() for key, model in fit(grid).items()}
    return {epsilon: weights(those, known) for epsilon, those in settings.items()}


def _person(scenario: Scenario, case: Case, vectors: Vectors, at: EvaluationSet) -> PersonRecords:
    bins = person(scenario.dataset, case.values)
    found = explain_person(scenario, vectors, bins, at)
    codes = torch.tensor([bins[name] for name in found.features])
    every, steps = candidate_changes(codes + torch.from_numpy(at.table.offsets).long(), at.choices)
    bias = torch.full((len(every), 1), at.table.columns, dtype=torch.int64)
    models = list(vectors.values())
    logit = logits(models, [scenario.width] * len(models), torch.cat([every, bias], 1).int())
    return found, advice(logit.double(), steps)


def advice(logit: torch.Tensor, steps: torch.Tensor) -> np.ndarray | None:
    """Return how often what one refusing model advises turns another one that refuses.

    Args:
        logit: (models, changes), of no change first.
        steps: (changes,).

    Returns:
        Pseudo-values of the jackknife (models,), whose mean is the share of pairs and whose spread
        its error; None with fewer than two refusing models or no advice.
    """
    models = len(logit)
    holds = np.full((models, models), np.nan)
    refusing = np.flatnonzero(logit[:, 0].numpy() <= 0)
    for one in refusing:
        place = smallest_changes(logit[one : one + 1], steps)
        others = refusing[refusing != one]
        if place is not None:
            holds[one, others] = logit[others, place].numpy() > 0
    if np.isnan(holds).all():
        return None
    share = float(np.nanmean(holds))
    left = np.full(models, share)
    for out in refusing:
        rest = np.delete(np.delete(holds, out, axis=0), out, axis=1)
        if not np.isnan(rest).all():
            left[out] = np.nanmean(rest)
    pseudo = models * share - (models - 1) * left
    return pseudo - pseudo.mean() + share


def _measures(told: PersonRecords, twin: PersonRecords) -> Measures:
    (here, holds), (there, _) = told, twin
    other = np.roll(there.logit, 1)  # the next seed's: its own would share the batches
    # Among themselves every other pair: in all of them each training would stand twice.
    pairs = slice(None, None, 2 if here is there else 1)
    reasons = _common(here.attribution, np.roll(there.attribution, 1, axis=0))
    return {
        "chance": here.probability,
        "same_answer": ((here.logit > 0) == (other > 0)).astype(float)[pairs],
        "same_reasons": reasons[pairs],
        "advice": holds,
    }


def _together(own: Sequence[Measures]) -> Measures:
    """Return the mean of each share over persons, training by training."""
    found: Measures = {}
    for name in ("same_answer", "same_reasons", "advice"):
        known = [values for one in own if (values := one[name]) is not None]
        found[name] = np.mean(known, axis=0) if known else None
    return found


def _common(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return (models,): the share of the strongest features that two explanations have in common.

    >>> _common(np.array([[3.0, -2, 1, 0]]), np.array([[0.0, 2, 1, 3]])).round(2).tolist()
    [0.67]
    """
    pairs = zip(_strongest(one), _strongest(other), strict=True)
    return np.array([len(set(a) & set(b)) / REASONS for a, b in pairs])


def _strongest(values: np.ndarray) -> Sequence[Sequence[int]]:
    return np.argsort(-np.abs(values), axis=1, kind="stable")[:, :REASONS].tolist()


def _records(named: Mapping[str, Any], measures: Measures) -> list[dict[str, Any]]:
    records = []
    for measure, values in measures.items():
        spread = _spread(values)
        if measure == "same_answer" and values is not None and named["case"] != EVERYBODY:
            # Of one person each training says yes or no; if all agree, some doubt stays.
            spread["low"], spread["high"] = wilson(int(values.sum()), len(values))
        for end in ("low", "high", "least", "most"):
            known = spread[end]
            spread[end] = None if known is None else min(max(known, 0.0), 1.0)
        records.append({**named, "measure": measure, **spread})
    return records


def _features(models: Mapping[str, Explanation]) -> list[dict[str, Any]]:
    """Return what the strongest features of the first models add, in each kind of model."""
    found = []
    for rank, place in enumerate(_order(models[SET].attribution[RANKED])[:DETAILS], 1):
        for model, one in models.items():
            named = {"measure": "attribution", "model": model, "rank": rank}
            words = {"words": _feature(one, place)}
            found.append(named | words | _spread(one.attribution[TOLD, place]))
    return found


def _in_words(one: Explanation) -> list[dict[str, Any]]:
    """Return the reasons, the advice, and how far the runs agree."""
    mean = one.attribution.mean(0)
    found = []
    for measure, sign in (("for", 1), ("against", -1)):
        places = [place for place in _order(one.attribution) if sign * mean[place] > 0][:REASONS]
        words = "; ".join(_feature(one, place) for place in places)
        if places:
            found.append({"measure": measure, "value": len(places), "words": words})
    agreed = np.abs(np.sign(one.attribution).sum(0)) == len(one.attribution)
    found.append({"measure": "agreed", "value": int(agreed.sum()), "features": len(agreed)})
    change = one.change
    if change is not None and not one.answer:
        titles = dict(zip(one.features, one.titles, strict=True))
        words = " and ".join(f"{titles[name]}: “{new}”" for name, new in change.to.items())
        found.append({"measure": "change", "value": change.steps, "words": words})
    return [{"model": SET} | row for row in found]


def _order(attribution: np.ndarray) -> list[int]:
    """Return the features by how much they add on average over runs, the most first."""
    return np.argsort(-np.abs(attribution.mean(0)), kind="stable").tolist()


def _feature(one: Explanation, place: int) -> str:
    return f"{one.titles[place]} ({one.bins[place]})"


def _spread(values: np.ndarray | None) -> dict[str, float | None]:
    if values is None:
        return dict.fromkeys(("value", "low", "high", "least", "most"))
    found = estimate(values)
    low, high = found.interval or (None, None)
    ends = {"least": float(values.min()), "most": float(values.max())}
    return {"value": found.mean, "low": low, "high": high, **ends}
