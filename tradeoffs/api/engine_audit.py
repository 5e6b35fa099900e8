"""Audit: what the engine promises about privacy, measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.api.display import Display

if TYPE_CHECKING:
    import pandas as pd

    from tradeoffs.audit.finding import Finding


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Audit(Display):
    """What an audit of the engine found.

    Attributes:
        findings: one a check: the number measured, its closed form and the room for chance.
    """

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether all findings are as expected."""
        return all(finding.ok for finding in self.findings)

    def table(self) -> pd.DataFrame:
        """Return a row a finding; a bound that is not there is missing."""
        import pandas as pd

        from tradeoffs.audit.suite import as_json

        return pd.DataFrame(as_json(self.findings))

    def text(self) -> str:
        """Return three lines a finding, and how many are as expected."""
        from tradeoffs.audit.suite import report

        return report(self.findings)


def audit(seed: int = 0) -> Audit:
    """Measure every claim of the engine about privacy against its formula; some seconds.

    An audit can refute a promise and never prove it.

    Args:
        seed: of everything that is drawn, in [0, 2^32); another one repeats it independently.

    Raises:
        InvalidInput: the seed is out of bounds.

    >>> import tradeoffs as to
    >>> to.audit(-1)
    Traceback (most recent call last):
    tradeoffs.errors.InvalidInput: seed=-1 must be in [0, 4294967295]
    """
    from tradeoffs.audit import suite

    return Audit(findings=tuple(suite.audit(seed)))
