"""Every way at home: what it asks for, what is refused and why, and what the three cards say."""

import pytest

from tests.report.remedies.conftest import community
from tradeoffs.jobs.job import Job
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.at_home import headline, picture, settings, ways
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.community_gain import places
from tradeoffs.report.remedies.label_places import label_places
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.report.remedies.three_ways import (
    ABOVE,
    ALIKE,
    BELOW,
    THREE_WAYS,
    beside,
    better_sentence,
    between_sentence,
    finding,
    provider_text,
)
from tradeoffs.report.remedies.three_ways import settings as three_ways
from tradeoffs.scenario import Scenario

UP, SAME, DOWN = community("h", 0.6, 0.8), community("h", 0.7, 0.7), community("h", 0.8, 0.6)


def look(**query: str) -> Look:
    values = values_of({"level": "explore", **query})
    return Look(here=scenario_of(values), values=values)


def test_every_way_is_asked_for_or_refused_with_a_reason_in_words():
    seen = look(dial="1")
    every = ways(seen)
    assert list(every) == list(REMEDIES)
    refused = {name: why for name, why in every.items() if isinstance(why, str)}
    assert refused["split"].startswith("“Model size: 0”") and "=" not in refused["split"]
    possible = [one for one in every.values() if isinstance(one, Scenario)]
    assert set(settings(seen)) == set(possible) and settings(seen)[1] == seen.here
    assert every["fedavg"] == seen.here and seen.here.dial == 1


def test_a_way_that_is_refused_stands_under_its_heading_with_the_reason():
    drawn = picture({"pooled": UP, "fedavg": DOWN}, {"split": "no"}, "fedavg", "accuracy")
    names = [REMEDIES[name].title for name in REMEDIES if name in ("pooled", "fedavg", "split")]
    assert [line.name.lower() for line in drawn.lines] == [name.lower() for name in names]
    by = {line.name.lower(): line for line in drawn.lines}
    assert by[REMEDIES["split"].title.lower()].detail == "no"
    assert by[REMEDIES["fedavg"].title.lower()].home
    assert [one.heading for one in drawn.lines if one.heading] == [
        "Sharing data",
        "Training together",
    ]


def test_ways_that_bring_more_or_less_are_counted():
    told = headline([UP, UP, SAME, DOWN])
    assert told.startswith("2 of 4 ways are better than training alone and 1 is worse")
    assert headline([]) == ""


@pytest.mark.parametrize(
    ("provider", "together", "told"),
    [
        (UP, UP, "accuracy is higher with somebody else's model and by training together"),
        (DOWN, UP, "accuracy is higher by training together than alone, and lower with"),
        (DOWN, SAME, "accuracy is lower with somebody else's model than alone"),
        (SAME, SAME, "the accuracy of neither way can be told apart from"),
    ],
)
def test_the_story_says_which_ways_are_told_from_training_alone(provider, together, told):
    found = finding("Home", {"as_is": provider, "fedavg": together})
    assert found.startswith(f"For Home, {told}") and found.endswith(".")


@pytest.mark.parametrize(
    ("provider", "epsilon", "told"),
    [
        ("others", None, "A model that the other communities trained together."),
        ("label.very_happy", None, "A model trained for another label: very happy."),
        ("Pacific", 1.0, "The model of Pacific. It is trained without a privacy budget"),
        ("private.others", 1.0, "together. It is trained with the privacy budget for its people"),
    ],
)
def test_the_card_names_the_provider_and_what_its_people_are_promised(provider, epsilon, told):
    assert told in provider_text(
        look().here.but(remedy="as_is", provider=provider, epsilon=epsilon)
    )


def test_a_loss_is_told_without_a_sign_as_so_much_below():
    assert UP.difference and DOWN.difference and SAME.difference
    assert beside(UP.difference)[0] == ABOVE and "+" not in beside(UP.difference)[1]
    compared, change = beside(DOWN.difference)
    assert compared == BELOW and "−" not in change and "+" not in change
    assert beside(SAME.difference)[0] == ALIKE


def test_the_story_asks_for_home_first_and_for_everybody_else_after():
    seen = look()
    wanted = three_ways(seen)
    homes = [one.home for one in wanted]
    assert homes[:3] == [seen.here.home] * 3 and wanted[0].remedy == "alone"
    assert len(set(homes)) == 9 and {one.remedy for one in wanted} == {"alone", "fedavg", "as_is"}


def test_the_third_way_is_the_chosen_one_as_its_dial_is_set():
    chosen = look(remedy="gossip", dial="4")
    assert three_ways(chosen)[1] == chosen.here and chosen.here.dial == 4
    for other in ("alone", "as_is"):
        wanted = three_ways(look(remedy=other, provider="Pacific"))
        assert [one.remedy for one in wanted[:3]] == ["alone", "fedavg", "as_is"]
    assert wanted[2].provider == "Pacific"


def test_the_card_of_training_together_says_by_which_way_and_at_which_dial():
    card = THREE_WAYS.panel(look(level="story", dial="50"), Job([])).cards[2]
    assert card.title == "Together" and "by federated averaging (FedAvg)." in card.text
    assert card.text.endswith("Here: an exchange every 50 steps.")
    other = THREE_WAYS.panel(look(remedy="pooled"), Job([])).cards[2]
    assert other.title == "Pooled rows (centralised training)"
    assert other.text == REMEDIES["pooled"].help


def test_the_two_other_ways_are_compared_with_each_other():
    here = look().here
    assert UP.difference and DOWN.difference and SAME.difference
    more = "Accuracy is higher by training together than with somebody else's model."
    fewer = "Accuracy is higher with somebody else's model than by training together."
    assert better_sentence(here, UP.difference) == more
    assert better_sentence(here, DOWN.difference) == fewer
    assert (
        better_sentence(here, SAME.difference)
        == "The accuracy of these two ways cannot be told apart."
    )
    told = between_sentence(here, DOWN.difference)
    assert told.startswith("For South Atlantic, training together is ") and "−" not in told
    assert told.endswith(") below somebody else's model.")


def test_names_of_points_do_not_cover_each_other():
    crowd = [(0.5 + 0.01 * k, 0.5) for k in range(4)]
    assert len(set(label_places(crowd, ["a name"] * 4))) == 4


def test_training_alone_is_told_with_as_many_people_as_the_community_has():
    seen = look(level="story", rows="all", home="New England")
    home = next(one for one in places(seen.here) if one.name == seen.here.home)
    assert home.train < seen.here.rows
    text = THREE_WAYS.panel(seen, Job([])).cards[0].text
    assert text == f"A model of its own, from the records of {home.train:,} people."
