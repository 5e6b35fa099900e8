"""A record holds all that its numbers follow from, and says where one does not."""

import copy
import csv
import io
import json

import pytest

from tests.rooms.front import options
from tests.rooms.workshop import told
from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.options import MOST_BYTES
from tradeoffs.rooms.record_documents import FORMATS, to_csv, to_html, to_json, to_markdown
from tradeoffs.rooms.room_record import (
    FORMAT,
    disagreements,
    last,
    numbers,
    read_record,
    room_record,
)

RECORD = room_record(told())


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize(("seats", "seed"), [(12, 0), (12, 1), (9, 2), (6, 3), (5, 4), (30, 5)])
def test_a_record_reads_back_and_every_number_follows_from_it(seats, seed, again):
    record = room_record(told(seats, seed, again=again))
    found = read_record(to_json(record))
    assert found == record and disagreements(found) == []
    assert numbers(found["computed"]) > seats
    assert len(to_json(record)) < MOST_BYTES


def test_four_seats_leave_a_record_without_values_votes_and_rules():
    record = room_record(told(4))
    assert record["computed"] == {"guesses": {}, "answers": {}} and disagreements(record) == []
    for one in FORMATS.values():
        assert "points: the middle seat" not in one(record)


def changed(*path, value):
    found = copy.deepcopy(RECORD)
    part = found
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("computed", "decision", "rules", 1, "setting"), 0, "computed.decision.rules[1].setting"),
        (("computed", "decision", "rules", 2, "mean", "low"), 9.0, "rules[2].mean.low"),
        (("computed", "points", 3), 4, "computed.points[3]"),
        (("computed", "overlap", "all"), [0, 1, 2], "computed.overlap.all"),
        (("rounds", 4, "attempts", 1, "decision", "between"), [], "decision.between"),
        (("rounds", 2, "attempts", 0, "overlap", "settings"), 6, "overlap.settings"),
        (("rounds", 4, "round", "asks", "candidates", 1, "setting"), 4, "vote.setting-"),
        (("options", "values", 1, 0, 0, 0), 0.5, "computed."),
        (("rounds", 0, "attempts", 0, "profiles", 0, "accuracy"), 77, "computed."),
    ],
)
def test_a_number_that_does_not_follow_is_named(path, value, where):
    found = disagreements(changed(*path, value=value))
    assert found and any(where in one for one in found)
    assert all("in the record" in one for one in found)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": "another"}', json.dumps({"format": FORMAT}), "[" * 100_000],
)
def test_a_file_that_is_no_record_is_refused_in_words(text):
    with pytest.raises(InvalidInput, match="not the record of a room"):
        read_record(text)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("rounds", 0, "attempts", 0, "profiles", 0), None),
        (("rounds", 4, "attempts", 1, "approve"), {}),
        (("rounds", 4, "round", "asks"), {"candidates": [{"name": "x", "setting": 99}]}),
        (("options", "now"), 99),
        (("rounds",), {"a": 1}),
    ],
)
def test_parts_that_do_not_fit_each_other_are_refused_or_named(path, value):
    try:
        assert disagreements(changed(*path, value=value))
    except InvalidInput as refusal:
        assert refusal.code in ("room_record_unread", "room_options_unread")


def test_the_page_tells_every_part_and_runs_no_script():
    page = to_html(RECORD)
    titles = (
        *("Who was here", "What matters to the room", "Red lines", "The vote"),
        *("Three rules side by side", "What was not asked", "Who was not in the room"),
    )
    assert all(f"<h2>{one}</h2>" in page for one in titles)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "We asked nobody who was refused." in page and "Those who were refused." in page
    assert "tradeoffs rooms record record.json" in page
    assert "Nobody was asked to weigh: model parameters; money." in page
    assert "<th scope='col'>approvals, first vote</th>" in page
    skipped = to_html(changed("skipped", value=["Talk about it"]))
    assert "These rounds were prepared and not held: Talk about it." in skipped
    assert "Decided about, among the test people: 2,710 Female; 5,431 Male" in page
    assert page.count("no shift") == 1  # what is the same for all settings is said once
    assert "The same for all settings: no shift, 3,000 people." in page
    assert "epsilon=none" in page and "seeds 0 to 7" in page
    assert "14 people" in page and "{" not in page.partition("<body>")[2]


def test_it_begins_with_what_the_room_decided():
    short = to_markdown(RECORD).partition("## In short")[2].partition("##")[0]
    assert "The room chose “majority” as its rule before it saw what that picks: 7 of 12" in short
    asks = RECORD["rounds"][4]["round"]["asks"]
    titles = {one["name"]: one["title"] for one in asks["candidates"]}
    for one in RECORD["computed"]["decision"]["rules"]:
        assert titles[one["candidate"]] in short
    few = dict.fromkeys(("majority", "worst_off_first", "compromise"))
    hidden = changed("rounds", 3, "attempts", 0, "bounds", value=few)
    assert "Which rule most seats chose cannot be told" in to_markdown(hidden)
    tied = changed("rounds", 3, "attempts", 0, "bounds", value={**few, "compromise": [5, 5]})
    assert "Which rule most seats chose cannot be told" in to_markdown(tied)


def test_numbers_in_words_are_those_that_were_computed():
    rules = RECORD["computed"]["decision"]["rules"]
    text = to_markdown(RECORD)
    for one in rules[1:]:
        assert f"{one['mean']['value']:.1f} (" in text
        assert f"{one['largest']['value']:.1f} (" in text
    kept = len(RECORD["computed"]["overlap"]["all"])
    said = {
        0: "No setting keeps everybody's red lines",
        1: "One of 5 settings keeps everybody's red lines",
    }
    assert said.get(kept, f"{kept} of 5 settings keep") in text
    assert "&#" not in text and "\\<script\\>" in text


def test_a_spreadsheet_gets_every_number_and_no_formula():
    found = told()
    found["absent"] = "=HYPERLINK(1)"
    record = room_record(found)
    rows = list(csv.reader(io.StringIO(to_csv(record))))
    assert rows[0] == ["part", "value"]
    cells = dict(rows[1:])
    assert cells["absent"] == "'=HYPERLINK(1)"
    assert float(cells["computed.decision.rules.1.mean.value"]) == pytest.approx(
        record["computed"]["decision"]["rules"][1]["mean"]["value"]
    )
    assert len(rows) > numbers(record)


def test_no_count_of_a_record_is_below_five():
    """Of seats in categories: choices, approvals, joiners; lines are shown one by one."""

    def bands(part):
        if isinstance(part, dict):
            for name, one in part.items():
                if name in ("approve", "bounds"):
                    yield from one.values()
                elif name == "joined":
                    yield one
                else:
                    yield from bands(one)
        elif isinstance(part, list):
            for one in part:
                yield from bands(one)

    for seed in range(6):
        found = [*bands(room_record(told(12, seed)))]
        assert len(found) > 10
        for one in found:
            assert one is None or one[0] >= 5 or one[1] - one[0] >= 4


def test_a_class_has_its_guesses_in_words():
    number = {"numbers": [float(n) for n in range(9)], "answered": 9, "seats": 9, "shown": True}
    few = {"answered": 3, "seats": 9, "shown": False}
    words = {"name": "guess-1", "kind": "guess", "title": "T", "question": "Q?", "source": {}}
    record = room_record(
        {
            "room": {"code": "x", "ends": 0, "language": "en", "epsilon": None, "heads": None},
            "seats": 9,
            "rounds": [
                {
                    "place": 0,
                    "round": {**words, "asks": {"form": "number", "unit": "%", "step": 1}},
                    "attempts": [number, few],
                }
            ],
            "options": None,
            "skipped": [],
            "absent": "",
        }
    )
    assert record["computed"]["guesses"]["guess-1"][0]["quartiles"] == [2, 4, 6]
    assert disagreements(record) == []
    text = to_markdown(record)
    assert "the middle guess is 4 %; half of the guesses lie between 2 % and 6 %" in text
    assert "fewer than five" in text and "Record of a class" in text
    assert "Nobody wrote down who was missing." in text


def test_what_the_room_chose_is_told():
    page = to_html(RECORD)
    assert last(RECORD, "rule")["bounds"]["majority"] == [7, 7]
    assert "<tr><td>Majority</td><td>7</td></tr>" in page
    assert "<tr><td>Compromise</td><td>hidden</td></tr>" in page
    assert options().settings[options().now]["link"].replace("&", "&amp;") in page


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ({"same": True}, "“majority” and “compromise” pick the same setting."),
        (
            {"same": False, "largest": (2, 1, 3), "mean": (-2, -3, -1)},
            "that loses most loses 2.0 points more by “compromise” than by “majority” (1.0 "
            "to 3.0).\n\nOn average, seats lose 2.0 points less by “compromise” than by “majority” "
            "(1.0 to 3.0).",
        ),
        (
            {"same": False, "largest": (-2, -3, -1), "mean": (2, 1, 3)},
            "loses 2.0 points less by “compromise” than by “majority” (1.0 to 3.0).\n\nOn average, "
            "seats lose 2.0 points more by",
        ),
        (
            {"same": False, "largest": (1, -1, 3), "mean": (1, None, None)},
            "What the seat that loses most loses by “majority” and by “compromise” cannot be told "
            "apart.\n\nWhat seats lose on average by “majority” and by “compromise” cannot be told "
            "apart.",
        ),
    ],
)
def test_each_way_that_two_rules_can_differ_has_its_sentence(between, said):
    whole = {"rules": ["majority", "compromise"], "same": between["same"]}
    for part in {"largest", "mean"} & between.keys():
        value, low, high = between[part]
        apart = low is not None and low * high > 0
        whole[part] = {"value": value, "low": low, "high": high, "apart": apart}
    found = changed("computed", "decision", "between", value=[whole])
    assert said in to_markdown(found)


def test_what_cannot_be_told_apart_or_is_not_known_is_said():
    found = changed("computed", "decision", "rules", 1, "alike", value=[0])
    found["computed"]["decision"]["rules"][2]["alike"] = [0, 1, 2]
    nothing = {"rule": "majority", "candidate": None, "setting": None, "level": []}
    found["computed"]["decision"]["rules"][0] = nothing
    text = to_markdown(found)
    assert "One other setting cannot be told apart from what “worst-off first” picks" in text
    assert "3 other settings cannot be told apart from what “compromise” picks" in text
    assert "Majority picks nothing: no candidate is known to have five approvals." in text
    names = ["baseline", "do_not_build"]
    level = changed("computed", "decision", "rules", 0, "level", value=names)
    assert "equally many approvals: Baseline: no constraint on the gap, no privacy; Do not" in (
        to_markdown(level)
    )
