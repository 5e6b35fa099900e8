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

SEEDS = 2**32  # the seeds of the parts are small multiples of it, and have to fit into 64 bits

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
        f"{'ok   ' if f.ok else 'ALARM'} {f.name}: {f.measured:.6g}, expected {f.expected:.6g}, "
        f"allowed {f.low:.6g} to {f.high:.6g}\n      {f.what}\n      [{f.source}]"
        for f in findings
    ]
    passed = sum(f.ok for f in findings)
    return "\n".join([*lines, f"{passed} of {len(findings)} findings are as expected"])


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
