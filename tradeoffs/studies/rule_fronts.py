"""Rule fronts: accuracy and the gap under every rule and bound, judged by either of two gaps."""

from typing import Any

import numpy as np

from tradeoffs.experiments.designs import replicate
from tradeoffs.measurement import SPLITS
from tradeoffs.scenario import Scenario
from tradeoffs.studies.rule_gaps import RATES, RULES, counts_of, outcomes, rates_of

BOUNDS = (None, 0.02, 0.05, 0.1)
JUDGES = RATES[:2]


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return a record a judge, rule, bound, training run and split, as a front needs them.

    Records: `judged`, the rate whose gap counts; `rule`, a notion; `max_gap`, its bound (None: no
    rule, under the name of every rule); `seed`, `split`, `accuracy`; `gap`, between the two groups
    of `rule_gaps.GROUPS`, None where a group has too few people.

    Args:
        scenario: on a table of `rule_gaps.GROUPS`.
    """
    bounded = {
        (rule, bound): scenario.but(notion=rule, max_gap=bound)
        if bound is not None
        else scenario.but(notion=RULES[0], max_gap=None)
        for rule in RULES
        for bound in BOUNDS
    }
    found = outcomes(tuple(dict.fromkeys(bounded.values())))
    records = []
    for (rule, bound), setting in bounded.items():
        runs = [found[one] for one in replicate([setting])]
        for split in SPLITS:
            counts = counts_of(runs, split)
            for judged in JUDGES:
                rates = rates_of(counts, judged)[0]
                gaps = np.abs(rates[:, 0] - rates[:, 1])
                records += [
                    {
                        "judged": judged,
                        "rule": rule,
                        "max_gap": bound,
                        "seed": run.scenario.seed,
                        "split": split,
                        "accuracy": run.measurement.figures(split)["accuracy"],
                        "gap": float(one) if np.isfinite(one) else None,
                    }
                    for run, one in zip(runs, gaps, strict=True)
                ]
    return records
