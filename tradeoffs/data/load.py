"""Load a bundled dataset as train, select and report, once a process."""

from functools import lru_cache

from tradeoffs.data.codebook import load_codebook
from tradeoffs.data.encoded import read_encoded, split_table
from tradeoffs.data.table import Split


@lru_cache(maxsize=4)
def load_split(name: str) -> Split:
    """Return a bundled dataset; its arrays are read-only, as everybody shares them.

    Raises:
        InvalidInput: the name is unknown (the known ones are listed), or the file is absent,
            damaged or of another codebook.
    """
    split = split_table(*read_encoded(load_codebook(name)))
    for table in (split.train, split.select, split.report):
        for array in (table.codes, table.label, table.row_id, *table.protected.values()):
            array.setflags(write=False)
    return split
