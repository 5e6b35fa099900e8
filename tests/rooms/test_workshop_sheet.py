"""A sheet of paper asks what phones ask, and holds text alone."""

from dataclasses import replace

from tests.rooms.front import options
from tradeoffs.rooms.candidates import candidates
from tradeoffs.rooms.rounds import workshop_rounds
from tradeoffs.rooms.workshop_sheet import CANDIDATES, workshop_sheet


def test_each_question_is_on_the_sheet_with_room_to_answer():
    rounds = workshop_rounds(options())
    page = workshop_sheet(rounds, "Which?")
    assert all(one.question in page for one in rounds)
    assert "79.0 % → 86.0 %" in page and "at least" in page and "at most" in page
    assert page.count("second vote") == CANDIDATES and "none of these" in page


def test_candidates_that_are_known_are_named_and_texts_escaped():
    rounds = [
        replace(one, asks={"candidates": candidates(options(), [])}) if one.kind == "vote" else one
        for one in workshop_rounds(options())
    ]
    page = workshop_sheet(rounds, "<script>")
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert page.count("second vote") == len(candidates(options(), []))
