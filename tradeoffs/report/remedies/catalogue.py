"""The parts of the page Remedies by topic, in the order of their tabs: one more is one line."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translation import mark
from tradeoffs.report.remedies.at_home import AT_HOME
from tradeoffs.report.remedies.contracts import CONTRACTS
from tradeoffs.report.remedies.digitisation import DIGITISATION
from tradeoffs.report.remedies.gain_curve import GAIN_CURVE
from tradeoffs.report.remedies.home_front import HOME_FRONT
from tradeoffs.report.remedies.label_query import LABEL_QUERY
from tradeoffs.report.remedies.part import Part
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

TOPICS: dict[str, tuple[Part, ...]] = {  # title -> its parts
    mark("What it gains"): (THREE_WAYS, WHO_GAINS, AT_HOME, HOME_FRONT, GAIN_CURVE),
    mark("Whom it affects"): (WHOSE_MODEL, WHOSE_DECISIONS, SYNTHETIC_GROUPS, SERVER_VIEW),
    mark("Who decides and pays"): (CONTRACTS, PRICE_AND_CONTROL),
    mark("Columns and labels"): (DIGITISATION, LABEL_QUERY, VOTES),
}
OF_THE_WAY = frozenset(  # they show nothing where the chosen way is not possible
    one.name for one in (WHO_GAINS, GAIN_CURVE, WHOSE_DECISIONS, CONTRACTS, DIGITISATION)
)
PARTS = Catalogue("part", (one for some in TOPICS.values() for one in some))


def topic_of(part: str) -> str:
    """Return the topic that a part belongs to."""
    return next(title for title, some in TOPICS.items() if PARTS[part] in some)


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
