"""Wikipedia Talk Labels: Toxicity; comments as numbers, and the votes of panels of annotators.

No text is kept.  Every panel of a comment has the same size in every group of annotators, so that
panels differ by who sits in them and by nothing else.
"""

# pandas' types cannot tell a frame from a column here.
# pyright: reportArgumentType=false, reportReturnType=false, reportAssignmentType=false
# pyright: reportCallIssue=false, reportIndexIssue=false

from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa

from tradeoffs.data.datasets.wiki_toxicity import VOTERS
from tradeoffs.data.keyed_random import uniform
from tradeoffs.errors import InvalidInput

from .recipe import WORDS, Files, Recipe, as_table
from .wiki_text import COMPONENTS, MENTIONS, components, counted, first_named, mentions

ROWS = 24_000
SEATS = 3  # votes of a panel; an odd number cannot tie
WORKERS = 10_000  # more than the largest worker id: makes one number of a comment and a worker
PUBLISHED = {"comments": 159_686, "votes": 1_598_289, "profiles": 3_591}
PANELS = {  # panel -> column of the profiles and its values
    "women": ("gender", {"female"}),
    "men": ("gender", {"male"}),
    "under_30": ("age_group", {"Under 18", "18-30"}),
    "from_30": ("age_group", {"30-45", "45-60", "Over 60"}),
    "native": ("english_first_language", {1}),
    "other_language": ("english_first_language", {0}),
    "school": ("education", {"none", "some", "hs"}),
    "degree": ("education", {"bachelors", "masters", "professional", "doctorate"}),
}
REQUIRED = ("women", "men", "under_30", "from_30")  # every comment has these panels
WANTED = ("native", "other_language")  # comments that have these too come first
PAIRS = (WANTED, ("school", "degree"))  # compared on the same comments: both panels or neither
BUDGETS = (1, 3, 5)  # votes of anybody
PRIOR = 20  # votes that pull the severity of an annotator with few votes towards nought


def tables(files: Files) -> dict[str, pd.DataFrame]:
    """Return comments, votes and profiles, as many as were published."""
    names = {
        "comments": "toxicity_annotated_comments.tsv",
        "votes": "toxicity_annotations.tsv",
        "profiles": "toxicity_worker_demographics.tsv",
    }
    read = {key: pd.read_csv(BytesIO(files[name]), sep="\t") for key, name in names.items()}
    found = {key: len(frame) for key, frame in read.items()}
    if found != PUBLISHED:
        raise InvalidInput("tables_not_as_published", found=str(found), published=str(PUBLISHED))
    read["comments"]["rev_id"] = read["comments"]["rev_id"].astype(np.int64)
    read["votes"]["rev_id"] = read["votes"]["rev_id"].astype(np.int64)
    return read


def in_lots(votes: pd.DataFrame, profiles: pd.DataFrame) -> pd.DataFrame:
    """Return the votes with the profiles of who gave them, each comment's in an order by lot."""
    joined = votes.merge(profiles, on="worker_id", how="left", validate="many_to_one")
    lot = uniform(0, "votes", (joined["rev_id"] * WORKERS + joined["worker_id"]).to_numpy())
    return joined.assign(lot=lot).sort_values(["rev_id", "lot"], ignore_index=True)


def check_voters(votes: pd.DataFrame) -> None:
    """Check who gave how many of all votes; raise InvalidInput if others did than published."""
    told = {
        "first language": ("english_first_language", {1: "English", 0: "another"}),
        "gender": ("gender", {"female": "woman", "male": "man", "other": "other"}),
    }
    for asked, (column, words) in told.items():
        named = votes[column].map(words).fillna("did not say")
        found = {str(word): int(count) for word, count in named.value_counts().items()}
        if found != VOTERS[asked]:
            raise InvalidInput(
                "votes_not_as_published",
                asked=asked,
                found=str(found),
                published=str(VOTERS[asked]),
            )


def first_votes(votes: pd.DataFrame, seats: int, skip: int = 0) -> pd.Series:
    """Return by comment how many of its next `seats` votes say toxic; only where there are so many.

    Votes must stand in the order in which they are to be taken.
    """
    place = votes.groupby("rev_id").cumcount()
    seated = votes[(place >= skip) & (place < skip + seats)].groupby("rev_id")["toxicity"]
    return seated.sum()[seated.size() == seats]


def of_panel(votes: pd.DataFrame, panel: str) -> pd.DataFrame:
    """Return the votes of the annotators who can sit in a panel."""
    column, values = PANELS[panel]
    return votes[votes[column].isin(values)]


def severity(votes: pd.DataFrame) -> pd.Series:
    """Return by annotator how much more often than the others he or she says toxic.

    The mean of a vote less the mean vote on the same comment, shrunk where votes are few.
    """
    excess = votes["toxicity"] - votes.groupby("rev_id")["toxicity"].transform("mean")
    by_worker = excess.groupby(votes["worker_id"])
    return by_worker.sum() / (by_worker.size() + PRIOR)


def chosen(votes: pd.DataFrame) -> pd.Index:
    """Return the comments of the table: with every required panel, by lot, wanted ones first.

    Annotators were not chosen by comment, so who sat in judgement says nothing about the comment.
    """
    seats = {name: of_panel(votes, name)["rev_id"].value_counts() for name in REQUIRED + WANTED}
    enough = pd.DataFrame(seats).ge(SEATS)
    fit = enough[enough[list(REQUIRED)].all(axis=1)]
    lot = uniform(0, "comments", fit.index.to_numpy())
    order = np.lexsort((lot, ~fit[list(WANTED)].all(axis=1)))
    taken = fit.index[order[:ROWS]]
    return taken[np.argsort(uniform(0, "places", taken.to_numpy()))]


def panels(votes: pd.DataFrame, strictness: pd.Series) -> pd.DataFrame:
    """Return by comment the number of toxic votes of each panel, missing without enough votes."""
    everybody = votes.groupby("rev_id")["toxicity"]
    columns = {"all_votes": everybody.size(), "all_toxic": everybody.sum()}
    columns |= {f"any_{seats}": first_votes(votes, seats) for seats in BUDGETS}
    columns["any_3_again"] = first_votes(votes, SEATS, skip=SEATS)
    columns |= {panel: first_votes(of_panel(votes, panel), SEATS) for panel in PANELS}
    columns["men_again"] = first_votes(of_panel(votes, "men"), SEATS, skip=SEATS)
    ranked = votes.assign(severity=votes["worker_id"].map(strictness).fillna(0.0))
    ranked = ranked.sort_values(["rev_id", "severity", "lot"], ignore_index=True)
    columns["lenient"] = first_votes(ranked, SEATS)
    columns["strict"] = first_votes(ranked[::-1], SEATS)
    frame = pd.DataFrame(columns)
    for pair in map(list, PAIRS):
        frame.loc[frame[pair].isna().any(axis=1), pair] = np.nan
    return frame


def wiki_toxicity(files: Files) -> pa.Table:
    """One row a comment: what it looks like, and how panels of three voted on it."""
    read = tables(files)
    votes = in_lots(read["votes"], read["profiles"])
    check_voters(votes)
    taken = chosen(votes)
    inside = votes["rev_id"].isin(taken)
    comments = read["comments"].set_index("rev_id")
    text = components(comments["comment"].drop(taken), comments.loc[taken, "comment"])
    sat = panels(votes[inside], severity(votes[~inside])).loc[taken]
    frame = comments.loc[taken].join([counted(comments.loc[taken, "comment"]), text, sat])
    named = mentions(frame["comment"])
    frame = frame.join(named).assign(
        row_id=np.arange(len(frame)),
        split=frame["split"].where(frame["split"] == "train", "test"),
        page=frame["ns"],
        author=frame["logged_in"].map({True: "registered", False: "anonymous"}),
        named_first=first_named(named),
        toxic_majority=frame["all_toxic"] * 2 > frame["all_votes"],
    )
    types: dict[str, pa.DataType] = {"row_id": pa.int32(), "year": pa.int16()}
    types |= dict.fromkeys(("split", "page", "author", "named_first", *MENTIONS), WORDS)
    types |= dict.fromkeys(counted(frame["comment"][:1]), pa.int16())
    types |= dict.fromkeys(COMPONENTS, pa.int8()) | dict.fromkeys(sat, pa.int8())
    return as_table(frame, types | {"toxic_majority": pa.bool_()})


RECIPE = Recipe(
    package="aif360==0.2.3",
    python="3.8",
    files={
        "aif360/data/raw/toxicity/toxicity_annotated_comments.tsv": (
            "a4327cef5932459852599f281a4f3908f50d98117608f0c1473aa989e2bcf362"
        ),
        "aif360/data/raw/toxicity/toxicity_annotations.tsv": (
            "ebef1ada7564f465cdb53bfbbe4789c2c185a662404860972ba3a9db097e3397"
        ),
        "aif360/data/raw/toxicity/toxicity_worker_demographics.tsv": (
            "7b39a2b03338f81b0d6c52364726dd4d80daf3b4b8f8e92ab26a1beff0719620"
        ),
    },
    table=wiki_toxicity,
)
