"""The regulations on offer, and those that hold at a place."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.values.regulations.explanation_duty import (
    ADVERSE_ACTION,
    AI_ACT_86,
    DPDP_8_3,
    GDPR_22,
    LGPD_20,
    POPIA_71,
    QUEBEC_12_1,
)
from tradeoffs.values.regulations.group_use import CREDIT_CHARACTERISTICS, SAME_CUTOFF
from tradeoffs.values.regulations.impact_ratio import FOUR_FIFTHS, LOCAL_LAW_144
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.rate_difference import COLORADO_DRAFT
from tradeoffs.values.regulations.regulation import Regulation

REGULATIONS = Catalogue(
    "regulation",
    (
        FOUR_FIFTHS,
        SAME_CUTOFF,
        LOCAL_LAW_144,
        CREDIT_CHARACTERISTICS,
        ADVERSE_ACTION,
        COLORADO_DRAFT,
        GDPR_22,
        AI_ACT_86,
        QUEBEC_12_1,
        LGPD_20,
        POPIA_71,
        DPDP_8_3,
    ),
)


def regulations_at(place: str) -> tuple[Regulation, ...]:
    """Return the regulations that hold at a place; raise InvalidInput where it is unknown.

    >>> [one.name for one in regulations_at("new_york_city")]
    ['four_fifths', 'same_cutoff', 'local_law_144']
    """
    where = (place, *JURISDICTIONS[place].within)
    return tuple(one for one in REGULATIONS.values() if one.place in where)
