"""Sweep folder: the parts of a sweep as Parquet files, written one by one and taken up again.

A part is there whole or not at all: it is written beside its place and then renamed.  Which models
a part has follows from the sweep alone, so that whoever goes on loses none and has none twice.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.errors import InvalidInput
from tradeoffs.measurement import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import pyarrow as pa

MANIFEST = "_sweep.json"  # readers of Parquet folders skip names that begin with _ or .
UNFINISHED = ".unfinished"


class SweepFolder:
    """A folder with the parts of one sweep.

    Args:
        path: of the folder; it is made, must be empty, or hold parts of the same sweep.
        told: what the sweep is, as JSON; other words are another sweep.
        sizes: number of models of each part.

    Raises:
        InvalidInput: the folder cannot be used, or holds something else.
    """

    def __init__(self, path: Path, told: Mapping[str, object], sizes: Sequence[int]) -> None:
        """Begin, or take up what is there."""
        self.path, self._sizes = path, sizes
        with self._writing():
            path.mkdir(parents=True, exist_ok=True)
            for one in path.glob(f"*{UNFINISHED}"):
                one.unlink()
            if not any(path.iterdir()):
                self._put(MANIFEST, json.dumps(told, indent=1).encode())
        self._compare(told)

    def missing(self) -> list[int]:
        """Return the parts that are not there, in their order; InvalidInput if one is damaged."""
        return [part for part in range(len(self._sizes)) if not self._is_there(part)]

    def write(self, part: int, frame: "pd.DataFrame") -> None:
        """Write the rows of a part; InvalidInput says why it cannot be written."""
        import pyarrow as pa

        empty = frame.columns[frame.isna().all()]  # may hold numbers or words in another part
        known = pa.Table.from_pandas(frame.drop(columns=empty), preserve_index=False)
        whole = {name: pa.nulls(len(frame)) for name in frame}
        whole |= dict(zip(known.column_names, known.columns, strict=True))
        self._write(self._file(part), pa.table(whole))

    def align(self) -> None:
        """Give all parts the same columns, once all are there: some tables have more than others.

        A column that a part lacks is missing in its rows.  What is of the right form is left alone.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        files = [self._file(part) for part in range(len(self._sizes))]
        schemas = [pq.read_schema(file).remove_metadata() for file in files]
        whole = pa.unify_schemas(schemas, promote_options="permissive")
        whole = pa.schema(
            [f.with_type(pa.float64()) if pa.types.is_null(f.type) else f for f in whole]
        )
        for file, schema in zip(files, schemas, strict=True):
            if schema != whole:
                there = pq.ParquetFile(file).read()
                own = {name: there.column(name) for name in schema.names}
                empty = pa.nulls(there.num_rows)
                columns = [own.get(f.name, empty).cast(f.type) for f in whole]
                self._write(file, pa.Table.from_arrays(columns, schema=whole))

    def _file(self, part: int) -> Path:
        return self.path / f"part-{part:05}.parquet"

    def _is_there(self, part: int) -> bool:
        import pyarrow as pa
        import pyarrow.parquet as pq

        file, wanted = self._file(part), self._sizes[part] * len(SPLITS)
        if not file.exists():
            return False
        try:
            rows = pq.read_metadata(file).num_rows
        except (OSError, pa.ArrowInvalid) as error:
            raise InvalidInput("cannot_read", file=str(file), reason=str(error)) from None
        if rows != wanted:
            raise InvalidInput("part_of_others", file=str(file), rows=rows, wanted=wanted)
        return True

    def _compare(self, told: Mapping[str, object]) -> None:
        """Raise InvalidInput where the folder holds another sweep than the one that is told."""
        file = self.path / MANIFEST
        if not file.exists():
            raise InvalidInput("folder_of_others", folder=str(self.path))
        try:
            there = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InvalidInput("cannot_read", file=str(file), reason=str(error)) from None
        same = json.loads(json.dumps(told))
        for name in same:
            if not isinstance(there, dict) or there.get(name) != same[name]:
                raise InvalidInput("folder_of_another_sweep", folder=str(self.path), name=name)

    def _write(self, file: Path, table: "pa.Table") -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        written = pa.BufferOutputStream()
        pq.write_table(table, written, compression="zstd")
        with self._writing():
            self._put(file.name, written.getvalue().to_pybytes())

    def _put(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, even where the machine stops."""
        beside = self.path / f"{name}.{os.getpid()}{UNFINISHED}"
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path / name)

    @contextmanager
    def _writing(self) -> "Iterator[None]":
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise InvalidInput("cannot_write", file=str(self.path), reason=reason) from None
