"""Check the bundled tables: their hashes, and their counts against published figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.codebook import Codebook, read_codebook
from tradeoffs.data.coding import Coding, Vocabulary
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.encoded import Encoded, read_encoded
from tradeoffs.data.raw import encode_frame, read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One comparison: what was found, what was expected, and who says so."""

    name: str
    found: str
    published: str
    source: str
    ok: bool


def check(folder: Path = DATA) -> list[Check]:
    """Compare every bundled table with its codebook and with published figures.

    A missing, altered or unreadable file is a failing check, never an exception.
    """
    return [line for dataset in DATASETS.values() for line in check_table(dataset, folder)]


def check_table(dataset: Dataset, folder: Path = DATA) -> list[Check]:
    """Compare one bundled table, as `check` does."""
    try:
        book = read_codebook(folder / f"{dataset.name}.json")
        frame = read_frame(book, folder)
    except InvalidInput as error:
        return [_file_check(dataset, str(error), ok=False)]
    same = _file_check(dataset, f"sha256 {book.sha256[:12]}..", ok=True)
    return [
        same,
        _encoded_check(dataset, book, frame, folder),
        *check_figures(dataset, book, frame),
    ]


def _encoded_check(dataset: Dataset, book: Codebook, frame: "pd.DataFrame", folder: Path) -> Check:
    """Compare the encoded file with the raw one, encoded now."""
    try:
        found, ok = _difference(read_encoded(book, folder), encode_frame(book, frame))
    except InvalidInput as error:
        found, ok = str(error), False
    return Check(
        name=f"{dataset.name}: encoded file",
        found=found,
        published="the same rows as the parquet file",
        source=f"{dataset.name}.npz",
        ok=ok,
    )


def _difference(stored: Encoded, fresh: Encoded) -> tuple[str, bool]:
    if len(stored.row_id) != len(fresh.row_id):
        return f"{len(stored.row_id)} rows instead of {len(fresh.row_id)}", False
    kept = stored.arrays()
    differ = np.zeros(len(fresh.row_id), dtype=np.bool_)
    for name, values in fresh.arrays().items():
        unlike = kept[name] != values
        differ |= unlike.any(1) if unlike.ndim > 1 else unlike
    return f"{int(differ.sum())} rows differ", not differ.any()


def _file_check(dataset: Dataset, found: str, *, ok: bool) -> Check:
    return Check(
        name=f"{dataset.name}: file",
        found=found,
        published="the file its codebook was made for",
        source=f"{dataset.name}.json",
        ok=ok,
    )


def check_figures(dataset: Dataset, book: Codebook, frame: "pd.DataFrame") -> list[Check]:
    """Compare raw values with the published figures and with the codebook's vocabularies."""
    checks = [
        _compare(
            f"{dataset.name}: {figure.name}",
            figure.found(frame),
            figure.published,
            figure.decimals,
            figure.source,
        )
        for figure in dataset.figures
    ]
    checks += _label_checks(dataset, book, frame)
    strays = sum(_unlisted(coding, frame) for coding in book.features)
    name = f"{dataset.name}: values outside the vocabularies"
    return [*checks, _compare(name, strays, 0, 0, f"{dataset.name}.json")]


def _label_checks(dataset: Dataset, book: Codebook, frame: "pd.DataFrame") -> list[Check]:
    """Compare the public numbers of people of each label, and that no person is in two files."""
    source = f"{dataset.name}.json"
    try:
        whole = encode_frame(book, frame)
    except InvalidInput as error:
        told = "values that can be encoded"
        name = f"{dataset.name}: encoding"
        return [Check(name=name, found=str(error), published=told, source=source, ok=False)]
    both = np.intersect1d(whole.person_id[whole.train], whole.person_id[~whole.train])
    checks = [_compare(f"{dataset.name}: people in two files", len(both), 0, 0, source)]
    for label in book.labels:
        split = whole.split(label.name)
        test = split.select.rows + split.report.rows
        for name, found, told in (
            ("training", split.train.rows, label.train_rows),
            ("test", test, label.test_rows),
        ):
            title = f"{dataset.name}: people with {label.name}, {name} file"
            checks.append(_compare(title, found, told, 0, source))
    return checks


def _compare(name: str, found: float, published: float, decimals: int, source: str) -> Check:
    left, right = f"{found:,.{decimals}f}", f"{published:,.{decimals}f}"
    return Check(name=name, found=left, published=right, source=source, ok=left == right)


def _unlisted(coding: Coding, frame: "pd.DataFrame") -> int:
    if not isinstance(coding, Vocabulary):
        return 0
    column = frame.loc[:, coding.name].dropna()
    return int(np.sum(coding.encode(column) >= len(coding.values)))


def report(checks: Sequence[Check]) -> str:
    """Return the checks as text: one a line with its outcome, and how many pass."""
    lines = [
        f"{'ok   ' if line.ok else 'FAILS'} {line.name}: {line.found}"
        + ("" if line.ok else f" (expected {line.published})")
        + f" [{line.source}]"
        for line in checks
    ]
    passed = sum(line.ok for line in checks)
    return "\n".join([*lines, f"{passed} of {len(checks)} checks pass"])
