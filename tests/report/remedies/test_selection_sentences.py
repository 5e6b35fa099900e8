"""What is chosen beside the controls is said: the table, how it is cut, and what a level hides."""

import pytest

from tradeoffs.data.communities.catalogue import available_cuts, find_cut
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.selection_sentences import (
    kept_sentence,
    made_up_sentence,
    table_sentence,
    unit_sentence,
)


def test_the_table_is_named_and_how_it_is_cut():
    told = table_sentence(values_of({}))
    assert told == (
        "“South Atlantic” is one of 9 communities in the table “GSS: family income in the United "
        "States, 1994 to 2006”, cut by region."
    )
    assert table_sentence(values_of({"communities": "time"})).endswith(", cut by times.")


def test_made_up_communities_are_called_so_and_no_others():
    for cut in available_cuts("gss", "income_25k"):
        told = made_up_sentence(values_of({"communities": cut}))
        made_up = find_cut("gss", cut)[0].kind == "made up"
        assert told.startswith("Made up: ") if made_up else told == ""


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"epsilon": "1"}, "“Privacy budget ε: 1”"),
        ({"remedy": "pate"}, "“The way: PATE"),
        ({"seed": "3", "level": "explore"}, "“Random seed: 3”"),
        ({"members": "South Atlantic+Pacific"}, "“Participants: South Atlantic, Pacific”"),
        ({"width": "8"}, "“Model size, hidden units: 8”"),
    ],
)
def test_what_a_level_has_no_control_of_is_said_where_it_is_not_as_usual(query, told):
    found = kept_sentence(values_of(query))
    assert found.startswith("Set at a higher level, and kept: ") and told in found


@pytest.mark.parametrize(
    "query",
    [{}, {"rows": "300"}, {"level": "explore", "epsilon": "1"}, {"level": "lab", "seed": "3"}],
)
def test_nothing_is_said_of_what_has_a_control_or_is_as_usual(query):
    assert kept_sentence(values_of(query)) == ""


def test_of_a_table_whose_rows_are_no_people_it_is_said_what_is_counted():
    told = unit_sentence(values_of({"dataset": "wiki_toxicity"}))
    assert told == "A row of this table is not a person: numbers count comments."
    assert not unit_sentence(values_of({})) and not unit_sentence(values_of({"dataset": "hmda"}))
