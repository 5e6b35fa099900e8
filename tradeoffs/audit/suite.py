"""The audit: is the engine as private as it declares? Every claim measured against its formula.

An empirical check can refute a promise and never prove it: that all findings are as expected says
that the mistakes which are known to happen did not happen here.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial

from tradeoffs.audit.canaries import full_batch
from tradeoffs.audit.clip_bounds import clipping_noise, clipping_sensitivity
from tradeoffs.audit.finding import Finding
from tradeoffs.audit.noise_independence import constraint_noise, gradient_noise
from tradeoffs.audit.opacus_equality import equality
from tradeoffs.audit.sampling_rate import division, sampling
from tradeoffs.audit.sensitivity import bias_counts, sensitivity
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say, translate

SEEDS = 2**32  # the seeds of the parts are small multiples of it, and have to fit into 64 bits

STATES = {True: "ok", False: "ALARM"}  # whether a finding is as expected
PARTS: tuple[Callable[[int], list[Finding]], ...] = (
    full_batch,
    sampling,
    division,
    partial(gradient_noise, width=0),
    partial(gradient_noise, width=8),
    constraint_noise,
    clipping_noise,
    sensitivity,
    clipping_sensitivity,
    bias_counts,
    equality,
)


def audit(seed: int = 0) -> list[Finding]:
    """Return all findings; some seconds on one core.

    Args:
        seed: of everything that is drawn; another one repeats the audit independently.

    Raises:
        InvalidInput: the seed is out of bounds.
    """
    if not 0 <= seed < SEEDS:
        raise InvalidInput("out_of_range", field="seed", value=seed, low=0, high=SEEDS - 1)
    return [finding for part in PARTS for finding in part(seed)]


def report(findings: Sequence[Finding]) -> str:
    """Return the findings as text: three lines each, and how many are as expected."""
    lines = [
        f"{translate(STATES[one.ok]):5} {_numbers(one)}\n      {one.what}\n      [{one.source}]"
        for one in findings
    ]
    passed = sum(one.ok for one in findings)
    last = say("{passed} of {all} findings are as expected", passed=passed, all=len(findings))
    return "\n".join([*lines, last])


def _numbers(one: Finding) -> str:
    return say(
        "{name}: {measured:.6g}, expected {expected:.6g}, allowed {low:.6g} to {high:.6g}",
        name=one.name,
        measured=one.measured,
        expected=one.expected,
        low=one.low,
        high=one.high,
    )


def as_json(findings: Sequence[Finding]) -> list[dict[str, str | float | bool | None]]:
    """Return the findings ready for JSON; a number that is not finite becomes None."""
    return [
        {
            name: None if isinstance(value, float) and not math.isfinite(value) else value
            for name, value in asdict(finding).items()
        }
        | {"ok": finding.ok}
        for finding in findings
    ]
