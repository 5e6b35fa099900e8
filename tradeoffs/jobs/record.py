"""A measurement as the store keeps it: its numbers and texts, and its decisions apart from them.

A row is a checksum, the name of the schema, the numbers and the texts; a checksum stands before
decisions too.  What is damaged is not read.
"""

import json
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from tradeoffs.measurement import Measurement, Schema
from tradeoffs.values.explanations.catalogue import METRICS
from tradeoffs.values.fairness.notion import COUNTS

HEAD = struct.Struct("<I16sI")  # checksum of what follows, schema, bytes of numbers: 24 bytes
CHECK = struct.Struct("<I")
NUMBERS = np.dtype("<f8")
MOST_BYTES = 16_000_000  # of a row, uncompressed; the largest network has some 2 MB


def pack(measurement: Measurement) -> bytes:
    """Return the row of a measurement, without its decisions."""
    numbers = measurement.numbers.astype(NUMBERS, copy=False).tobytes()
    name, texts = measurement.schema.name.encode(), _written(tuple(measurement.texts.items()))
    head = HEAD.pack(0, name, len(numbers))
    return with_checksum(head[CHECK.size :] + numbers + texts)


def unpack(row: bytes, schema_of: Callable[[str], Schema]) -> Measurement:
    """Read a row; its decisions are not read.

    Args:
        row: what `pack` returned.
        schema_of: returns the schema of a name, or raises ValueError.

    Raises:
        ValueError: it is damaged.
    """
    verify_checksum(row)
    if len(row) < HEAD.size:
        raise ValueError("not a measurement: cut short")
    _, name, size = HEAD.unpack_from(row)
    schema = schema_of(name.decode("ascii", "replace"))
    if size != schema.width * NUMBERS.itemsize or len(row) < HEAD.size + size:
        raise ValueError("not a measurement: more or fewer numbers than names")
    numbers = np.frombuffer(row, NUMBERS, schema.width, HEAD.size)
    if np.isinf(numbers[len(schema.training) :]).any():
        raise ValueError("not a measurement: a figure is infinite")
    texts = _texts(row[HEAD.size + size :])
    return Measurement(schema=schema, numbers=numbers, texts=texts, bits=None)


def pack_schema(schema: Schema) -> bytes:
    """Return the names of a schema as the store keeps them, once."""
    names = [schema.training, schema.figures]
    return with_checksum(json.dumps(names, separators=(",", ":")).encode())


def unpack_schema(payload: bytes) -> Schema:
    """Read the names of a schema; raise ValueError if they are damaged."""
    found = read_json(verify_checksum(payload))
    if not isinstance(found, list) or len(found) != 2:
        raise ValueError("not the names of a measurement")
    for names in found:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ValueError("not the names of a measurement")
        if len(set(names)) < len(names):
            raise ValueError("not the names of a measurement: one stands twice")
    return Schema.of(*found)


def is_complete(schema: Schema) -> bool:
    """Say whether all is there that evaluation measures of the catalogues' entries.

    A measurement from before an entry was added lacks its column, which says nothing of the model:
    a quantity that is not measurable has a column too.  A notion's gap is told by the counts of
    groups, too (see `experiments.comparison`).  Where a shift leaves too few people, or the table
    does not say what they could change, there is nothing to measure.
    """
    names = {name.partition("[")[0] for name in schema.figures}
    gaps = set(COUNTS) if "people" in names else set()
    changeable = any(one.needs_actions and one.name in names for one in METRICS.values())
    explained = {
        one.name
        for one in METRICS.values()
        if (one.of or one.measure) and (changeable or not one.needs_actions)
    }
    return gaps | (explained if "attribution" in names else set()) <= names


def with_checksum(content: bytes) -> bytes:
    """Return bytes with a checksum before them."""
    return CHECK.pack(zlib.crc32(content)) + content


def verify_checksum(payload: bytes) -> memoryview:
    """Return the bytes that a checksum stands before; raise ValueError if they are damaged."""
    if not isinstance(payload, bytes) or len(payload) < CHECK.size:
        raise ValueError("cut short")
    content = memoryview(payload)[CHECK.size :]
    if CHECK.unpack_from(payload)[0] != zlib.crc32(content):
        raise ValueError("damaged")
    return content


def inflate(payload: bytes) -> bytes:
    """Return what was compressed; raise ValueError if it is damaged or absurdly large."""
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(payload, MOST_BYTES)
    except (zlib.error, TypeError) as error:
        raise ValueError(f"not compressed bytes: {error}") from error
    if not reader.eof:
        raise ValueError(f"cut short, or more than {MOST_BYTES} bytes")
    return found


def read_json(text: bytes | memoryview) -> object:
    """Read JSON; raise ValueError if it is none."""
    try:
        return json.loads(bytes(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None


@lru_cache(maxsize=1_000)
def _written(texts: tuple[tuple[str, str], ...]) -> bytes:
    return json.dumps(dict(texts), separators=(",", ":")).encode()


@lru_cache(maxsize=1_000)
def _texts(text: bytes) -> Mapping[str, str]:
    """Read the texts of a row, which many share."""
    found = read_json(text)
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise ValueError("not a measurement: other texts")
    return found
