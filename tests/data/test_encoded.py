import numpy as np
import pytest

from tradeoffs.data.encoded import Encoded, fingerprint, read_encoded, write_encoded
from tradeoffs.data.load import load_codebook, load_encoded, load_split
from tradeoffs.data.raw import encode_frame, read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

BOOK = load_codebook("adult")
TOLD = r"adult\.npz.*; restore it, or in a checkout run `python data/build\.py adult`"


def same(one: Encoded, other: Encoded) -> bool:
    left, right = one.arrays(), other.arrays()
    return left.keys() == right.keys() and all(
        left[name].dtype == right[name].dtype and np.array_equal(left[name], right[name])
        for name in left
    )


def test_the_shipped_file_holds_the_rows_of_the_raw_one():
    assert same(read_encoded(BOOK), encode_frame(BOOK, read_frame(BOOK)))


def test_what_is_written_reads_back(tmp_path):
    whole = read_encoded(BOOK)
    write_encoded(whole, tmp_path)
    assert same(read_encoded(BOOK, tmp_path), whole)


def test_the_parts_of_a_split_share_no_row_and_lose_none():
    whole = read_encoded(BOOK)
    split = whole.split()
    ids = [part.row_id for part in (split.train, split.select, split.report)]
    assert np.array_equal(np.sort(np.concatenate(ids)), np.sort(whole.row_id))
    assert np.array_equal(split.train.row_id, whole.row_id[whole.train])


def test_loaded_arrays_are_shared_and_cannot_be_written():
    split = load_split("adult")
    assert load_split("adult", "income_gt_50k") is split
    for table in (split.train, split.select, split.report):
        assert not any(array.flags.writeable for array in table.arrays())
    assert not any(array.flags.writeable for array in load_encoded("adult").arrays().values())


def test_any_change_of_the_codebook_changes_the_fingerprint():
    changes = ({"sha256": "0" * 64}, {"title": BOOK.title + "!"}, {"crossings": ()})
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
