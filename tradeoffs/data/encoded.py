"""The encoded file: a bundled table as codes, which needs numpy alone to read.

It is derived from the parquet file by data/build.py and says of which codebook it is; `tradeoffs
data check` compares the two.  Pages and workers read it in place of the parquet file, whose
libraries take a third of a second and 70 MB.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.codebook import Codebook
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.label import UNDEFINED, YES, Label
from tradeoffs.data.table import Categorical, Feature, Split, Table, halve
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import original
from tradeoffs.paths import DATA

MARKS = ("place", "time")  # of a row, where they are known


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Encoded:
    """A whole table as codes, with every label; one person may have several rows.

    Attributes:
        book: the codebook.
        codes: int16 (rows, features).
        labels: label -> int8 (rows,) of YES, NO and UNDEFINED.
        groups: protected attribute -> int8 (rows,).
        marks: "place" and "time" where known -> int8 (rows,).
        counts: column -> int16 (rows,), UNDEFINED where missing.
        row_id: int64 (rows,), stable and unique.
        person_id: int64 (rows,), stable; a person keeps it in every row.
        train: bool (rows,), of the training file.
        cluster_id: int64 (rows,); test rows of a cluster with one answer and the same groups are
            on one side of the split too; None where every row may be on any.
        sample_weight: float64 (rows,), survey weights above 0; None where each row counts once.
    """

    book: Codebook
    codes: np.ndarray
    labels: Mapping[str, np.ndarray]
    groups: Mapping[str, np.ndarray]
    marks: Mapping[str, np.ndarray]
    counts: Mapping[str, np.ndarray]
    row_id: np.ndarray
    person_id: np.ndarray
    train: np.ndarray
    cluster_id: np.ndarray | None = None
    sample_weight: np.ndarray | None = None

    def arrays(self) -> dict[str, np.ndarray]:
        """Return every array by the name it is stored under."""
        own = ("codes", "row_id", "person_id", "train")
        return {
            **{name: getattr(self, name) for name in own},
            **{f"label:{name}": values for name, values in self.labels.items()},
            **{f"group:{name}": values for name, values in self.groups.items()},
            **{f"mark:{name}": values for name, values in self.marks.items()},
            **{f"count:{name}": values for name, values in self.counts.items()},
        }

    def count(self, name: str, row_id: np.ndarray) -> np.ndarray:
        """Return a count for these rows, in their order; float64 (rows,), NaN where missing.

        Raises:
            InvalidInput: the codebook keeps no such count, or a row is not in the table.
        """
        require_known("count", name, self.counts)
        order = np.argsort(self.row_id)
        places = np.searchsorted(self.row_id, row_id, sorter=order)
        rows = order[np.minimum(places, len(order) - 1)]
        if not np.array_equal(self.row_id[rows], row_id):
            raise InvalidInput("rows_of_others", table=self.book.name)
        values = self.counts[name][rows].astype(np.float64)
        return np.where(values == UNDEFINED, np.nan, values)

    def table(self, label: Label) -> Table:
        """Return the rows with an answer to the label, without the features that define it."""
        book, answer = self.book, self.labels[label.name]
        marks = {
            name: Categorical(codes=self.marks[name], names=_names(book, name))
            for name in self.marks
        }
        whole = Table(
            name=book.name,
            features=features(book),
            codes=self.codes,
            label=answer == YES,
            protected=self.groups,
            groups={attribute.name: attribute.names for attribute in book.protected},
            row_id=self.row_id,
            place=marks.get("place"),
            time=marks.get("time"),
            sample_weight=self.sample_weight,
        )
        return whole.without(label.withheld).take(answer != UNDEFINED)

    def split(self, label: str | None = None) -> Split:
        """Return the training file and the test file halved into `select` and `report`.

        Each person has one row in a part: of several rows with an answer, a public hash picks one.
        No person is in two parts.

        Raises:
            InvalidInput: the label is unknown, or none is named where there are several.
        """
        chosen = self.book.label(label)
        answered = np.flatnonzero(self.labels[chosen.name] != UNDEFINED)
        table, train = self.table(chosen), self.train[answered]
        once = one_row_per_person(self.person_id[answered], self.row_id[answered])
        cluster = None if self.cluster_id is None else self.cluster_id[answered][~train & once]
        report, select = halve(table.take(~train & once), "select or report", cluster)
        return Split(train=table.take(train & once), select=select, report=report)


def one_row_per_person(person_id: np.ndarray, row_id: np.ndarray) -> np.ndarray:
    """Return bool (rows,): True for one row of each person, picked by a public hash."""
    order = np.lexsort((uniform(0, "row of a person", row_id), person_id))
    ordered = person_id[order]
    kept = np.zeros(len(order), dtype=np.bool_)
    kept[order[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]] = True
    return kept


def training_mask(person_id: np.ndarray, share: float) -> np.ndarray:
    """Return bool (rows,): who is in the training file, by a public hash of the person."""
    return uniform(0, "train or test", person_id) < share


def fingerprint(book: Codebook) -> str:
    """Return the hash of everything public about a table, the hash of its rows included."""
    return hashlib.sha256(book.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def write_encoded(whole: Encoded, folder: Path = DATA) -> None:
    """Write a whole table, with what says of which codebook it is."""
    arrays = whole.arrays() | {"fingerprint": np.array(fingerprint(whole.book))}
    if np.array_equal(whole.person_id, whole.row_id):
        del arrays["person_id"]  # every row is a person of its own
    for name in arrays.keys() & {"row_id", "person_id"}:
        arrays[name] = arrays[name].astype(np.int32)
    arrays["codes"] = arrays["codes"].astype(np.uint8)
    np.savez_compressed(folder / f"{whole.book.name}.npz", allow_pickle=False, **arrays)


def read_encoded(book: Codebook, folder: Path = DATA) -> Encoded:
    """Return a whole table.

    Raises:
        InvalidInput: the file is absent, damaged, or of another codebook.
    """
    file = f"{book.name}.npz"
    try:
        # Opened here, since np.load leaves a damaged file open.
        with (folder / file).open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(
            "cannot_read_table", file=file, reason=str(error), table=book.name
        ) from None
    if str(arrays.get("fingerprint")) != fingerprint(book):
        raise InvalidInput("table_of_other_codebook", file=file, table=book.name)
    return Encoded(
        book=book,
        codes=arrays["codes"].astype(np.int16),
        labels={one.name: arrays[f"label:{one.name}"] for one in book.labels},
        groups={one.name: arrays[f"group:{one.name}"] for one in book.protected},
        marks={name: arrays[f"mark:{name}"] for name in MARKS if getattr(book, name)},
        counts={name: arrays[f"count:{name}"] for name in book.counts},
        row_id=arrays["row_id"].astype(np.int64),
        person_id=arrays.get("person_id", arrays["row_id"]).astype(np.int64),
        train=arrays["train"],
    )


def features(book: Codebook) -> tuple[Feature, ...]:
    """Return the features of a codebook's table."""
    return tuple(
        Feature(name=c.name, title=original(c, "title"), labels=c.bins) for c in book.features
    )


def _names(book: Codebook, mark: str) -> tuple[str, ...]:
    return getattr(book, mark).names


def empty_table(book: Codebook, label: Label) -> Table:
    """Return the table of a dataset without any rows."""
    marks = {
        name: Categorical(codes=np.zeros(0, np.int8), names=grouping.names)
        for name, grouping in (("place", book.place), ("time", book.time))
        if grouping is not None
    }
    return Table(
        name=book.name,
        features=features(book),
        codes=np.zeros((0, len(book.features)), np.int16),
        label=np.zeros(0, np.bool_),
        protected={attribute.name: np.zeros(0, np.int8) for attribute in book.protected},
        groups={attribute.name: attribute.names for attribute in book.protected},
        row_id=np.zeros(0, np.int64),
        place=marks.get("place"),
        time=marks.get("time"),
    ).without(label.withheld)
