"""Label noise: answers are recorded the wrong way round, by chance."""

from tradeoffs.data.shifts.shift import Shift, affected_rows, with_label
from tradeoffs.data.table import Table

FLIPPED = 0.3  # of the answers, at full intensity


def flip(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Turn a share of the answers round."""
    del protected, option
    return with_label(table, table.label ^ affected_rows(table, FLIPPED, intensity, seed, "flips"))


FLIPS = Shift(
    name="flips",
    title="label noise",
    family="annotation shift",
    help="A special case of annotation shift: up to 30 % of the answers are flipped at random.",
    moves="recorded answers",
    invariant="features and groups",
    limits="Errors are random and equally likely for all groups and answers.",
    source=(
        "Natarajan et al. 2013, Learning with Noisy Labels, "
        "https://papers.nips.cc/paper/2013/hash/3871bd64012152bfb53fdf04b401193f-Abstract.html"
    ),
    operator=flip,
    reads=("label",),
    writes=("label",),
    moved=("answers changed",),
    still=("features", "groups"),
)
