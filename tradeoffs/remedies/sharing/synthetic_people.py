"""Synthetic people: drawn from what the communities released, trained on, and told of by group."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.remedies.random_stream import stream
from tradeoffs.remedies.sharing.bayesian_tree import synthetic_table
from tradeoffs.remedies.sharing.released_tree import ReleasedTree

if TYPE_CHECKING:
    from tradeoffs.remedies.partnership import Partnership, Vectors
    from tradeoffs.remedies.remedy import Figures

Streams = Sequence[np.random.Generator]  # (K,) of each community's noise
SHARE, BASE_RATE, CLIPPED = "synthetic_share", "synthetic_base_rate", "synthetic_share_clipped"


class Releases(Protocol):
    """What communities release, as the sum of it all."""

    def __call__(
        self,
        partnership: Partnership,
        tables: Sequence[Table],
        streams: Streams,
    ) -> ReleasedTree:
        """Return it, from (K,) tables of people of one seed."""
        ...


@table_cache
@lru_cache(maxsize=1)
def _released(partnership: Partnership, releases: Releases) -> list[ReleasedTree]:
    """Return (seeds,) releases: noise is drawn once, for all that is made of them."""
    found = []
    for seed, tables in zip(partnership.seeds, partnership.tables, strict=True):
        streams = [stream(partnership, seed, k) for k in range(partnership.size)]
        found.append(releases(partnership, tables, streams))
    return found


@table_cache
@lru_cache(maxsize=1)
def draw_people(
    partnership: Partnership, releases: Releases, *, clipped: bool = False
) -> list[Table]:
    """Return (seeds,) tables of as many drawn people as gave their counts.

    Args:
        partnership: whose people give counts.
        releases: what they release.
        clipped: whether negative counts are just set to 0.
    """
    found = []
    trees = _released(partnership, releases)
    for seed, tables, released in zip(partnership.seeds, partnership.tables, trees, strict=True):
        tree = released.distribution(clipped=clipped)
        name = hashlib.sha256(f"{partnership.key} {seed} people".encode()).digest()
        codes = tree.sample(int(partnership.rows.sum()), int.from_bytes(name[:16], "little"))
        found.append(synthetic_table(codes, tables[0]))
    return found


def fit_to_people(partnership: Partnership, releases: Releases) -> Vectors:
    """Return (seeds, K) parameter vectors: one model of the drawn people for all communities.

    What was released may be used at will, so training needs no mechanism.
    """
    people = draw_people(partnership, releases)
    vectors = partnership.train([[one] for one in people], rows=[int(partnership.rows.sum())])
    return [[own] * partnership.size for (own,) in vectors]


def tell_of_people(partnership: Partnership, vectors: Vectors, releases: Releases) -> Figures:
    """Return who the drawn people are, by each protected attribute that models see.

    For each group its share of all people, its base rate (the share of positive labels; absent
    where nobody was drawn), and the share it would have if negative counts were just set to 0.
    """
    del vectors
    protected = partnership.tables[0][0].protected
    told = []
    for kept, crude in zip(
        draw_people(partnership, releases),
        draw_people(partnership, releases, clipped=True),
        strict=True,
    ):
        figures: dict[str, float | str] = {}
        for place, feature in enumerate(kept.features):
            if feature.name in protected:
                name = feature.name
                figures |= _shares(SHARE, name, feature.labels, kept.codes[:, place])
                figures |= _shares(CLIPPED, name, feature.labels, crude.codes[:, place])
                figures |= _base_rates(name, feature.labels, kept.codes[:, place], kept.label)
        told.append([figures] * partnership.size)
    return told


def _group_rates(
    codes: np.ndarray, label: np.ndarray, groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return (groups,) shares of all people, and base rates; NaN where a group has nobody.

    Args:
        codes: (rows,) group of each person.
        label: (rows,) bool.
        groups: their number.
    """
    people = np.bincount(codes, minlength=groups)
    positive = np.bincount(codes, weights=label, minlength=groups)
    with np.errstate(invalid="ignore"):
        return people / len(codes), positive / people


def _shares(
    name: str, attribute: str, groups: Sequence[str], codes: np.ndarray
) -> dict[str, float | str]:
    shares, _ = _group_rates(codes, np.zeros(len(codes)), len(groups))
    return {f"{name}[{attribute}={one}]": float(s) for one, s in zip(groups, shares, strict=True)}


def _base_rates(
    attribute: str, groups: Sequence[str], codes: np.ndarray, label: np.ndarray
) -> dict[str, float | str]:
    _, rates = _group_rates(codes, label, len(groups))
    return {
        f"{BASE_RATE}[{attribute}={one}]": float(rate)
        for one, rate in zip(groups, rates, strict=True)
        if not np.isnan(rate)
    }
