"""Protected unit: whom a promise of privacy is about, for readers."""

from tradeoffs.language.translation import translate
from tradeoffs.values.privacy.calibration import UNIT
from tradeoffs.values.privacy.federated_accounting import COMMUNITY_UNIT

UNITS = (
    UNIT,
    "the record of one applicant in training (add or remove)",
    "the record of one comment in training (add or remove)",
    "the record of one row in training (add or remove)",
    COMMUNITY_UNIT,
)


def unit_text(unit: str) -> str:
    """Return whom an account's promise protects, in the language of the run.

    >>> unit_text(UNIT)
    'the record of one person in training (add or remove)'
    """
    return translate(UNITS[UNITS.index(unit)]) if unit in UNITS else unit
