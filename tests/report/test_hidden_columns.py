"""Hidden columns: read off a text, and what the others still tell."""

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from tradeoffs.data.load import load_split
from tradeoffs.experiments.plan import resolve
from tradeoffs.report.hidden_columns import hidden_in_words, read_hidden
from tradeoffs.report.options import columns_on_offer, words
from tradeoffs.scenario import Scenario

AT = {"dataset": "adult", "label": "income_gt_50k"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("sex", ("sex",)),
        ("sex+race+sex", ("race", "sex")),
        ("sex race", ("race", "sex")),  # as a typed address says it
        ("+sex+", ("sex",)),
    ],
)
def test_names_are_read_in_one_order(text, names):
    assert read_hidden(text, AT) == (names, [])


def test_what_the_table_does_not_have_is_told_and_the_rest_is_kept():
    names, (refusal,) = read_hidden("sex+shoe_size", AT)
    assert names == ("sex",)
    assert str(refusal).startswith("unknown column 'shoe_size'; known: age, ")


def test_something_is_left_to_see():
    every = "+".join(columns_on_offer(AT))
    names, (refusal,) = read_hidden(every, AT)
    assert names == () and refusal.code == "hides_every_column"


def test_a_column_that_a_label_withholds_is_not_on_offer():
    at = {"dataset": "gss", "label": "income_25k"}
    assert "income" not in columns_on_offer(at)
    assert "income" in columns_on_offer({**at, "label": "very_happy"})


def test_titles_are_the_words_of_a_text():
    assert words("hide", "sex+race", AT) == "sex, race"
    assert words("hide", "", AT) == "none"


def test_the_guess_of_a_column_is_that_of_a_tree_of_scikit_learn():
    here = resolve(Scenario(hide=("sex",))).scenario
    told = hidden_in_words(here)
    people = load_split("adult", here.label).report
    rights = {}
    for place, one in enumerate(people.features):
        if one.name != "sex":
            bins = people.codes[:, [place]] == np.arange(len(one.labels))
            tree = DecisionTreeClassifier(criterion="entropy").fit(bins, people.protected["sex"])
            rights[one.title] = tree.score(bins, people.protected["sex"])
    best = max(rights, key=rights.__getitem__)
    assert (
        f"“{best}” alone" in told and f"correctly for {100 * rights[best]:.1f} % of people" in told
    )
    assert "the largest group is correct for 66.7" in told


def test_while_the_attribute_is_seen_that_is_said():
    assert hidden_in_words(Scenario(hide=("age",))) == "The model still sees sex."
    crossed = Scenario(hide=("sex",), protected="sex*race")
    assert hidden_in_words(crossed) == "The model still sees sex × race."
    assert hidden_in_words(Scenario()) == ""


def test_a_column_that_tells_nothing_more_is_not_named():
    every = tuple(sorted(columns_on_offer(AT)))
    few = tuple(name for name in every if name != "capital_loss")
    told = hidden_in_words(Scenario(hide=few, protected="race"))
    assert "No other column alone predicts" in told
