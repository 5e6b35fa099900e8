"""Turned answers: one community among random towns answers the other way round, by chance."""

from tradeoffs.data.communities.cut import Amount, Cut, draw
from tradeoffs.data.communities.towns import TOWNS_OF_A_CUT, deal, equal_shares, town_names
from tradeoffs.data.encoded import Encoded
from tradeoffs.data.shifts.shift import with_label
from tradeoffs.data.table import Table
from tradeoffs.language.translation import mark

DISSENTER = mark("dissenting town")


def turn(whole: Encoded, table: Table, chance: float) -> Table:
    """Return the table with each answer turned round with a chance; more of them with more."""
    return with_label(table, table.label ^ (draw(whole, table, "turned answer") < chance))


def _answers(whole: Encoded, table: Table, community: int, option: str) -> Table:
    return turn(whole, table, int(option) / 100) if community == 0 else table


TURNED = Cut(
    name="turned",
    title="random towns, one of which disagrees",
    help=(
        "Made up: people are assigned to five towns at random. In the first town, the given "
        "percentage of answers is flipped, both in training and in testing. At 50 its "
        "answers are coin tosses; at 100 they are always the opposite."
    ),
    source=(
        "Natarajan et al. 2013, Learning with Noisy Labels, "
        "https://papers.nips.cc/paper/2013/hash/3871bd64012152bfb53fdf04b401193f-Abstract.html"
    ),
    kind="made up",
    names=lambda data, option: (DISSENTER, *town_names(TOWNS_OF_A_CUT - 1)),
    codes=lambda whole, table, option, count: deal(whole, table, equal_shares(count)),
    amount=Amount(
        title="flipped answers, of 100",
        phrase="{} of 100 answers flipped",
        values=("50", "0", "20", "70", "100"),
        least=0,
        most=100,
    ),
    answers=_answers,
)
