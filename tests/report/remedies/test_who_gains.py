"""Who gains: rows, counts and sentences follow from the measurements of each community."""

import re
from dataclasses import replace

import numpy as np
import pytest

from tests.report.remedies.conftest import PEOPLE, community
from tradeoffs.language.current import in_language
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.community_gain import CommunityGain, impossible
from tradeoffs.report.remedies.constant import constant_level
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.scale import difference_ticks, ticks
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.report.remedies.who_gains import (
    constant_sentence,
    first_sentence,
    grid,
    headline,
    home_sentence,
    named_sentence,
    numbers,
    others_sentence,
    picture,
    same_sentence,
    sentences,
    settings,
)
from tradeoffs.scenario import Scenario

UP, SAME, DOWN = community("up", 0.6, 0.8), community("same", 0.7, 0.7), community("down", 0.8, 0.6)
FEW = CommunityGain(
    name="few",
    rows=83,
    alone=None,
    other=None,
    constant=float("nan"),
    gain=None,
    measure="accuracy",
    reason="too few to measure: 83 people",
)


def test_the_heading_counts_who_gains_loses_and_cannot_be_told():
    known = [one.gain for one in (UP, SAME, DOWN) if one.gain]
    assert headline(known, "With “w”") == (
        "With “w”, 1 of the 3 communities gains over training alone and 1 loses. For 1, the two "
        "cannot be told apart."
    )
    assert headline(known[:1] * 2, "With “w”") == (
        "With “w”, 2 of the 2 communities gain over training alone and none loses."
    )
    assert headline([], "With “w”") == ""


def test_in_french_verbs_and_numbers_agree():
    known = [one.gain for one in (UP, SAME, DOWN) if one.gain]
    with in_language("fr"):
        one, two = headline(known, "Avec"), headline(known[:1] * 2, "Avec")
        down, ticks_ = home_sentence(DOWN), ticks([0.6, 0.8], "accuracy")
    assert "1 des 3 communautés gagne " in one and "Pour 1 communauté," in one
    assert "2 des 2 communautés gagnent " in two and "aucune ne perd." in two
    assert re.search(r"\d,\d points \(de −\d", down) and ticks_[0][1] == "60\xa0%"


def test_a_bar_reaches_the_hollow_mark_only_where_nothing_can_be_told():
    drawn = picture([UP, SAME, DOWN, FEW], "w", "same")
    for line, one in zip(drawn.lines[:3], (UP, SAME, DOWN), strict=True):
        _, alone, way = line.marks
        assert way.low is not None and way.high is not None
        assert (way.low <= alone.at <= way.high) == (one.tone == "alike") == (line.tone == "alike")
        assert drawn.ticks[0][0] <= way.low and way.high <= drawn.ticks[-1][0]
    assert drawn.lines[3].marks == () and drawn.lines[3].detail == "too few to measure: 83 people"
    assert [line.home for line in drawn.lines] == [False, True, False, False]


def test_by_log_loss_better_is_further_right_too():
    up = community("up", 0.6, 0.8, "log_loss")
    drawn = picture([up], "w", "up")
    first, last = drawn.ticks[0][0], drawn.ticks[-1][0]
    _, alone, way = drawn.lines[0].marks
    assert first > last and up.tone == "better" and alone.at > way.at
    assert way.low is not None and way.high is not None and max(way.low, way.high) < alone.at


def test_a_share_is_drawn_between_0_and_1_though_its_interval_may_reach_beyond():
    told = [value for value, _ in ticks([0.8, 1.03], "accuracy")]
    assert told[0] <= 0.8 and told[-1] == 1.0
    assert difference_ticks([-0.2, 1.2], "accuracy")[-1][0] >= 1.2
    for only in (0.0, 1.0):
        low, high = (ticks([only], "accuracy")[end][0] for end in (0, -1))
        assert 0 <= low < high <= 1 and low <= only <= high


def test_sentences_say_what_is_told_and_what_is_not():
    assert "cannot be told apart from zero" in home_sentence(SAME)
    assert (
        home_sentence(UP).startswith(f"Up: {100 * (UP.alone or 0):.1f} % alone, ")
        and home_sentence(FEW) == ""
    )
    others = others_sentence([UP, UP, UP])
    assert (
        others.startswith("The mean change of the other 3 communities is +")
        and "cannot" not in others
    )
    assert others_sentence([UP]) == ""
    every = [one.gain for one in (UP, SAME, DOWN) if one.gain]
    assert "down (−" in named_sentence(every, "accuracy") and "same" not in named_sentence(
        every, "accuracy"
    )
    assert "up (+0.0" in named_sentence(every, "log_loss")


def test_models_below_one_answer_for_everybody_are_counted():
    bad = community("bad", 0.3, 0.8)
    assert constant_sentence([bad, UP]).startswith("By means over seeds, the same prediction")
    assert "in 1 of the 2 communities" in constant_sentence([bad, community("good", 0.9, 0.9)])
    assert constant_sentence([community("good", 0.9, 0.9)]) == ""


@pytest.mark.parametrize("measure", ["accuracy", "log_loss"])
def test_a_model_that_gives_everybody_the_same_answer_is_not_worse_than_it(measure):
    one = community("tied", 0.9, 0.9, measure)
    for tied in (float(np.float32(one.constant)), one.constant - 1e-8, one.constant + 1e-8):
        assert constant_sentence([replace(one, alone=tied, other=tied)]) == ""


def test_table_and_file_have_a_row_for_each_community():
    told, kept = grid([UP, FEW], "w"), numbers([UP, FEW])
    assert [row[0] for row in told.rows] == list(kept["community"]) == ["up", "few"]
    assert told.rows[1][2] == "too few to measure: 83 people" and kept["gain"].isna().tolist()[1]
    low, mean, high = kept.loc[0, ["gain_low", "gain", "gain_high"]]
    assert low < mean < high


@pytest.mark.parametrize("measure", ["accuracy", "log_loss"])
def test_the_constant_is_what_one_answer_for_everybody_brings(measure):
    share = PEOPLE.label.mean()
    expected = {
        "accuracy": max(share, 1 - share),
        "log_loss": -np.mean(np.log(np.where(PEOPLE.label, share, 1 - share))),
    }
    assert constant_level(PEOPLE, measure) == pytest.approx(expected[measure])


def test_a_community_whose_own_model_would_be_taken_is_left_out_with_the_reason():
    values = values_of({"remedy": "as_is", "provider": "Pacific"})
    look = Look(here=scenario_of(values), values=values)
    assert "Pacific" not in {one.home for one in settings(look)} and len(settings(look)) == 16
    assert "is the home community" in impossible(look.here.but(home="Pacific"))


def test_a_dial_at_its_end_is_named_as_the_way_that_it_is():
    here = Scenario(dataset="gss", label="income_25k", communities="place", epsilon=None)
    free = here.but(remedy="near_home", dial=0)
    assert same_sentence(free).endswith("gives the same models as “alone (local training)”.")
    assert same_sentence(free.but(dial=30)) == "" == same_sentence(here.but(remedy="near_home"))
    assert same_sentence(free.but(epsilon=1)).endswith("is training alone, with different noise.")
    values = values_of({"measure": "accuracy"})
    known = [one.gain for one in (UP, DOWN) if one.gain]
    assert first_sentence(Look(here=free, values=values), known) == same_sentence(free)
    assert sentences(Look(here=free, values=values), [UP, DOWN]) == []
    step = here.but(remedy="fedavg", dial=1)
    assert "gain" in first_sentence(Look(here=step, values=values), known)
    assert "pooled rows" in same_sentence(step) and same_sentence(step.but(epsilon=1)) == ""
    assert same_sentence(here.but(remedy="one_round")) == "" == same_sentence(here)
