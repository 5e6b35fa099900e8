"""UCI Adult: does a person of the 1994 survey earn over 50,000 dollars a year?"""

from typing import TYPE_CHECKING

from tradeoffs.data.dataset import Dataset, PublishedFigure

if TYPE_CHECKING:
    import pandas as pd

_NAMES = "adult.names, Becker and Kohavi 1996"
_COUNT = "count of the original files"


def _part(frame: "pd.DataFrame", split: str, *, complete: bool = False) -> "pd.DataFrame":
    part = frame.loc[frame["split"] == split]
    return part.dropna() if complete else part


def _rate(frame: "pd.DataFrame") -> float:
    return float(frame.loc[:, "income_gt_50k"].mean())


def _share_of_men(frame: "pd.DataFrame") -> float:
    return float(_part(frame, "train", complete=True).loc[:, "sex"].eq("Male").mean())


def _rows(name: str, published: int, split: str, *, complete: bool) -> PublishedFigure:
    return PublishedFigure(
        name=name,
        published=published,
        decimals=0,
        source=_NAMES,
        found=lambda frame: len(_part(frame, split, complete=complete)),
    )


def _group_rows(column: str, value: str, published: int) -> PublishedFigure:
    return PublishedFigure(
        name=f"rows with {column} {value}",
        published=published,
        decimals=0,
        source=_COUNT,
        found=lambda frame: int(frame.loc[:, column].eq(value).sum()),
    )


def _group_rate(value: str, published: float) -> PublishedFigure:
    def found(frame: "pd.DataFrame") -> float:
        part = _part(frame, "train", complete=True)
        return _rate(part.loc[part["sex"] == value])

    return PublishedFigure(
        name=f"share over 50K, {value}, training file, complete rows",
        published=published,
        decimals=4,
        source=_COUNT,
        found=found,
    )


ADULT = Dataset(
    name="adult",
    help=(
        "Adults of a 1994 survey in the United States: does a person's income exceed 50,000 "
        "dollars a year? The classic benchmark. It is a poor task: old, with one high "
        "threshold that hides most differences in income (Ding et al. 2021)."
    ),
    ordered=("education_num", "hours_per_week", "age"),
    origin=("native_country", "United States", False),
    middle=0.6,  # about half of the people by published figures: up to high school
    figures=(
        _rows("rows, training file", 32_561, "train", complete=False),
        _rows("rows, test file", 16_281, "test", complete=False),
        _rows("complete rows, training file", 30_162, "train", complete=True),
        _rows("complete rows, test file", 15_060, "test", complete=True),
        PublishedFigure(
            name="share over 50K, all rows",
            published=0.2393,
            decimals=4,
            source=_NAMES,
            found=_rate,
        ),
        PublishedFigure(
            name="share over 50K, complete rows",
            published=0.2478,
            decimals=4,
            source=_NAMES,
            found=lambda frame: _rate(frame.dropna()),
        ),
        _group_rate("Male", 0.3138),
        _group_rate("Female", 0.1137),
        PublishedFigure(
            name="share of men, training file, complete rows",
            published=0.6757,
            decimals=4,
            source=_COUNT,
            found=_share_of_men,
        ),
        _group_rows("sex", "Female", 16_192),
        _group_rows("sex", "Male", 32_650),
        _group_rows("race", "Amer-Indian-Eskimo", 470),
        _group_rows("race", "Asian-Pac-Islander", 1_519),
        _group_rows("race", "Black", 4_685),
        _group_rows("race", "Other", 406),
        _group_rows("race", "White", 41_762),
    ),
)
