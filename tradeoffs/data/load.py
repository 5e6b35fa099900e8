"""Load a dataset as train, select and report, once a process; an own table by its handle."""

from functools import lru_cache

from tradeoffs.catalogue import require_known
from tradeoffs.data.codebook import Codebook, read_codebook
from tradeoffs.data.encoded import Encoded, read_encoded
from tradeoffs.data.table import Split
from tradeoffs.data.table_cache import table_cache
from tradeoffs.data.table_handle import own
from tradeoffs.paths import DATA


@table_cache
@lru_cache(maxsize=16)
def load_codebook(name: str) -> Codebook:
    """Return the codebook of a bundled or an own table; an unknown name lists the known ones."""
    if (held := own(name)) is not None:
        return held.book
    # A bundled table is the one with a codebook and a datasheet; other JSON may lie beside it.
    known = sorted(path.stem for path in DATA.glob("*.json") if path.with_suffix(".md").exists())
    require_known("dataset", name, known)
    return read_codebook(DATA / f"{name}.json")


@table_cache
@lru_cache(maxsize=4)
def load_encoded(name: str) -> Encoded:
    """Return the whole of a dataset; its arrays are read-only, as everybody shares them.

    Raises:
        InvalidInput: the name is unknown (the known ones are listed), or the file is absent,
            damaged or of another codebook; or an own table is gone.
    """
    if (held := own(name)) is not None:
        return held
    whole = read_encoded(load_codebook(name))
    for array in whole.arrays().values():
        array.setflags(write=False)
    return whole


@table_cache
@lru_cache(maxsize=8)
def load_split(name: str, label: str | None = None) -> Split:
    """Return a dataset for one of its labels; its arrays are read-only.

    Args:
        name: of the dataset.
        label: may be left out where the dataset has only one.

    Raises:
        InvalidInput: as `load_encoded`, or the label is unknown or not named.
    """
    known = load_codebook(name).label(label).name
    if label != known:
        return load_split(name, known)
    split = load_encoded(name).split(label)
    for table in (split.train, split.select, split.report):
        for array in table.arrays():
            array.setflags(write=False)
    return split
