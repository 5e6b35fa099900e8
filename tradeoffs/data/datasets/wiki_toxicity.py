"""Wikipedia comments: toxic, but to whom?  Labels by the panel of annotators that is asked."""

from typing import TYPE_CHECKING

from tradeoffs.data.dataset import Dataset, PublishedFigure, count_rows, share
from tradeoffs.language.translation import mark

if TYPE_CHECKING:
    import pandas as pd

_COUNT = "count of the original files"
VOTERS = {  # all published votes, by what their givers said of themselves; checked at each build
    "first language": {"English": 233_793, "another": 1_113_162, "did not say": 251_334},
    "gender": {"woman": 457_346, "man": 889_251, "other": 358, "did not say": 251_334},
}


def _votes(name: str, column: str, published: int) -> PublishedFigure:
    return PublishedFigure(
        name=name,
        published=published,
        decimals=0,
        source=_COUNT,
        found=lambda frame: int(frame[column].to_numpy().sum()),
    )


def _panel(column: str, published: float, at_least: int = 2) -> PublishedFigure:
    name = f"share toxic to the panel {column}"
    return share(name, column, published, 4, _COUNT, at_least=at_least)


def _differ(one: str, other: str, published: float) -> PublishedFigure:
    """Share of comments on which two panels of three differ, where both have three votes."""

    def found(frame: "pd.DataFrame") -> float:
        both = frame[[one, other]].dropna().to_numpy(dtype=float) >= 2
        return float((both[:, 0] != both[:, 1]).mean())

    return PublishedFigure(
        name=f"panels {one} and {other} differ",
        published=published,
        decimals=4,
        source=_COUNT,
        found=found,
    )


WIKI_TOXICITY = Dataset(
    name="wiki_toxicity",
    help=(
        "Comments on Wikipedia's talk pages, 2001 to 2016, each judged by about ten people. "
        "Is it toxic? That depends on whom one asks. Choose the panel: all panels of a "
        "comment have the same size. Two panels of the same kind differ by chance too; "
        "compare with the panels that were drawn a second time. Models see counts and 16 "
        "text components, never the text."
    ),
    ordered=("words", "capitals", "exclamation_marks"),
    panels=(
        ("toxic_strict", mark("strict panel")),
        ("toxic_lenient", mark("lenient panel")),
        ("toxic_women", mark("panel of women")),
        ("toxic_men", mark("panel of men")),
    ),
    figures=(
        count_rows("comments, training file", 14_396, _COUNT, split="train"),
        count_rows("comments, test file", 9_604, _COUNT, split="test"),
        count_rows("comments on user pages", 14_351, _COUNT, page="user"),
        count_rows("comments of anonymous authors", 5_163, _COUNT, author="anonymous"),
        count_rows("comments that name a sexuality", 224, _COUNT, names_sexuality="yes"),
        count_rows("comments that name a religion", 529, _COUNT, names_religion="yes"),
        count_rows("comments that name an ethnicity", 768, _COUNT, names_ethnicity="yes"),
        count_rows("comments that name women", 344, _COUNT, names_women="yes"),
        _votes("votes", "all_votes", 241_466),
        _votes("toxic votes", "all_toxic", 36_191),
        share("share toxic to most", "toxic_majority", 0.1005, 4, _COUNT),
        _panel("any_1", 0.1466, at_least=1),
        _panel("any_3", 0.1216),
        _panel("any_5", 0.1139, at_least=3),
        _panel("women", 0.1334),
        _panel("men", 0.1165),
        _panel("strict", 0.1943),
        _panel("lenient", 0.0797),
        _differ("any_3", "any_3_again", 0.0736),
        _differ("women", "men", 0.0794),
        _differ("men", "men_again", 0.0677),
        _differ("under_30", "from_30", 0.0773),
        _differ("native", "other_language", 0.0768),
        _differ("school", "degree", 0.0752),
        _differ("strict", "lenient", 0.1275),
    ),
)
