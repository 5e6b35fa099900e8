"""The parts of the page Remedies, in the order of their tabs: one more is one line here."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.report.remedies.at_home import AT_HOME
from tradeoffs.report.remedies.contracts import CONTRACTS
from tradeoffs.report.remedies.digitisation import DIGITISATION
from tradeoffs.report.remedies.gain_curve import GAIN_CURVE
from tradeoffs.report.remedies.home_front import HOME_FRONT
from tradeoffs.report.remedies.label_query import LABEL_QUERY
from tradeoffs.report.remedies.price_and_control import PRICE_AND_CONTROL
from tradeoffs.report.remedies.selection import Selection, Values, fit
from tradeoffs.report.remedies.selections import SELECTIONS
from tradeoffs.report.remedies.server_view import SERVER_VIEW
from tradeoffs.report.remedies.synthetic_groups import SYNTHETIC_GROUPS
from tradeoffs.report.remedies.three_ways import THREE_WAYS
from tradeoffs.report.remedies.votes import VOTES
from tradeoffs.report.remedies.who_gains import WHO_GAINS
from tradeoffs.report.remedies.whose_decisions import WHOSE_DECISIONS
from tradeoffs.report.remedies.whose_model import WHOSE_MODEL

PARTS = Catalogue(
    "part",
    (
        THREE_WAYS,
        WHO_GAINS,
        AT_HOME,
        HOME_FRONT,
        GAIN_CURVE,
        WHOSE_MODEL,
        WHOSE_DECISIONS,
        SYNTHETIC_GROUPS,
        SERVER_VIEW,
        CONTRACTS,
        PRICE_AND_CONTROL,
        DIGITISATION,
        LABEL_QUERY,
        VOTES,
    ),
)


def _on_offer(at: Values) -> tuple[str, ...]:
    del at
    return tuple(PARTS)


PART = Selection(
    name="part",
    title="Part",
    help="What is drawn.",
    options=_on_offer,
    words=lambda one, at: PARTS[one].title,
    default=lambda at: next(iter(PARTS)),
    place="head",
)
EVERY = (*SELECTIONS, PART, *(one for part in PARTS.values() for one in part.selections))


def values_of(asked: Values) -> dict[str, str]:
    """Return every selection of the page: as asked where that is offered, else its default."""
    return fit(EVERY, asked)
