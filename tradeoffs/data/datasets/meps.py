"""MEPS: who needs health care, by cost, by diagnoses or by one's own word."""

from typing import TYPE_CHECKING

from tradeoffs.data.dataset import Dataset, PublishedFigure, count_known, count_rows, share
from tradeoffs.language.translation import mark

if TYPE_CHECKING:
    import pandas as pd

_COUNT = "count of the original files"


def _gap(column: str, published: float) -> PublishedFigure:
    """White less Black, for one of two ways to draw the groups."""

    def found(frame: "pd.DataFrame") -> float:
        costly = frame["cost"].to_numpy() >= 12_742
        groups = frame[column].to_numpy()
        return float(costly[groups == "White"].mean() - costly[groups == "Black"].mean())

    return PublishedFigure(
        name=f"share in the top tenth by cost, White less Black, by {column}",
        published=published,
        decimals=4,
        source=_COUNT,
        found=found,
    )


MEPS = Dataset(
    name="meps",
    help=(
        "Adults of a survey of health care in the United States, 2015 and 2016. A programme "
        "of extra care has few places, and a positive decision is a place. Who needs one "
        "can be taken from the cost of care, from diagnoses or from people's own word, and "
        "the three disagree (Obermeyer et al. 2019). None is unbiased: cost and diagnoses "
        "both depend on access to care."
    ),
    ordered=("age", "distress", "schooling"),
    meanings=(
        ("visits_10", mark("need as visits")),
        ("cost_over_5000", mark("need as costs")),
        ("conditions_3", mark("need as diagnoses")),
        ("health_poor", mark("need as one's own word")),
    ),
    figures=(
        count_rows("adults of panel 19, 2015", 11_366, _COUNT, panel=19, year=2015),
        count_rows("adults of panel 20, first seen in 2015", 13_161, _COUNT, panel=20, year=2015),
        count_rows("adults of panel 20, first seen in 2016", 216, _COUNT, panel=20, year=2016),
        count_rows("adults of panel 21, 2016", 11_970, _COUNT, panel=21, year=2016),
        count_known("adults of panel 20 with both years", "next_cost", 12_026, _COUNT),
        count_rows("women", 19_661, _COUNT, sex="Female"),
        count_rows("men", 17_052, _COUNT, sex="Male"),
        count_rows("Hispanic", 10_709, _COUNT, race_ethnicity="Hispanic"),
        count_rows("White, not Hispanic", 15_165, _COUNT, race_ethnicity="White"),
        count_rows("Black, not Hispanic", 6_891, _COUNT, race_ethnicity="Black"),
        count_rows("Asian, not Hispanic", 2_903, _COUNT, race_ethnicity="Asian"),
        count_rows("White, Hispanics within", 25_188, _COUNT, race="White"),
        count_rows("Black, Hispanics within", 7_122, _COUNT, race="Black"),
        count_rows("uninsured all year", 4_937, _COUNT, insurance="Uninsured"),
        count_rows("poor", 6_455, _COUNT, poverty="Poor"),
        count_rows("in the South", 13_879, _COUNT, region="South"),
        share("share with 10 visits", "visits", 0.2143, 4, _COUNT, at_least=10),
        share("share in the top tenth by visits", "visits", 0.0996, 4, _COUNT, at_least=21),
        share("share with 5,000 dollars", "cost", 0.2202, 4, _COUNT, at_least=5_000),
        share("share in the top tenth by cost", "cost", 0.1000, 4, _COUNT, at_least=12_742),
        share("share with 3 conditions", "conditions", 0.2249, 4, _COUNT, at_least=3),
        share("share with poor health", "health", 0.1525, 4, _COUNT, at_least=4),
        share("next year, 10 visits", "next_visits", 0.2194, 4, _COUNT, at_least=10),
        share("next year, 5,000 dollars", "next_cost", 0.2378, 4, _COUNT, at_least=5_000),
        share("next year, top tenth by cost", "next_cost", 0.1000, 4, _COUNT, at_least=13_819),
        share("next year, 3 conditions", "next_conditions", 0.2421, 4, _COUNT, at_least=3),
        share("next year, 4 conditions", "next_conditions", 0.1456, 4, _COUNT, at_least=4),
        share("next year, poor health", "next_health", 0.1553, 4, _COUNT, at_least=4),
        _gap("race_ethnicity", 0.0348),
        _gap("race", 0.0072),
    ),
)
