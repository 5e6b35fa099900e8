"""Mortgage applications in Boston, 1990, the better known extract: is one approved?"""

from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.dataset import Dataset, PublishedFigure, count_rows, share

if TYPE_CHECKING:
    import pandas as pd

_BOOK = "Stock and Watson, Introduction to Econometrics, chapter 11"
_COUNT = "count of the original file"


def _slope(frame: "pd.DataFrame") -> float:
    denied = ~frame["approved"].to_numpy(bool)
    return float(np.polyfit(frame["pirat"].to_numpy(float), denied, 1)[0])


HMDA = Dataset(
    name="hmda",
    help=(
        "Mortgage applications in Boston in 1990: does the lender approve? The extract that "
        "textbooks use, with more applicants and fewer columns than loanapp, and without sex."
    ),
    ordered=("pirat", "hirat", "lvrat"),
    figures=(
        count_rows("rows", 2_380, _BOOK),
        share("share approved", "approved", 0.88, 2, _BOOK),
        share("share approved, Black", "approved", 1 - 0.283, 3, _BOOK, race="black"),
        share("share approved, not Black", "approved", 1 - 0.093, 3, _BOOK, race="not black"),
        PublishedFigure(
            name="slope of denied on payments over income",
            published=0.604,
            decimals=3,
            source=_BOOK,
            found=_slope,
        ),
        count_rows("rows, Black", 339, _COUNT, race="black"),
        count_rows("rows, not Black", 2_041, _COUNT, race="not black"),
        count_rows("rows, single", 936, _COUNT, single="yes"),
    ),
)
