"""Data quality: values that are missing, at random and not, units mixed up, rows repeated."""

from dataclasses import replace

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.shifts.columns import column, low, top
from tradeoffs.data.shifts.shift import Shift, affected_rows, with_codes
from tradeoffs.data.table import Table

MISSING, HIDDEN, MIXED_UP, REPEATED = 0.3, 0.6, 0.3, 0.5  # shares at full intensity
FAMILY = "data quality"
SOURCE = "Molamohammadi et al. 2023, arXiv 2306.10043, section 2.1"
RUBIN = "Rubin 1976, Inference and missing data, Biometrika 63"


def lose_values(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Lose values of every feature, each by a draw of its own."""
    del protected, option
    columns = table.row_id[:, None] * len(table.features) + np.arange(len(table.features))
    lost = uniform(seed, "missing", columns) < intensity * MISSING
    last = np.array([len(feature.labels) - 1 for feature in table.features], np.int16)
    return replace(table, codes=np.where(lost, last, table.codes))


def hide_low(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Lose values of one column where they are low: that they are missing tells something."""
    del protected, option
    place = column(table, "lever")
    concerned = HIDDEN * low(table)
    lost = affected_rows(table, concerned, intensity, seed, "missing_not_at_random")
    return with_codes(table, place, np.where(lost, top(table, place) + 1, table.codes[:, place]))


def mix_units(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Record one column in a unit a thousand times smaller: its highest bin takes everything."""
    del protected, option
    place = column(table, "lever")
    codes, highest = table.codes[:, place], top(table, place)
    wrong = affected_rows(table, MIXED_UP, intensity, seed, "unit_errors") & (codes <= highest)
    return with_codes(table, place, np.where(wrong, highest, codes))


def repeat(table: Table, intensity: float, seed: int, protected: str, option: str) -> Table:
    """Record some people twice; the second row follows the first and has its id."""
    del protected, option
    again = affected_rows(table, REPEATED, intensity, seed, "duplicates")
    return table.take(np.repeat(np.arange(table.rows), 1 + again))


MISSING_AT_RANDOM = Shift(
    name="missing",
    title="values missing at random",
    family=FAMILY,
    help="Up to 30 % of the values are missing, equally often in every column and for everybody.",
    moves="how many values are missing",
    invariant="outcomes and groups",
    limits="Missing completely at random: no group loses more values than another.",
    source=f"{SOURCE}; {RUBIN}",
    operator=lose_values,
    reads=("features",),
    writes=("features",),
    moved=("features changed", "features"),
    still=("outcome", "groups", "outcome in groups"),
)
MISSING_NOT_AT_RANDOM = Shift(
    name="missing_not_at_random",
    title="low values missing",
    family=FAMILY,
    help="Up to 60 % of the low values of one column are missing.",
    moves="that column: its low values are missing",
    invariant="outcomes, groups and all other columns",
    limits="Only one column is affected, and of it only low values.",
    source=f"{SOURCE}; {RUBIN}",
    operator=hide_low,
    reads=("lever",),
    writes=("lever",),
    moved=("features changed", "features"),
    still=("outcome", "groups", "outcome in groups"),
)
UNIT_ERRORS = Shift(
    name="unit_errors",
    title="units mixed up",
    family=FAMILY,
    help="Up to 30 % of the values of one column are recorded a thousand times too high.",
    moves="that column as recorded",
    invariant="outcomes, groups and all other columns",
    limits=(
        "Bins hide how large an error is: every value that is too high falls into the highest bin."
    ),
    source=SOURCE,
    operator=mix_units,
    reads=("lever",),
    writes=("lever",),
    moved=("features changed", "features"),
    still=("outcome", "groups", "outcome in groups"),
)
DUPLICATES = Shift(
    name="duplicates",
    title="people recorded twice",
    family=FAMILY,
    help="Up to half of the people appear in the table twice.",
    moves="the number of rows",
    invariant="the shares of groups, outcomes and features, apart from chance",
    limits=(
        "Who is repeated is drawn at random, and copies are exact; in real tables, "
        "duplicates differ in details."
    ),
    source=SOURCE,
    operator=repeat,
    moved=("rows repeated",),
    still=("outcome", "groups", "features"),
    private_reason="a person would have two rows, and the privacy promise covers one",
)
DATA_QUALITY = (MISSING_AT_RANDOM, MISSING_NOT_AT_RANDOM, UNIT_ERRORS, DUPLICATES)
