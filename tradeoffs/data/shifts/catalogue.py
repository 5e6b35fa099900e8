"""The shifts on offer, in causal order: the order in which several are composed.

People are selected first (who is there, where and when), then what is true of them changes, last
what is recorded: a measurement cannot change whom it measures.
"""

from functools import lru_cache
from itertools import chain, permutations, product

from tradeoffs.catalogue import Catalogue
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.codebook_words import word
from tradeoffs.data.shifts.acquisition import ACQUISITION
from tradeoffs.data.shifts.annotation import ANNOTATION
from tradeoffs.data.shifts.concept import CONCEPT
from tradeoffs.data.shifts.covariate import COVARIATE
from tradeoffs.data.shifts.data_quality import DATA_QUALITY
from tradeoffs.data.shifts.demographic import DEMOGRAPHIC
from tradeoffs.data.shifts.emerged import EMERGED
from tradeoffs.data.shifts.flips import FLIPS
from tradeoffs.data.shifts.manifestation import MANIFESTATION
from tradeoffs.data.shifts.opt_out import OPT_OUT
from tradeoffs.data.shifts.place import PLACE
from tradeoffs.data.shifts.prior import PRIOR
from tradeoffs.data.shifts.redrawn import REDRAWN
from tradeoffs.data.shifts.shift import Shift, slug
from tradeoffs.data.shifts.spurious import SPURIOUS
from tradeoffs.data.shifts.standing import STANDING
from tradeoffs.data.shifts.time import TIME
from tradeoffs.data.shifts.unseen import UNSEEN
from tradeoffs.language.current import is_english
from tradeoffs.language.translation import say

SHIFTS = Catalogue(
    "shift",
    (
        DEMOGRAPHIC,
        OPT_OUT,
        PLACE,
        TIME,
        COVARIATE,
        EMERGED,
        UNSEEN,
        MANIFESTATION,
        PRIOR,
        CONCEPT,
        STANDING,
        SPURIOUS,
        ACQUISITION,
        REDRAWN,
        ANNOTATION,
        FLIPS,
        *DATA_QUALITY,
    ),
)


def shift(name: str) -> Shift:
    """Return a shift by name, with or without an option; InvalidInput lists the known ones."""
    return SHIFTS[split_option(name)[0]]


def split_option(name: str) -> tuple[str, str]:
    """Return the name of the shift and its option.

    >>> split_option("place.new_england")
    ('place', 'new_england')
    """
    base, _, option = name.partition(".")
    return base, option


def title_of(name: str) -> str:
    """Return a shift in words, with what it is towards.

    >>> title_of("place.new_england")
    'another place: new england'
    """
    title, option = shift(name).title, split_option(name)[1]
    if not option:
        return title
    plain = option.replace("_", " ")
    told = plain if is_english() else word(_groups().get(option, plain))
    return say("{title}: {option}", title=title, option=told)


@lru_cache
def _groups() -> dict[str, str]:
    """Return the groups, places and times of bundled tables, by their names as options."""
    found = {}
    for data in DATASETS.values():
        book = data.codebook
        names = [one.names for one in (*book.protected, book.place, book.time) if one]
        pairs = permutations((one.names for one in book.protected), 2)
        crossed = (", ".join(pair) for one in pairs for pair in product(*one))
        found |= {slug(name): name for name in (*chain(*names), *crossed)}
    return found
