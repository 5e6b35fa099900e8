import numpy as np
import pytest

from tradeoffs.data.codebook import load_codebook
from tradeoffs.data.encoded import fingerprint, read_encoded, split_table, write_encoded
from tradeoffs.data.load import load_split
from tradeoffs.data.raw import encode_frame, in_training, read_frame
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

BOOK = load_codebook("adult")
TOLD = r"adult\.npz.*; restore it or run `python data/build\.py adult`"


def arrays(table: Table) -> list[np.ndarray]:
    own = [table.codes, table.label, table.row_id]
    return own + [table.protected[name] for name in sorted(table.protected)]


def same(one: Table, other: Table) -> bool:
    pairs = zip(arrays(one), arrays(other), strict=True)
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


def test_the_shipped_file_holds_the_rows_of_the_raw_one():
    frame = read_frame(BOOK)
    table, train = read_encoded(BOOK)
    assert same(table, encode_frame(BOOK, frame))
    assert np.array_equal(train, in_training(frame))
    assert (table.features, table.groups) == (load_split("adult").train.features, table.groups)


def test_what_is_written_reads_back(tmp_path):
    table, train = read_encoded(BOOK)
    write_encoded(BOOK, table, train, tmp_path)
    again, mark = read_encoded(BOOK, tmp_path)
    assert same(table, again) and np.array_equal(mark, train)


def test_the_parts_of_a_split_share_no_row_and_lose_none():
    table, train = read_encoded(BOOK)
    split = split_table(table, train)
    ids = [part.row_id for part in (split.train, split.select, split.report)]
    assert np.array_equal(np.sort(np.concatenate(ids)), np.sort(table.row_id))
    assert np.array_equal(split.train.row_id, table.row_id[train])


def test_loaded_arrays_are_shared_and_cannot_be_written():
    split = load_split("adult")
    assert load_split("adult") is split
    for table in (split.train, split.select, split.report):
        assert not any(array.flags.writeable for array in arrays(table))


def test_any_change_of_the_codebook_changes_the_fingerprint():
    changes = ({"sha256": "0" * 64}, {"title": BOOK.title + "!"}, {"train_rows": 5})
    prints = {fingerprint(BOOK.model_copy(update=change)) for change in changes}
    assert len(prints | {fingerprint(BOOK)}) == 4


def test_the_file_of_another_codebook_is_refused():
    other = BOOK.model_copy(update={"sha256": "0" * 64})
    with pytest.raises(InvalidInput, match=TOLD.replace(".*", " was not made with this codebook")):
        read_encoded(other)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InvalidInput, match=TOLD):
        read_encoded(BOOK, tmp_path)


@pytest.mark.parametrize("size", [0, 1, 100, 10_000, -1])
def test_a_cut_file_is_told(tmp_path, size):
    content = (DATA / "adult.npz").read_bytes()
    (tmp_path / "adult.npz").write_bytes(content[:size])
    with pytest.raises(InvalidInput, match=TOLD):
        read_encoded(BOOK, tmp_path)


def test_a_damaged_byte_is_told_wherever_it_falls(tmp_path):
    content = (DATA / "adult.npz").read_bytes()
    for place in np.linspace(1_000, len(content) - 2_000, 25).astype(int):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        (tmp_path / "adult.npz").write_bytes(bytes(damaged))
        with pytest.raises(InvalidInput, match=TOLD):
            read_encoded(BOOK, tmp_path)
