"""Hidden columns: what a text says of them, and what the columns that are left tell of a group."""

from functools import lru_cache

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.load import load_split
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.report.options import Values, columns_on_offer
from tradeoffs.report.sentences.sentence import Sentence, first
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario

TELLS = 0.005  # share of people; a column that tells no more than this is not named
SENTENCES = (
    Sentence(
        name="attribute_still_seen",
        text="The model still sees {attribute}.",
        when=lambda seen: seen,
    ),
    Sentence(
        name="column_tells_the_group",
        text=(
            "The model does not see {attribute}, and groups are compared all the same. "
            "“{column}” alone predicts the group correctly for {right:percent} of people; "
            "always guessing the largest group is correct for {largest:percent}."
        ),
        when=lambda right, largest: right - largest > TELLS,
    ),
    Sentence(
        name="no_column_tells_the_group",
        text=(
            "The model does not see {attribute}, and groups are compared all the same. No "
            "other column alone predicts the group better than always guessing the largest "
            "one, which is correct for {largest:percent} of people; several columns "
            "together may."
        ),
    ),
)


def read_hidden(text: str, at: Values) -> tuple[tuple[str, ...], list[InvalidInput]]:
    """Return the columns that a text hides, in one order, and why others of it cannot be.

    Args:
        text: names joined by +, which an address that is typed may turn into a space.
        at: the fields before.
    """
    known, names = columns_on_offer(at), set()
    for part in filter(None, text.split("+")):
        names |= {part} if part in known else set(part.split())
    kept = tuple(name for name in sorted(names) if name in known)
    refusals = [
        InvalidInput("unknown", kind="column", name=name, known=tuple(known))
        for name in sorted(names - known.keys())
    ]
    if len(kept) == len(known):
        return (), [*refusals, InvalidInput("hides_every_column", hide=text)]
    return kept, refusals


def hidden_in_words(here: Scenario) -> str:
    """Return what the model can still tell of the groups; empty if nothing is hidden."""
    if not here.hide:
        return ""
    name, right, largest = _best_guess(here.dataset, here.label, here.protected, here.hide)
    titles = {one.name: one.title for one in dataset(here.dataset).codebook.features}
    values = {
        "attribute": attribute(here),
        "seen": bool(_sources(here.dataset, here.protected) - set(here.hide)),
        "column": titles.get(name, name),
        "right": right,
        "largest": largest,
    }
    return first(SENTENCES, values)[0].text


def _sources(name: str, protected: str) -> set[str]:
    """Return the columns that groups are made of and models can see."""
    compared = protected.split("*")
    book = dataset(name).codebook
    return {one.source for one in book.protected if one.name in compared and one.feature}


@table_cache
@lru_cache(maxsize=200)
def _best_guess(
    name: str, label: str, protected: str, hide: tuple[str, ...]
) -> tuple[str, float, float]:
    """Return the column that alone tells the group best, for which share of people, and without.

    A guess is the commonest group among the people with the same value, on the test rows.
    """
    people = load_split(name, label).report
    group, names = people.group_of(protected)
    largest = np.bincount(group).max() / people.rows
    column, best = "", float(largest)
    for place, feature in enumerate(people.features):
        if feature.name in hide:
            continue
        cells = people.codes[:, place].astype(int) * len(names) + group
        counts = np.bincount(cells, minlength=len(feature.labels) * len(names))
        right = float(counts.reshape(-1, len(names)).max(1).sum() / people.rows)
        if right > best:
            column, best = feature.name, right
    return column, best, float(largest)
