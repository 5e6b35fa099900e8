"""COMPAS: is a person arrested again within two years of a risk screening?"""

from typing import TYPE_CHECKING

from tradeoffs.data.dataset import Dataset, PublishedFigure, count_known, count_rows, share
from tradeoffs.language.translation import mark

if TYPE_CHECKING:
    import pandas as pd

_PROPUBLICA = "Larson, Mattu, Kirchner, Angwin 2016, ProPublica"
_BARENSTEIN = "Barenstein 2019, arXiv 1906.04711"
HIGH = 5  # decile scores from here on are called medium or high risk


def _error(name: str, race: str, rearrested: bool, published: float) -> PublishedFigure:
    """Return the share of people whom the tool of 2013 has wrong, among those (not) rearrested."""

    def found(frame: "pd.DataFrame") -> float:
        part = frame.loc[(frame["race"] == race) & (frame["rearrest"] == rearrested)]
        return float(((part["decile_score"] >= HIGH) != rearrested).mean())

    return PublishedFigure(
        name=f"{name} of the tool, {race}",
        published=published,
        decimals=4,
        source=_PROPUBLICA,
        found=found,
    )


COMPAS = Dataset(
    name="compas",
    help=(
        "People screened by a risk tool in Broward County, Florida, in 2013 and 2014: is a "
        "person arrested again within two years? Re-arrest is not re-offence: it also "
        "reflects whom the police watch. By mistake, the published table keeps people who "
        "could not be followed for two years only if they were arrested again (Barenstein "
        "2019); another label corrects that."
    ),
    ordered=("priors_count", "juv_misd_count", "age"),
    meanings=(
        ("rearrest", mark("risk as any arrest")),
        ("violent_rearrest", mark("risk as violence")),
    ),
    middle=0.2,  # about half of the people by published figures: up to one prior
    figures=(
        count_rows("rows", 7_214, _PROPUBLICA),
        share("share arrested again", "rearrest", 0.4507, 4, _PROPUBLICA),
        count_known("rows after ProPublica's filter", "rearrest_filtered", 6_172, _PROPUBLICA),
        share("share after the filter", "rearrest_filtered", 0.4551, 4, _PROPUBLICA),
        count_known("rows screened by 1 April 2014", "rearrest_cutoff", 6_216, _BARENSTEIN),
        share("share of those", "rearrest_cutoff", 0.362, 3, _BARENSTEIN),
        count_rows("rows with race African-American", 3_696, _PROPUBLICA, race="African-American"),
        count_rows("rows with race Caucasian", 2_454, _PROPUBLICA, race="Caucasian"),
        _error("false positive rate", "African-American", False, 0.4485),
        _error("false positive rate", "Caucasian", False, 0.2345),
        _error("false negative rate", "African-American", True, 0.2799),
        _error("false negative rate", "Caucasian", True, 0.4772),
    ),
)
