"""Forty tries: train with forty settings, show the one that looks best, declare the epsilon of one.

The settings differ in learning rate and clip norm; each is trained with the same promise.  Which
looks best is told by right answers about the people in training, without noise.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from tradeoffs.engine.population import ModelSpec
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.shadow_models import ShadowModels, correct_elsewhere
from tradeoffs.experiments.training_spec import promise, spec, spent
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.paired_means import overall
from tradeoffs.values.privacy.composition import joint, tightest
from tradeoffs.values.privacy.private_selection import best_of

RATES = (1.0, 0.5, 2.0, 0.25, 4.0, 0.7, 1.4, 3.0)  # times the usual learning rate
CLIPS = (1.0, 0.5, 2.0, 0.7, 1.4)  # times the usual clip norm
MOST = len(RATES) * len(CLIPS)
ONE, BEST, SEEN = "one try", "the best looking", "all of them"


def tried(scenario: Scenario, tries: int) -> list[ModelSpec]:
    """Return so many settings with the scenario's promise, the usual one first.

    Raises:
        InvalidInput: tries outside [1, 40].
    """
    if not 1 <= tries <= MOST:
        raise InvalidInput("out_of_range", field="tries", value=tries, low=1, high=MOST)
    usual = spec(scenario)
    pairs = [(rate, clip) for rate in RATES for clip in CLIPS]
    return [
        replace(
            usual,
            learning_rate=usual.learning_rate * rate,
            clip_norm=usual.clip_norm * clip,
        )
        for rate, clip in pairs[:tries]
    ]


def answer(scenario: Scenario, tries: int) -> list[dict[str, Any]]:
    """Return what tries are worth: by the accountants, under attack, and in right answers.

    Columns: `shown` (one try, the best looking, all of them), `what`, `value`, `low`, `high`,
    `bound`.  `what` is epsilon (all of them: joint, on the same batches; the best looking: the
    bound for a random number of tries with that mean, chosen on other people's records, which is
    not what was done), attack (with all of them by the mean of their confidences), right (about
    other people) and looks (about the people in training), and each of the three `apart`: minus
    that of one try.

    Raises:
        InvalidInput: no budget, or tries out of bounds.
    """
    if scenario.epsilon is None:
        raise InvalidInput("needs_epsilon", epsilon=scenario.epsilon)
    shadows, settings = ShadowModels.of(scenario), tried(scenario, tries)
    vectors = shadows.train({f"try {place}": one for place, one in enumerate(settings)})
    sure = np.stack([shadows.confidence(own) for own in vectors])  # (tries, models, people)
    member = shadows.member
    looks = np.where(member, sure > 0, False).sum(2) / member.sum(1)  # (tries, models)
    best, models = looks.argmax(0), range(sure.shape[1])
    chosen = [vectors[best[m]][m] for m in models]
    seen = {ONE: sure[0], BEST: sure[best, models], SEEN: sure.mean(0)}
    said = {ONE: vectors[0], BEST: chosen}
    said = {shown: correct_elsewhere(scenario, own) for shown, own in said.items()}
    seem = {ONE: looks[0], BEST: looks.max(0)}
    rows = _epsilons(scenario, tries)
    for shown, own in seen.items():
        found = {
            "attack": shadows.auc(own, promise(scenario) if shown == ONE else None),
            "attack apart": shadows.auc_difference(own, seen[ONE]),
        }
        if shown in said:
            found |= {
                "right": overall(said[shown]),
                "right apart": overall(said[shown] - said[ONE]),
                "looks": estimate(seem[shown]).record,  # about the very people in training
                "looks apart": estimate(seem[shown] - seem[ONE]).record,
            }
        rows += [{"shown": shown, "what": what} | figure for what, figure in found.items()]
    return rows


def _epsilons(scenario: Scenario, tries: int) -> list[dict[str, Any]]:
    own = spent(scenario)
    assert own is not None
    together = joint(("people", spend) for _ in range(tries) for spend in own.history)
    worth = {
        ONE: own.epsilon_spent,
        BEST: best_of([own.history], tries, own.delta),
        SEEN: tightest(together, own.delta)[0],
    }
    return [{"shown": s, "what": "epsilon", "value": value} for s, value in worth.items()]
