"""MEPS: two person files of the Medical Expenditure Panel Survey, 2015 and 2016."""

# pandas' types cannot tell a frame from a column here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false
# pyright: reportCallIssue=false

from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa

from tradeoffs.errors import InvalidInput

from .recipe import WORDS, Files, Recipe, as_table

YES_NO = {1: "yes", 2: "no"}
CONDITIONS = {  # "ever told by a doctor", asked of everybody who is 18 or over
    "high_blood_pressure": "HIBPDX",
    "coronary_disease": "CHDDX",
    "angina": "ANGIDX",
    "heart_attack": "MIDX",
    "other_heart_disease": "OHRTDX",
    "stroke": "STRKDX",
    "emphysema": "EMPHDX",
    "high_cholesterol": "CHOLDX",
    "cancer": "CANCERDX",
    "diabetes": "DIABDX",
    "arthritis": "ARTHDX",
    "asthma": "ASTHDX",
}
OTHER_ANSWERS = {
    "chronic_bronchitis": "CHBRON53",
    "joint_pain": "JTPAIN53",
    "walking_limited": "WLKLIM53",
    "activity_limited": "ACTLIM53",
    "social_limited": "SOCLIM53",
    "thinking_limited": "COGLIM53",
    "hearing_difficulty": "DFHEAR42",
    "seeing_difficulty": "DFSEE42",
    "smokes": "ADSMOK42",
    "pregnant": "PREGNT53",
}
CODED = {  # column -> its name in the files, and words for its codes; any other code is missing
    "region": ("REGION53", {1: "Northeast", 2: "Midwest", 3: "South", 4: "West"}),
    "sex": ("SEX", {1: "Male", 2: "Female"}),
    "race": (
        "RACEV2X",
        {1: "White", 2: "Black", 3: "Native American", 12: "Multiple"}
        | dict.fromkeys((4, 5, 6, 10), "Asian or Pacific Islander"),
    ),
    "race_ethnicity": (
        "RACETHX",
        {1: "Hispanic", 2: "White", 3: "Black", 4: "Asian", 5: "Other or multiple"},
    ),
    "marital_status": (  # 7 to 10: the same, since the last interview
        "MARRY53X",
        {1: "Married", 2: "Widowed", 3: "Divorced", 4: "Separated", 5: "Never married"}
        | {7: "Married", 8: "Widowed", 9: "Divorced", 10: "Separated"},
    ),
    "employment": (
        "EMPST53",
        {1: "Employed", 2: "Job to return to", 3: "Job earlier", 4: "Not employed"},
    ),
    "insurance": ("INSCOV", {1: "Private", 2: "Public only", 3: "Uninsured"}),
    "poverty": (
        "POVCAT",
        {1: "Poor", 2: "Near poor", 3: "Low income", 4: "Middle income", 5: "High income"},
    ),
    **{name: (code, YES_NO) for name, code in (CONDITIONS | OTHER_ANSWERS).items()},
}
NUMBERS = {  # column -> its name in the files and its type; a negative value is missing
    "age": ("AGE53X", pa.int8()),
    "health": ("RTHLTH53", pa.int8()),
    "mental_health": ("MNHLTH53", pa.int8()),
    "physical_score": ("PCS42", pa.int8()),  # whole points, rounded down
    "mental_score": ("MCS42", pa.int8()),
    "distress": ("K6SUM42", pa.int8()),
    "low_mood": ("PHQ242", pa.int8()),
    "cost": ("TOTEXP", pa.int32()),
    "office_visits": ("OBTOTV", pa.int16()),
    "outpatient_visits": ("OPTOTV", pa.int16()),
    "emergency_visits": ("ERTOT", pa.int8()),
    "hospital_nights": ("IPNGTD", pa.int16()),
    "home_care_days": ("HHTOTD", pa.int16()),
    "prescriptions": ("RXTOT", pa.int16()),
}
VISITS = ("office_visits", "outpatient_visits", "emergency_visits", "hospital_nights")
OUTCOMES = {
    "visits": pa.int16(),
    "conditions": pa.int8(),
    "next_cost": pa.int32(),
    "next_visits": pa.int16(),
    "next_conditions": pa.int8(),
    "next_health": pa.int8(),
}
YEARLY = (  # names that end in the two digits of their year
    ["INSCOV", "POVCAT", "TOTEXP", "OBTOTV", "OPTOTV", "ERTOT", "IPNGTD", "HHTOTD", "RXTOT", "TTLP"]
)
WEIGHT = "PERWT"
PUBLISHED = {  # year -> rows, rows with a weight, people they stand for: HC-181, HC-192
    2015: (35_427, 33_893, 321_423_251),
    2016: (34_655, 33_259, 323_141_687),
}
EDUCATION = {  # codes of EDRECODE, which panel 19 has in place of years of schooling
    1: "Eighth grade or less",
    2: "High school, no diploma",
    13: "High school diploma",
    14: "Some college",
    15: "Four years of college",
    16: "More than four years",
}
SCHOOL_YEARS = (9, 12, 13, 16, 17)  # the same levels by years of schooling


def read(content: bytes, year: int) -> pd.DataFrame:
    """Return the named columns of one file, without the year in their names.

    Raises:
        InvalidInput: its rows, weights or sum of weights are not the published ones.
    """
    ending = str(year)[2:]
    named = {f"{name}{ending}": name for name in YEARLY} | {f"{WEIGHT}{ending}F": WEIGHT}
    plain = {code for code, _ in CODED.values()} | {code for code, _ in NUMBERS.values()}
    plain = (plain - set(YEARLY)) | {"PANEL", "DUPERSID", "EDUCYR", "EDRECODE"}
    frame = pd.read_csv(BytesIO(content), usecols=lambda name: name in plain or name in named)
    frame = frame.rename(columns=named).assign(year=year)
    found = (len(frame), int((frame[WEIGHT] > 0).sum()), round(frame[WEIGHT].sum()))
    if found != PUBLISHED[year]:
        raise InvalidInput(
            "rows_not_as_published", year=year, found=str(found), published=str(PUBLISHED[year])
        )
    return frame


def schooling(frame: pd.DataFrame) -> pd.Series:
    """Return the level of schooling: recoded in 2015, from years of schooling in 2016."""
    places = np.searchsorted(SCHOOL_YEARS, frame["EDUCYR"], side="right")
    by_years = pd.Series(np.array(list(EDUCATION.values()))[places], frame.index)
    by_years = by_years.where(frame["EDUCYR"] >= 0)
    if "EDRECODE" not in frame:
        return by_years
    return frame["EDRECODE"].map(EDUCATION).where(frame["EDUCYR"] == -1, by_years)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Return words for codes and numbers with their missing values missing."""
    columns: dict[str, pd.Series] = {
        name: frame[code].map(words) for name, (code, words) in CODED.items()
    }
    for name, (code, _) in NUMBERS.items():
        columns[name] = np.floor(frame[code].where(frame[code] >= 0))
    columns |= {name: frame[name] for name in ("PANEL", "DUPERSID", "year", WEIGHT)}
    table = pd.DataFrame(columns).assign(schooling=schooling(frame))
    answers = table[list(CONDITIONS)]
    return table.assign(
        visits=table[[*VISITS, "home_care_days"]].sum(axis=1, skipna=False),
        conditions=answers.eq("yes").sum(axis=1).where(answers.notna().any(axis=1)),
    )


def in_scope(frame: pd.DataFrame) -> pd.DataFrame:
    """Return adults that the survey counts in that year: those with a weight."""
    return frame.loc[(frame["age"] >= 18) & (frame[WEIGHT] > 0)]


def meps(files: Files) -> pa.Table:
    """One row for each adult: the first year in the files, and what became of him or her a year on.

    Panel 20 is in both files: its second year gives the columns next_*, not another row.
    """
    both = [in_scope(named(read(files[f"{file}.csv"], year))) for file, year in FILES.items()]
    person = ["PANEL", "DUPERSID"]
    later = both[1][[*person, "cost", "visits", "conditions", "health"]]
    later = later.rename(columns=lambda name: name if name in person else f"next_{name}")
    first = both[0].merge(later, on=person, how="left", validate="one_to_one")
    frame = pd.concat([first, both[1]]).drop_duplicates(person).reset_index(drop=True)
    frame = frame.rename(columns={"PANEL": "panel"})
    frame["row_id"] = frame.index
    types: dict[str, pa.DataType] = {"row_id": pa.int32(), "panel": pa.int8(), "year": pa.int16()}
    types |= dict.fromkeys((*CODED, "schooling"), WORDS)
    types |= {name: kind for name, (_, kind) in NUMBERS.items()} | OUTCOMES
    return as_table(frame, types)


FILES = {"h181": 2015, "h192": 2016}
RECIPE = Recipe(
    package="aif360==0.2.3",
    python="3.8",
    files={
        "aif360/data/raw/meps/h181.csv": (
            "a6b1621b21561c0eb7924c7c199f0c6222e1ef76715e344cb537a4309bc56ac4"
        ),
        "aif360/data/raw/meps/h192.csv": (
            "43c41efd961dbe6cacef6b183972941cae74559e9316ddc83aa957f0208a369c"
        ),
    },
    table=meps,
)
