"""The communities of a table as a list: how it can be cut, and how many people each part has."""

from collections.abc import Sequence
from typing import Any

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.data.communities.catalogue import (
    Community,
    available_cuts,
    communities,
    find_cut,
    title_of,
)
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say, translate

Entry = dict[str, Any]
KINDS = {"recorded": "recorded", "values": "values", "made up": "made up"}


def list_communities(name: str, label: str | None = None, cut: str | None = None) -> list[Entry]:
    """Return one entry a cut of a table, ready for JSON.

    Args:
        name: of the dataset.
        label: what is predicted; None: the first one.
        cut: the one that is wanted, with its option; None: every one with its default option.

    Raises:
        InvalidInput: the dataset, the label or the cut is unknown.
    """
    chosen = dataset(name).labels[0] if label is None else dataset(name).label(label).name
    cuts = available_cuts(name, chosen) if cut is None else (cut,)
    return [_entry(name, chosen, text) for text in cuts]


def _entry(name: str, label: str, text: str) -> Entry:
    return {
        "communities": text,
        "title": title_of(name, text),
        "kind": find_cut(name, text)[0].kind,
        "members": [_member(one) for one in communities(name, label, text)],
    }


def _member(one: Community) -> Entry:
    return {
        "name": one.name,
        "label": one.label,
        "train": one.train,
        "select": one.select,
        "report": one.report,
        "reason": one.reason,
    }


def report(entries: Sequence[Entry]) -> str:
    """Return the list as text, a block a cut."""
    return "\n\n".join(_block(entry) for entry in entries)


def _block(entry: Entry) -> str:
    lines = [
        labelled(entry["communities"], f"{entry['title']} ({translate(KINDS[entry['kind']])})")
    ]
    for one in entry["members"]:
        people = say(
            "{train:,} to train on, {test:,} to test on",
            train=one["train"],
            test=one["select"] + one["report"],
        )
        lines.append(labelled(word(one["name"]), one["reason"] or people))
    return "\n  ".join(lines)
