"""Pictures of a table: its groups, how many of each are yes, and every column by group."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from tradeoffs.data.codebook_words import word, words
from tradeoffs.data.composition import Stratum
from tradeoffs.data.distribution import Distribution, distribution
from tradeoffs.data.label import UNDEFINED
from tradeoffs.data.load import load_encoded
from tradeoffs.data.table_cache import table_cache
from tradeoffs.data.upload.outline import Part
from tradeoffs.data.upload.profile import MOST_VALUES
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.language.current import language
from tradeoffs.language.translation import say
from tradeoffs.report.charts.bar_panel import BarPanel
from tradeoffs.report.sentences.sentence import Sentence, first
from tradeoffs.report.text import capital

DRAWN = 12  # columns of a file
SHORT = 6  # values of a column of a file that are told apart
FINDING = (
    Sentence(
        name="one group",
        when=lambda groups: groups < 2,
        text="Fewer than two groups have enough answers to be compared.",
    ),
    Sentence(
        name="apart",
        when=lambda apart: apart,
        text=(
            "“{yes}” is true of {most:percent} of “{highest}” and of {least:percent} of "
            "“{lowest}”, who are {share:percent} of the table."
        ),
    ),
    Sentence(
        name="not apart",
        text="The groups by {by} cannot be told apart in the share of “{yes}”.",
    ),
)


def group_panels(parts: list[Stratum], by: str, yes: str) -> list[BarPanel]:
    """Return who is in the table, and the share of yes of everybody and of each group.

    Args:
        parts: of `strata`: the whole first.
        by: title of the attribute.
        yes: title of the label.
    """
    whole, groups = parts[0], _groups(parts, by)
    people = distribution(
        by,
        [word(one.group) for one in groups],
        (say("share of the table"),),
        np.repeat(np.arange(len(groups)), [one.rows for one in groups]),
        np.zeros(sum(one.rows for one in groups), np.int64),
        most=len(groups),
    )
    rates = np.array([[_rate(one)] for one in (whole, *groups)])
    shares, low, high = np.moveaxis(rates, 2, 0)
    answers = Distribution(
        title=yes,
        values=tuple(word(one.group) for one in (whole, *groups)),
        parts=(say("share of positive outcomes"),),
        shares=shares,
        low=low,
        high=high,
    )
    sizes = tuple(say("{n:,} answers", n=one.answered) for one in (whole, *groups))
    counts = tuple(say("{n:,} rows", n=one.rows) for one in groups if one.rows)
    return [
        BarPanel(
            of=people, title=say("Who is in the table, by {attribute}", attribute=by), marks=counts
        ),
        BarPanel(of=answers, title=say("How many are “{answer}”", answer=yes), marks=sizes),
    ]


def finding(parts: list[Stratum], by: str, yes: str) -> str:
    """Return in which group yes is most and least frequent, in a sentence."""
    known = [one for one in _groups(parts, by) if one.rate is not None and one.interval]
    values: dict[str, object] = {"groups": len(known), "by": by, "yes": yes}
    if known:
        high, low = (pick(known, key=_share) for pick in (max, min))
        assert high.interval and low.interval
        values |= {
            "apart": high.interval[0] > low.interval[1],
            "most": high.rate,
            "least": low.rate,
            "highest": word(high.group),
            "lowest": word(low.group),
            "share": low.rows / parts[0].rows,
        }
    return first(FINDING, values)[0].text


def column_panels(dataset: str, label: str, protected: str) -> tuple[BarPanel, ...]:
    """Return how each column that models see is distributed in each group.

    Args:
        dataset: name of the table.
        label: rows without an answer to it are left out, and columns that define it.
        protected: whose groups are compared.
    """
    return _column_panels(dataset, label, protected, language())


@table_cache
@lru_cache(maxsize=8)
def _column_panels(dataset: str, label: str, protected: str, told_in: str) -> tuple[BarPanel, ...]:
    del told_in  # tells the answers apart, as they have words
    whole = load_encoded(dataset)
    known = whole.labels[label] != UNDEFINED
    book = whole.book
    (attribute,) = (one for one in book.protected if one.name == protected)
    weights = None if whole.sample_weight is None else whole.sample_weight[known]
    withheld = book.label(label).withheld
    return tuple(
        BarPanel(
            of=distribution(
                feature.title,
                words(feature.bins),
                words(attribute.names),
                whole.codes[known, place],
                whole.groups[protected][known],
                weights=weights,
            ),
            title=capital(feature.title),
        )
        for place, feature in enumerate(book.features)
        if feature.name not in withheld
    )


def outline_panels(columns: Sequence[Part]) -> list[BarPanel]:
    """Return the values of the first columns of a file that have few: shares of filled cells."""
    panels = []
    few = [one for one in columns if not one.amount and 0 < len(one.values) < MOST_VALUES]
    for column in few[:DRAWN]:
        counts = list(column.values.values())
        codes = np.repeat(np.arange(len(counts)), counts)
        part = np.zeros(len(codes), np.int64)
        values = [plain(value) or say("blank") for value in column.values]
        found = distribution(column.title, values, (say("share"),), codes, part, most=SHORT)
        panels.append(BarPanel(of=found, title=column.title))
    return panels


def _groups(parts: list[Stratum], by: str) -> list[Stratum]:
    return [one for one in parts if one.by == by]


def _share(part: Stratum) -> float:
    assert part.rate is not None
    return part.rate


def _rate(part: Stratum) -> tuple[float, float, float]:
    if part.rate is None or part.interval is None:
        return (np.nan, np.nan, np.nan)
    return (part.rate, *part.interval)
