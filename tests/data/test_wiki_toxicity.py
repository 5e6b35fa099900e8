"""Wikipedia comments: the recipe on a few comments made here, and what its panels promise."""

import importlib
import sys

import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.label import UNDEFINED
from tradeoffs.data.load import load_encoded
from tradeoffs.data.raw import read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

sys.path.insert(0, str(DATA))
recipe = importlib.import_module("recipes.wiki_toxicity")
text = importlib.import_module("recipes.wiki_text")
BOOK = dataset("wiki_toxicity").codebook
FRAME = read_frame(BOOK)
PANELS = [label.column for label in BOOK.labels if label.column != "toxic_majority"]


def votes(*comments):
    """Return the votes on comments 0, 1, ..: a string of 0 and 1 each, by workers 0, 1, .."""
    return pd.DataFrame(
        [
            {"rev_id": place, "worker_id": worker, "toxicity": int(vote), "lot": worker}
            for place, row in enumerate(comments)
            for worker, vote in enumerate(row)
        ]
    )


def test_a_panel_takes_the_first_votes_and_needs_all_its_seats():
    given = votes("10111", "11")
    assert recipe.first_votes(given, 3).to_dict() == {0: 2}
    assert recipe.first_votes(given, 2).to_dict() == {0: 1, 1: 2}
    assert recipe.first_votes(given, 2, skip=3).to_dict() == {0: 2}


def test_severity_compares_with_the_others_on_the_same_comment():
    # Worker 0 always says toxic, worker 1 never, on a comment that the others are split on.
    found = recipe.severity(votes(*["1010"] * 40))
    assert found[0] == found[2] == pytest.approx(0.5 * 40 / (40 + recipe.PRIOR))
    assert found[1] == found[3] == -found[0]
    assert recipe.severity(votes("11", "00")).abs().max() == 0  # nobody stands out


def test_the_strict_and_the_lenient_sit_in_their_panels():
    columns = dict.fromkeys(("gender", "age_group", "english_first_language", "education"))
    given = votes("000111").assign(**columns)
    strictness = pd.Series(np.linspace(-1, 1, 6))
    found = recipe.panels(given, strictness)
    assert found.loc[0, ["lenient", "strict", "all_votes", "all_toxic"]].tolist() == [0, 3, 6, 3]
    assert found.loc[0, list(recipe.PANELS)].isna().all()


def test_the_order_of_votes_is_a_lot_that_depends_on_no_vote():
    profiles = pd.DataFrame({"worker_id": range(5), "gender": ["female"] * 5})
    one, other = (
        recipe.in_lots(votes(row, row).drop(columns="lot"), profiles) for row in ("00000", "10101")
    )
    assert one["worker_id"].tolist() == other["worker_id"].tolist()


def test_a_file_with_other_numbers_of_rows_is_refused():
    columns = b"rev_id\tworker_id\n1\t1\n"
    names = ("annotated_comments", "annotations", "worker_demographics")
    with pytest.raises(InvalidInput, match="'comments': 1.* must be .*'comments': 159686"):
        recipe.tables({f"toxicity_{name}.tsv": columns for name in names})


def test_what_is_counted_in_a_comment():
    found = text.counted(pd.Series(["NEWLINE_TOKENYou ARE!! Is it me?TAB_TOKENyour", ""]))
    assert found.loc[0].tolist() == [6, 100 * 5 // 16, 2, 1, 2, 1]
    assert found.loc[1].tolist() == [0] * 6


def test_terms_are_whole_words_in_singular_or_plural():
    comments = pd.Series(["Jews and gays", "gayly", "Blackboard", "black women"])
    named = text.mentions(comments)
    assert named["names_religion"].tolist() == ["yes", "no", "no", "no"]
    assert named["names_ethnicity"].tolist() == ["no", "no", "no", "yes"]
    first = ["names_sexuality", "none", "none", "names_ethnicity"]
    assert text.first_named(named).tolist() == first


def test_components_learn_from_the_other_comments_alone():
    words = [f"word{number}" for number in range(40)]
    rng = np.random.default_rng(0)
    others = pd.Series([" ".join(rng.choice(words, 8)) for _ in range(600)])
    mine = pd.Series(["word1 word2 unheard", "word3"], index=[7, 9])
    both, alone = text.components(others, mine), text.components(others, mine[:1])
    assert list(both.columns) == list(text.COMPONENTS)
    assert both.index.tolist() == [7, 9]
    assert np.array_equal(both[:1], alone)  # another row changes nothing of this one


def test_every_panel_has_its_seats_and_votes_that_fit():
    for column in PANELS:
        seats = int(column.removeprefix("any_")) if column in ("any_1", "any_5") else recipe.SEATS
        assert FRAME[column].dropna().between(0, seats).all()
    one, three, five, women, men, lenient, everybody = (
        FRAME[["any_1", "any_3", "any_5", "women", "men", "lenient", "all_toxic"]].to_numpy().T
    )
    assert (one <= three).all() and (three <= five).all() and (five <= everybody).all()
    assert (women + men <= everybody).all() and (lenient <= everybody).all()


def test_panels_that_are_compared_answer_on_the_same_comments():
    labels = load_encoded("wiki_toxicity").labels
    for one, other in (("native", "other_language"), ("school", "degree"), ("women", "men")):
        left, right = labels[f"toxic_{one}"], labels[f"toxic_{other}"]
        assert np.array_equal(left == UNDEFINED, right == UNDEFINED)


def test_no_text_and_no_identifier_is_kept():
    assert not {"comment", "rev_id", "worker_id"} & set(FRAME)
    words = FRAME.select_dtypes(exclude="number").drop(columns="toxic_majority")
    assert words.nunique().max() <= 5
