"""General Social Survey 1994 to 2006: does a person's family have 25,000 dollars a year?"""

from tradeoffs.data.dataset import Dataset, PublishedFigure, count_known, count_rows, share
from tradeoffs.language.translation import mark

_COUNT = "count of the original file"
_BOOK = "Wooldridge, data set happiness"
_BY_YEAR = {
    1994: (2_977, 0.5919),
    1996: (2_885, 0.6285),
    1998: (2_806, 0.6336),
    2000: (2_777, 0.6378),
    2002: (1_369, 0.6738),
    2004: (1_337, 0.7050),
    2006: (2_986, 0.7003),
}


def _rich(name: str, published: float, **where: object) -> PublishedFigure:
    """Return the share of families with 25,000 dollars or more, among those who answered."""
    told = f"share with 25,000 dollars, {name}"
    return share(told, "income_from", published, 4, _COUNT, at_least=25_000, **where)


GSS = Dataset(
    name="gss",
    help=(
        "Interviews of seven survey years and nine regions of the United States: does a "
        "person's family have 25,000 dollars a year or more? Place and time are recorded, "
        "not made up. The threshold stays the same while prices rise, so the share of "
        "positive outcomes rises by itself."
    ),
    ordered=("educ", "tvhours", "prestige"),
    origin=("reg16", "another country", True),
    meanings=(
        ("income_25k", mark("wellbeing as income")),
        ("very_happy", mark("wellbeing as happiness")),
    ),
    figures=(
        count_rows("rows", 17_137, _BOOK),
        count_known("rows with family income", "income_from", 15_045, _COUNT),
        *(
            count_rows(f"rows of {year}", count, _COUNT, year=year)
            for year, (count, _) in _BY_YEAR.items()
        ),
        *(_rich(f"{year}", rate, year=year) for year, (_, rate) in _BY_YEAR.items()),
        _rich("Black", 0.4559, race="black"),
        _rich("not Black", 0.6759, race="not black"),
        _rich("women", 0.5941, sex="female"),
        _rich("men", 0.7103, sex="male"),
        _rich("East South Central", 0.5176, region="e. sou. central"),
        _rich("New England", 0.7162, region="new england"),
        share("share very happy", "very_happy", 0.3069, 4, _COUNT),
    ),
)
