"""Result columns: what a trained answer can measure, known by name before anything is trained."""

import re
from difflib import get_close_matches

from tradeoffs.experiments.comparison import GROUPS
from tradeoffs.lessons.derived_columns import USED, parts
from tradeoffs.measurement import TRAINING
from tradeoffs.results import FIRST_COLUMNS
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import COUNTS, WEIGHTED

ATTRIBUTE, GROUP, COLUMN = "[ATTRIBUTE]", "[ATTRIBUTE=GROUP]", "[COLUMN]"
BRACKETS = re.compile(r"\[[^=\]]+(=?)[^\]]*\]$")
LIKE = 0.5  # how alike two names are at least, 0 to 1, so that one may be meant
SERVER = ("label_by_direction", "label_by_norm", "columns", "columns_by_guess")
BY_ATTRIBUTE = (  # of the scenario's own attribute without brackets
    *dict.fromkeys(one.metric for one in NOTIONS.values()),
    *("recourse_gap", "recourse_steps_gap", "leak_group", "leak_group_by_score"),
)
BY_GROUP = (*COUNTS, "synthetic_share", "synthetic_base_rate", "synthetic_share_clipped")
WORDS = ("split", "weighted_by", "accountant", "unit", *GROUPS)  # no numbers
OVERALL = (
    *(name for name in FIRST_COLUMNS if name not in {*Scenario.model_fields, *WORDS}),
    *METRICS,
    *TRAINING,
    *("consistency", "overruled", "half_agreement", "people"),
    *("bytes", "bytes_up", "bytes_down", "messages", "bytes_a_decision"),
    *("provider_epsilon_spent", "recalibration_slope", "recalibration_slope_error"),
    *(f"leak_{name}" for name in SERVER),
)
DERIVED = (
    "guess_rate",
    *(f"{name}{ATTRIBUTE}" for name in ("constant_accuracy", "chance_gap")),
    *(f"{name}{GROUP}" for name in USED),
)
KNOWN = tuple(
    dict.fromkeys(
        (
            *OVERALL,
            *BY_ATTRIBUTE,
            *(f"{name}{ATTRIBUTE}" for name in BY_ATTRIBUTE),
            *(f"{name}{GROUP}" for name in BY_GROUP),
            *(f"{WEIGHTED}{name}{GROUP}" for name in COUNTS),
            f"attribution{COLUMN}",
            *DERIVED,
        )
    )
)


def unknown_columns(column: str) -> list[str]:
    """Return the columns of which a column is made that no result has.

    >>> unknown_columns("accuracy[sex=Female] - acuracy")
    ['acuracy']
    """
    two = parts(column)
    if two:
        return [*unknown_columns(two[1]), *unknown_columns(two[2])]
    return [] if form(column) in {*KNOWN, *Scenario.model_fields} else [column]


def form(column: str) -> str:
    """Return how columns like this one are written, as it stands in KNOWN.

    >>> form("people[sex=Female]"), form("attribution[age]"), form("gap")
    ('people[ATTRIBUTE=GROUP]', 'attribution[COLUMN]', 'gap')
    """
    if column.startswith("attribution["):
        return BRACKETS.sub(COLUMN, column)
    return BRACKETS.sub(lambda found: GROUP if found[1] else ATTRIBUTE, column)


def similar_columns(column: str) -> tuple[str, ...]:
    """Return the columns that may be meant, the likest first; all where none is alike."""
    return tuple(get_close_matches(form(column), KNOWN, n=5, cutoff=LIKE)) or KNOWN
