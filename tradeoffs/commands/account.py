"""Account: between epsilon and noise, for one model, several, or a choice."""

import argparse
import json
import math
import sys

from tradeoffs.commands.arguments import Commands
from tradeoffs.scenario import NOTHING

MOST_SEEN = 100_000  # models or seeds that are accounted for together


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser("account", help="convert between epsilon and noise")
    wanted = one.add_mutually_exclusive_group(required=True)
    wanted.add_argument(
        "--epsilon", type=_budget, help="find the noise multiplier that spends it; or none"
    )
    wanted.add_argument("--sigma", type=float, help="find the epsilon it spends")
    one.add_argument("--sample-rate", type=float, required=True)
    one.add_argument("--steps", type=int, required=True)
    one.add_argument("--delta", type=float, required=True)
    one.add_argument("--accountant", default="prv", help="prv, rdp, rdp-classic or gdp")
    one.add_argument("--models", type=int, metavar="K", help="together: K models on shared batches")
    one.add_argument("--seeds", type=int, metavar="S", help="together: S times that, batches apart")
    one.add_argument("--choose", type=float, metavar="K", help="the best of K tries on average")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print sigma and epsilon of one subsampled Gaussian mechanism, and of several seen together.

    What several models or a choice cost is computed by the tightest accountant that can, named in
    the answer.
    """
    from tradeoffs.values.privacy.accountants import epsilon, noise_multiplier
    from tradeoffs.values.privacy.history import Spend

    run = {"sample_rate": options.sample_rate, "steps": options.steps}
    named = {"delta": options.delta, "accountant": options.accountant}
    sigma = options.sigma
    if options.epsilon == math.inf:
        epsilon((Spend(sigma=1.0, **run),), **named)  # checks the other values
        sigma, spent = 0.0, math.inf
        named["accountant"] = "none"
    else:
        if sigma is None:
            sigma = noise_multiplier(options.epsilon, **run, **named)
        spent = epsilon((Spend(sigma=sigma, **run),), **named)
    told = {"sigma": sigma, "epsilon": spent, **run, **named} | _seen(sigma, run, options)
    if options.json:
        finite = {k: str(v) if v == math.inf else v for k, v in told.items()}  # JSON has no inf
        sys.stdout.write(json.dumps(finite) + "\n")
    else:
        sys.stdout.write("".join(f"{name:12} {value}\n" for name, value in told.items()))
    if not sigma:
        sys.stderr.write("no mechanism: epsilon is infinite\n")
    return 0


def _seen(sigma: float, run: dict, options: argparse.Namespace) -> dict[str, object]:
    """Return what several models cost together, and the best of some tries, as far as asked."""
    from tradeoffs.values.privacy.composition import joint, tightest
    from tradeoffs.values.privacy.history import Spend, within
    from tradeoffs.values.privacy.private_selection import best_of, gamma

    told: dict[str, object] = {}
    if options.models is not None or options.seeds is not None:
        models, seeds = (1 if n is None else n for n in (options.models, options.seeds))
        for name, value in (("models", models), ("seeds", seeds)):
            within(name, value, 1, MOST_SEEN)
        together, accountant = math.inf, "none"
        if sigma:
            (shared,) = joint([("one seed", Spend(sigma=sigma, **run))] * models)
            together, accountant = tightest(joint((s, shared) for s in range(seeds)), options.delta)
        told |= {"models": models, "seeds": seeds, "joint_epsilon": together}
        told["joint_accountant"] = accountant
    if options.choose is not None:
        gamma(options.choose, 1)  # checks it, with a mechanism or without
        history = (Spend(sigma=sigma, **run),) if sigma else ()
        best = best_of([history], options.choose, options.delta) if history else math.inf
        told |= {"choose": options.choose, "best_epsilon": best}
    return told


def _budget(text: str) -> float:
    if text.strip().lower() in NOTHING:
        return math.inf
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor none") from None
