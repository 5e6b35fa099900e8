"""The list of communities, as data and at the command line."""

import json

import pytest

from tradeoffs.cli import main
from tradeoffs.data.communities.catalogue import available_cuts, communities
from tradeoffs.data.communities.community_list import list_communities, report


def test_every_cut_is_listed_with_the_people_of_its_communities():
    entries = list_communities("loanapp")
    assert [one["communities"] for one in entries] == list(available_cuts("loanapp", "approved"))
    for entry in entries:
        found = communities("loanapp", "approved", entry["communities"])
        assert [(one["name"], one["train"]) for one in entry["members"]] == [
            (one.name, one.train) for one in found
        ]
    told = report(entries)
    assert "Black: too few to measure: 87 people to test on" in told
    assert "White: 1,008 to train on, 673 to test on" in told


def test_the_command_lists_one_cut_with_its_amount(capsys):
    assert main(["data", "communities", "gss", "--cut", "towns.9", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry["kind"] == "made up" and len(entry["members"]) == 9
    assert main(["data", "communities", "gss", "--label", "very_happy", "--cut", "place"]) == 0
    assert "New England: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["atlantis"], "unknown dataset 'atlantis'"),
        (["gss", "--label", "rich"], "unknown label 'rich'; known: income_25k"),
        (["gss", "--cut", "castle"], "unknown cut 'castle'; known: place"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(arguments, told, capsys):
    assert main(["data", "communities", *arguments]) == 2
    assert told in capsys.readouterr().err
