"""Mortgage applications in Boston, 1990, with the sex of the applicant: is one approved?"""

from tradeoffs.data.dataset import Dataset, PublishedFigure, count_rows, share
from tradeoffs.language.translation import mark

_BOOK = "Wooldridge, Introductory Econometrics, data set loanapp"
_COUNT = "count of the original file"

LOANAPP = Dataset(
    name="loanapp",
    help=(
        "Mortgage applications in Boston in 1990: does the lender approve? It holds what "
        "lenders looked at, and 197 Black and 111 Hispanic applicants: so few that a gap "
        "can be estimated to about seven points at best."
    ),
    ordered=("appinc", "obrat", "loanprc"),
    meanings=(
        ("approved", mark("credit as approval")),
        ("meets_guidelines", mark("credit as guidelines")),
    ),
    figures=(
        count_rows("rows", 1_989, _BOOK),
        share("share approved", "approved", 0.8773, 4, _BOOK),
        share("share approved, White", "approved", 0.908, 3, _BOOK, race="white"),
        PublishedFigure(
            name="share approved, Black or Hispanic",
            published=0.708,
            decimals=3,
            source=_BOOK,
            found=lambda frame: float(frame.loc[frame["race"] != "white", "approved"].mean()),
        ),
        count_rows("rows, Black", 197, _COUNT, race="black"),
        count_rows("rows, Hispanic", 111, _COUNT, race="hispanic"),
        share("share approved, Black", "approved", 0.6751, 4, _COUNT, race="black"),
        share("share approved, Hispanic", "approved", 0.7658, 4, _COUNT, race="hispanic"),
        count_rows("rows, recorded as a man", 1_605, _COUNT, male="yes"),
        share("share approved, recorded as a man", "approved", 0.8791, 4, _COUNT, male="yes"),
        share("share approved, recorded as a woman", "approved", 0.8645, 4, _COUNT, male="no"),
    ),
)
