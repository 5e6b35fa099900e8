"""What a shift is: a catalogue entry with one function that changes a table, row by row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.codebook import Codebook
from tradeoffs.data.coding import Grouping
from tradeoffs.data.encoded import empty_table
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import translates

# (codebook, protected) -> what may follow a shift's name on a dataset.
Options = Callable[[Codebook, str], Sequence[str]]
# (table, intensity, seed, protected, option): option is "" or the place of a name in its list.
Operator = Callable[[Table, float, int, str, str], Table]

LARGEST_LOSS = 2.0  # thinned rows stay with probability exp(-2), about 14 %, at full intensity


@translates("title", "family", "help", "moves", "invariant", "limits", "private_reason")
@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """One way in which the people a model meets differ from others.

    Every shift obeys the same laws: intensity 0 returns the table itself, the same arguments give
    the same bytes, what it does not write stays bit for bit, and a shift that only selects rows
    keeps a random draw of those that agree in what it reads.

    A row's fate depends on that row, on its own key and on public constants alone.  So two
    training tables that differ in one person still differ in at most that person after the shift,
    and the promise of privacy holds for the people before it: they are `Scenario.rows`, a public
    number, whatever their shift leaves.  An operator that reads more than that is refused in
    training with a finite epsilon (`private_reason`).

    Attributes:
        name: in a scenario; "name.option" where it takes an option.
        title: a few words.
        family: the paper's name of it (section 2.1).
        help: what it is, in a sentence.
        moves: what changes, in words.
        invariant: what does not.
        limits: what this operator cannot show.
        source: who described it.
        operator: the function; intensity is above 0.
        reads: what decides which rows are changed or kept.
        writes: what changes in a row; empty for a shift that only selects rows.
        moved: names of diagnostics that must move, the first of them more with every intensity.
        still: names of diagnostics that must not, at least one.
        option: what may follow the name, in a word; empty if nothing.
        options: what that can be on a dataset, as it is written in a scenario.
        optional: whether the option may be left out.
        deployed: whether it may be used at deployment.
        trained: whether it may be used in training.
        private_reason: why not with a finite epsilon where no option is given; empty if it may.
        selects: whether rows are left out, and none is added.
        recorded: whether its options are where and when people were recorded, so that what lies
            between the two sides is a real shift, and none if both are of one option.
    """

    name: str
    title: str
    family: str
    help: str
    moves: str
    invariant: str
    limits: str
    source: str
    operator: Operator
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    moved: tuple[str, ...]
    still: tuple[str, ...]
    option: str = ""
    options: Options = lambda book, protected: ()
    optional: bool = True
    deployed: bool = True
    trained: bool = True
    private_reason: str = ""
    selects: bool = False
    recorded: bool = False

    def apply(
        self, table: Table, intensity: float, seed: int, protected: str, option: str = ""
    ) -> Table:
        """Return the table after the shift; intensity 0 returns the table itself.

        Args:
            table: before the shift.
            intensity: in [0, 1].
            seed: of the draws.
            protected: attribute or crossing whose groups are meant.
            option: as in a scenario's text, after the dot.

        Raises:
            InvalidInput: an intensity out of bounds, or a column, place, time or group that the
                table lacks.
        """
        if not 0 <= intensity <= 1:
            raise InvalidInput(
                "intensity_of_shift", field="intensity", value=intensity, name=self.name
            )
        if intensity == 0:
            return table
        return self.operator(table, intensity, seed, protected, option)


def groups(book: Codebook, protected: str) -> tuple[str, ...]:
    """Return the groups of an attribute or a crossing, as options of a shift."""
    return tuple(map(slug, empty_table(book, book.labels[0]).group_of(protected)[1]))


def names_of(grouping: Grouping | None) -> tuple[str, ...]:
    """Return the places or times that rows are recorded under, as options of a shift."""
    return tuple(map(slug, grouping.names)) if grouping else ()


def keep(table: Table, log_weight: np.ndarray, intensity: float, seed: int, stream: str) -> Table:
    """Return the rows kept by a selection shift; kept sets shrink as the intensity grows.

    Row i stays with probability exp(intensity * log_weight[i]).  Draws are keyed by row id, so
    that a row's fate depends on no other row.

    Args:
        table: before the shift.
        log_weight: (rows,) at most 0; the log of the chance to stay at intensity 1.
        intensity: in [0, 1].
        seed: of the draws.
        stream: name of the shift, so that shifts draw independently.
    """
    return table.take(uniform(seed, stream, table.row_id) < np.exp(intensity * log_weight))


def withdraw(table: Table, whom: np.ndarray, intensity: float, seed: int, stream: str) -> Table:
    """Return the table without a share `intensity` of some rows; at full intensity none is left.

    Args:
        table: before the shift.
        whom: bool (rows,).
        intensity: in [0, 1].
        seed: of the draws.
        stream: name of the shift.
    """
    return table.take(~affected_rows(table, whom * 1.0, intensity, seed, stream))


def affected_rows(
    table: Table, chance: np.ndarray | float, intensity: float, seed: int, stream: str
) -> np.ndarray:
    """Return bool (rows,): whom a shift changes; the sets grow with the intensity.

    Args:
        table: before the shift.
        chance: (rows,) at full intensity.
        intensity: in [0, 1].
        seed: of the draws.
        stream: name of the shift.
    """
    return uniform(seed, stream, table.row_id) < intensity * chance


def with_label(table: Table, label: np.ndarray) -> Table:
    """Return the table with other answers; bool (rows,)."""
    return replace(table, label=label)


def with_codes(table: Table, feature: int, codes: np.ndarray) -> Table:
    """Return the table with other bins of one feature; (rows,)."""
    whole = table.codes.copy()
    whole[:, feature] = codes
    return replace(table, codes=whole)


def slug(text: str) -> str:
    """Return a name as it is written in a scenario.

    >>> slug("2013, first half")
    '2013_first_half'
    """
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in text.lower())
    return "_".join(kept.split())


def position(names: tuple[str, ...], option: str, what: str) -> int:
    """Return which name an option means; raise InvalidInput listing what can be meant."""
    slugs = [slug(name) for name in names]
    require_known(what, option, slugs)
    return slugs.index(option)
