"""Explain: one person's decision by the models of a setting.  Runs in a worker.

The person is a composite or was typed in, never a row of a table.  Explanations are
post-processing of trained weights: around the mean of test rows they cost no privacy.
"""

import math
from collections.abc import Mapping, Sequence

import torch

from tradeoffs.engine.evaluation import EvaluationSet, layers
from tradeoffs.engine.population import logits
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.designs import SEEDS, baseline, replicate
from tradeoffs.experiments.evaluate import evaluation_set
from tradeoffs.experiments.fit import Model, fit
from tradeoffs.experiments.plan import deployment, resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.attribution import attributions
from tradeoffs.values.explanations.counterfactual import candidate_changes
from tradeoffs.values.explanations.explanation import (
    Change,
    Explanation,
    ExplanationComparison,
    StabilitySummary,
)
from tradeoffs.values.explanations.stability import Stability, across, stability


def explain(
    scenario: Scenario,
    person: Mapping[str, int],
    known: Mapping[str, bytes] | None = None,
    seeds: int = SEEDS,
) -> ExplanationComparison:
    """Explain one person's decision at a setting and at its untouched twin.

    Args:
        scenario: the setting, with the number of its block of seeds.
        person: bin of every feature, from `tradeoffs.data.cases.person`.
        known: stored weights by model key; models that are not among them are trained.
        seeds: trainings of each setting.

    Raises:
        NotMeasurable: a training diverged.
    """
    with one_core(), torch.no_grad():
        at = background_set(scenario)
        here = weights(replicate([scenario], seeds), known or {})
        own = explain_person(scenario, here, person, at)
        if scenario == baseline(scenario):
            return ExplanationComparison(
                here=own, twin=None, stable=_stable(scenario, here, None, at)
            )
        twin = baseline(scenario)
        there = weights(replicate([twin], seeds), known or {})
        return ExplanationComparison(
            here=own,
            twin=explain_person(twin, there, person, at),
            stable=_stable(scenario, here, there, at),
        )


def weights(scenarios: Sequence[Scenario], known: Mapping[str, bytes]) -> dict[int, torch.Tensor]:
    """Return one setting's parameter vectors by seed, known or trained.

    Raises:
        NotMeasurable: a training diverged.
    """
    plans = [resolve(scenario) for scenario in scenarios]
    left = [[plan] for plan in plans if plan.model_key not in known]
    trained = fit(left) if left else {}
    found = {}
    for plan in plans:
        key = plan.model_key
        model = Model.from_bytes(known[key]) if key in known else trained[key]
        if not torch.isfinite(model.vector).all():
            raise NotMeasurable("training_diverged", seed=plan.scenario.seed)
        found[plan.scenario.seed] = model.vector
    return found


def background_set(scenario: Scenario) -> EvaluationSet:
    """Return the test rows that explanations of a setting are around."""
    own = (scenario.dataset, scenario.label, scenario.hide)
    return evaluation_set(*own, "report", *deployment(scenario))


def explain_person(
    scenario: Scenario,
    vectors: Mapping[int, torch.Tensor],
    person: Mapping[str, int],
    at: EvaluationSet,
) -> Explanation:
    """Explain one person's decision by a setting's models.

    Args:
        scenario: the setting.
        vectors: its parameters by seed, from `weights`.
        person: bin of every feature.
        at: from `background_set`.
    """
    features, width = at.table.features, scenario.width
    bins = [person[feature.name] for feature in features]
    codes = torch.tensor(bins) + torch.from_numpy(at.table.offsets).long()
    every, steps = candidate_changes(codes, at.choices)
    models = list(vectors.values())
    bias = torch.full((len(every), 1), at.table.columns, dtype=torch.int64)
    logit = logits(models, [width] * len(models), torch.cat([every, bias], 1).int()).double()
    sizes = [len(feature.labels) for feature in features]
    values = attributions(*layers(models, width), codes.unsqueeze(0), sizes, at.explained)
    values = values[:, 0].double()
    place = smallest_changes(logit, steps)
    change = None
    if place is not None:
        now = (every[place] - torch.from_numpy(at.table.offsets)).tolist()
        pairs = zip(features, now, bins, strict=True)
        answer = bool(logit[:, 0].mean() > 0)
        change = Change(
            to={f.name: f.labels[new] for f, new, old in pairs if new != old},
            steps=int(steps[place]),
            flips=int(((logit[:, place] > 0) != answer).sum()),
        )
    return Explanation(
        features=tuple(feature.name for feature in features),
        titles=tuple(feature.title for feature in features),
        bins=tuple(f.labels[code] for f, code in zip(features, bins, strict=True)),
        seeds=tuple(vectors),
        logit=logit[:, 0].numpy(),
        base=(logit[:, 0] - values.sum(1)).numpy(),
        attribution=values.numpy(),
        change=change,
    )


def smallest_changes(logit: torch.Tensor, steps: torch.Tensor) -> int | None:
    """Return which change (models, changes) turns the mean's answer in the fewest steps.

    Of several with as few steps, it is the one that turns it most clearly.
    """
    mean = logit.mean(0)
    turned = (mean > 0) != (mean[0] > 0)
    if not turned.any():
        return None
    nearest = turned & (steps == steps[turned].min())
    return int(mean.abs().masked_fill(~nearest, -1).argmax())


def _stable(
    scenario: Scenario,
    here: Mapping[int, torch.Tensor],
    there: Mapping[int, torch.Tensor] | None,
    at: EvaluationSet,
) -> StabilitySummary:
    own = _attributions(scenario, here, at)
    twin = None if there is None else stability(own, _attributions(scenario, there, at))
    seeds = across(own) if len(own) > 1 else None
    return StabilitySummary(
        twin=_mean(twin, 0),
        twin_top=_mean(twin, 1),
        seeds=_mean(seeds, 0),
        seeds_top=_mean(seeds, 1),
    )


def _attributions(
    scenario: Scenario, vectors: Mapping[int, torch.Tensor], at: EvaluationSet
) -> torch.Tensor:
    sizes = [len(feature.labels) for feature in at.table.features]
    return attributions(*layers(list(vectors.values()), scenario.width), at.explained, sizes)


def _mean(found: Stability | None, which: int) -> float | None:
    value = math.nan if found is None else float(found[which].nanmean())
    return None if math.isnan(value) else value
