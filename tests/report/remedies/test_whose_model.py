"""Whose model: what is said of a provider follows from the interval of the slope."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.report.remedies.conftest import PEOPLE, trainings
from tradeoffs.fronts.gains import gain as gain_of
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.community_gain import CommunityGain
from tradeoffs.report.remedies.constant import constant_level, constant_trainings
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.report.remedies.whose_model import (
    ProvidedModel,
    below_constant,
    headline,
    picture,
    promise,
    providers,
    sentence,
    settings,
)
from tradeoffs.stats.interval import estimate


def gain(other):
    return CommunityGain(
        name="Pacific",
        rows=100,
        alone=0.70,
        other=other,
        constant=0.65,
        gain=None,
        measure="accuracy",
    )


def provided(*slopes):
    return ProvidedModel(
        name="others",
        words="the others",
        as_is=gain(0.72),
        recalibrated=gain(0.73),
        slope=estimate(np.array(slopes)) if slopes else None,
    )


RIGHT, WRONG, UNKNOWN = provided(0.9, 1.1), provided(-0.5, -0.52), provided(-0.5, 0.7)


def test_the_sign_of_a_slope_is_told_by_its_interval():
    assert [one.tone for one in (provided(0.9, 1.0), WRONG, UNKNOWN)] == [
        "better",
        "worse",
        "alike",
    ]
    assert provided(1.0).tone == "" and provided().tone == ""  # one seed has no interval


def test_of_each_provider_it_is_said_how_its_scores_rank_the_people():
    assert sentence(provided(0.9, 1.0)) == ""
    assert sentence(WRONG).endswith("so its scores rank the people here in the reverse order.")
    assert "the slope is −0.51 (−0.64 to −0.38)" in sentence(WRONG)
    assert "cannot be told apart from chance" in sentence(UNKNOWN)
    assert headline([provided(0.9, 1.0), WRONG, UNKNOWN], "Pacific") == (
        "The scores of 1 of 3 providers’ models rank the people of “Pacific” in the order of their "
        "labels beyond chance, and those of 1 in the reverse order. The order "
        "of the other 1 cannot be told apart from chance."
    )
    assert headline([provided(0.9, 1.0), WRONG], "Pacific").endswith(
        "those of 1 in the reverse order."
    )
    assert headline([WRONG, provided()], "Pacific") == ""


def test_models_that_are_worse_than_one_answer_for_everybody_are_counted_and_named():
    draw, base = np.random.default_rng(3), constant_level(PEOPLE, "accuracy")

    def used(name, chance):
        found = trainings(chance, 0.6, draw)
        over = gain_of(constant_trainings(PEOPLE, found), found, PEOPLE, name)
        return replace(RIGHT, name=name, words=f"model {name}", over_constant=over)

    good, bad, near = used("A", 0.9), used("B", base - 0.3), used("C", base - 0.01)
    assert good.over_constant and good.over_constant.accuracy.mean == pytest.approx(
        0.9 - base, abs=0.02
    )
    told = below_constant([good, bad, near])
    assert told.startswith("Used as they are, 2 of these 3 models are less accurate than the")
    assert "model B (−" in told and "model C" not in told and "model A" not in told
    assert below_constant([good]) == "" and below_constant([bad, RIGHT]) == ""


def test_a_provider_with_a_promise_says_what_its_people_spend():
    told = promise(replace(RIGHT, spent=2.947))
    assert (
        "The others: training the model spends an epsilon of 2.95" in told and promise(RIGHT) == ""
    )


def test_a_model_that_the_others_train_for_home_alone_is_told_from_one_for_everybody():
    spent = replace(RIGHT, spent=1.0)
    told = [promise(replace(spent, name=f"private.{who}")) for who in ("others", "Mountain")]
    assert "is a separate release" in told[0] and "a separate release" not in told[1]


def test_what_is_not_there_yet_has_no_marks():
    there, missing = picture([WRONG, provided()], "accuracy").lines
    assert [mark.at for mark in there.marks] == [0.72, 0.73] and there.tone == "worse"
    assert not missing.marks and not missing.value
    assert all(math.isfinite(value) for value, _ in picture([WRONG], "accuracy").ticks)


@pytest.mark.parametrize("provider", ["others", "label.very_happy"])
def test_every_provider_is_asked_for_home_alone_the_chosen_one_first(provider):
    asked = {"level": "explore", "home": "New England", "remedy": "as_is", "provider": provider}
    values = values_of(asked)
    look = Look(here=scenario_of(values), values=values)
    every = providers(look)
    assert every[0] == provider and look.here.home not in every
    assert {"turned", "largest", "label.income_15k", "Pacific"} <= set(every)
    shown = settings(look)
    assert {one.members for one in shown} == {(look.here.home,)}
    assert {one.remedy for one in shown} == {"alone", "as_is", "recalibration"}
