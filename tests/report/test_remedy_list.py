"""The list of remedies: everything that an entry says, once each, in the paper's order."""

import json

from tests.remedies.partners import partnership
from tradeoffs.cli import main
from tradeoffs.remedies.adaptation.own_threshold import OWN_THRESHOLD
from tradeoffs.remedies.adaptation.recalibration import RECALIBRATION
from tradeoffs.remedies.catalogue import REMEDIES, STAGES
from tradeoffs.remedies.remedy import SECTIONS
from tradeoffs.report.remedy_list import CONTROL, remedy_list


def test_every_remedy_is_there_once_with_the_same_columns():
    found = remedy_list()
    assert sorted(one["name"] for one in found) == sorted([*REMEDIES, *STAGES])
    assert len({frozenset(one) for one in found}) == 1
    sections = [one["section"] for one in found]
    assert list(dict.fromkeys(sections)) == list(SECTIONS)
    for one in found:
        assert all(one[name] for name in (*CONTROL, "formula", "source", "trusts", "unit"))


def test_a_mechanism_is_possible_possible_with_an_account_or_not_for_a_reason():
    by_name = {one["name"]: one["mechanisms"] for one in remedy_list()}
    assert by_name["fedavg"]["none"] == "possible"
    assert by_name["fedavg"]["dp"] == "possible, with its own privacy account"
    assert by_name["split"]["dp"].startswith("not possible: ")
    assert by_name["correlation_remover"]["dp"] == (
        f"not possible: {STAGES['correlation_remover'].reason}"
    )


def test_the_command_lists_names_and_gives_all_as_json(capsys):
    assert main(["remedies", "list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in [*REMEDIES, *STAGES])
    assert main(["remedies", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["remedies"][0]["section"] == "sharing"


def test_a_dial_at_its_end_is_another_remedy_without_a_mechanism_only():
    dials = {one["name"]: one["dial"] for one in remedy_list() if one["dial"]}
    for name in ("recalibration", "fedavg"):
        assert dials[name]["same_as"] and dials[name]["same_under"] == ("none",)
    assert dials["multi_task"]["same_under"] == ()


def test_an_own_threshold_and_a_recalibration_at_slope_1_promise_by_other_releases():
    remedies = [OWN_THRESHOLD, RECALIBRATION]
    accounts = [partnership(one, epsilon=1.0, dial=10_000.0).accounts[0] for one in remedies]
    histories = [one.history for one in accounts if one]
    assert len(histories) == 2 and accounts[0] != accounts[1]
    assert RECALIBRATION.dial and RECALIBRATION.dial.ends[1] == "a slope of 1"
    assert "different noisy releases" in RECALIBRATION.limits
