"""A row gives back the measurement that was packed, or says that it is damaged."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_measurement import PARTS, measured
from tradeoffs.jobs.record import (
    pack,
    pack_schema,
    unpack,
    unpack_schema,
    with_checksum,
)
from tradeoffs.measurement import Measurement

WHOLE = measured(
    training={"epsilon_spent": math.inf, "accountant": "prv"},
    select={"accuracy": 0.1 + 0.2},
    report={"accuracy": 5e-324, "auc": -0.0},
)


def read(row: bytes, like: Measurement = WHOLE) -> Measurement:
    return unpack(row, {like.schema.name: like.schema}.__getitem__)


@settings(deadline=None)
@given(PARTS)
def test_a_measurement_reads_back_from_its_row_to_the_last_bit(parts):
    whole = Measurement.of(**parts)
    again = read(pack(whole), whole)
    assert again.numbers.tobytes() == whole.numbers.tobytes()
    assert again.texts == whole.texts and again.schema is whole.schema
    assert again.bits is None


@given(st.integers(min_value=0), st.integers(0, 7))
def test_a_bit_that_turned_is_found(place, bit):
    row = bytearray(pack(WHOLE))
    row[place % len(row)] ^= 1 << bit
    with pytest.raises(ValueError, match="."):
        read(bytes(row))


@given(st.integers(min_value=0))
def test_a_row_that_is_cut_short_is_found(length):
    row = pack(WHOLE)
    with pytest.raises(ValueError, match="."):
        read(row[: length % len(row)])


def test_a_schema_reads_back_and_is_the_same_object():
    assert unpack_schema(pack_schema(WHOLE.schema)) is WHOLE.schema


@pytest.mark.parametrize(
    "text", [b"[" * 100_000, b"{}", b"[]", b'["a","b"]', b"[[1],[2]]", b'[["a","a"],[]]', b"\xff"]
)
def test_what_are_no_names_is_no_schema(text):
    with pytest.raises(ValueError, match="."):
        unpack_schema(with_checksum(text))


def test_a_row_of_another_schema_is_damaged():
    wider = measured(report={"accuracy": 1.0, "auc": 1.0, "gap": 1.0})
    with pytest.raises(ValueError, match="more or fewer"):
        unpack(pack(WHOLE), lambda name: wider.schema)
