"""What is pinned on a screen: trained with it, and compared as its models arrive."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from pages.shared.explorer.pins import PinsSource
from pages.shared.explorer.points import ASKED
from pages.shared.explorer.screen import Screen, screen
from tests.pages.test_explorer import linked
from tests.pages.test_explorer import told as explorer_told
from tests.pages.test_screen import AXES, manager
from tests.report.conftest import HERE, UNTOUCHED, deliver, job, model
from tradeoffs.experiments.adapt import adapt
from tradeoffs.fields import SEEDS
from tradeoffs.report.pins import pin
from tradeoffs.scenario import Scenario

__all__ = ["manager"]  # a fixture

LOOSE = HERE.but(epsilon=3.0)
OTHER_TABLE = adapt(HERE.but(dataset="loanapp"))[0]


def pins_of(found: Screen, pins: Sequence[Scenario]) -> PinsSource:
    return PinsSource(found, tuple(pin(one, found.here) for one in pins))


def told(one: PinsSource) -> dict[str, Any]:
    return {name: json.loads(part) for name, part in one.parts().items()}


def shown(*models, by) -> Screen:
    """Return a screen of models that are there."""
    found = Screen(HERE, *AXES, by)
    found.job = job([one.scenario for some in models for one in some], *models)
    return found


def test_pins_that_the_screen_shows_anyway_cost_no_picture_of_their_own(manager):
    usual = screen(Scenario(), *AXES)
    assert screen(Scenario(), *AXES, [Scenario(), Scenario(epsilon=0.1)]) is usual
    other = screen(Scenario(), *AXES, [Scenario(epsilon=0.1, width=32, max_gap=0.2)])
    assert other is not usual


def test_a_pin_elsewhere_among_the_settings_is_trained_in_the_same_job(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", lambda owner, wanted, first, payer: job(wanted))
    far, usual = Scenario(epsilon=3.0, max_gap=0.0), screen(Scenario(), *AXES)
    usual.submit("me")
    found = screen(Scenario(), *AXES, [far])
    found.submit("me")
    assert found.settings == (*usual.settings, far.configuration())
    assert found.job.total == usual.job.total + SEEDS
    number = len(usual.settings)
    (kept,) = told(pins_of(found, [far]))["pins"]
    assert (kept["letter"], kept["text"], kept["number"]) == ("A", "epsilon:3,max_gap:0", number)


def test_pins_are_compared_with_the_first_and_one_alone_with_the_setting(manager):
    seen = shown(model(HERE), model(LOOSE, gap=0.02, sd=0.001), model(UNTOUCHED), by=manager)
    alone = told(pins_of(seen, [LOOSE]))["comparison"]
    assert [(one["first"], one["name"]) for one in alone] == [("your setting", "A")]
    both = told(pins_of(seen, [UNTOUCHED, LOOSE]))
    assert [(one["first"], one["name"]) for one in both["comparison"]] == [("A", "B")]
    assert both["comparison"][0]["sentences"][1].startswith("The gap of B is 8.0 points smaller")
    assert told(pins_of(seen, [])) == {"pins": [], "comparison": []}


def test_what_arrives_is_news_and_nothing_else_is(manager):
    found, late = shown(model(HERE), by=manager), model(LOOSE)
    found.job = job([one.scenario for one in (*model(HERE), *late)], model(HERE))
    one = pins_of(found, [LOOSE])
    before, version = told(one), one.version()
    assert one.version() == version and one.parts() == one.parts()
    deliver(found.job, late)
    assert one.version() != version and told(one) != before
    assert one == pins_of(found, [LOOSE]) and hash(one) == hash(pins_of(found, [LOOSE]))


@pytest.mark.parametrize("field", ["dataset", "shift_intensity"])
def test_what_cannot_be_compared_says_why_and_the_rest_is(manager, field):
    other = {
        "dataset": adapt(HERE.but(dataset="loanapp"))[0],
        "shift_intensity": HERE.but(shift_intensity=1.0),
    }
    seen = shown(model(HERE), model(LOOSE), by=manager)
    found = told(pins_of(seen, [other[field], LOOSE]))
    kept = found["pins"][0]
    assert kept["number"] is None and "not compared" in kept["why"]
    assert HERE.but(**kept["changes"]) == other[field]  # one can go there all the same
    assert [(one["first"], one["name"]) for one in found["comparison"]] == [("your setting", "B")]


def test_pins_of_a_link_are_compared_and_those_that_are_no_more_are_told(manager):
    app = linked(pins="epsilon:3~epsilon:3,dataset:nowhere~max_gap:0.05")
    kept = explorer_told(app, "comparison")
    assert [one["text"] for one in kept["pins"]] == ["epsilon:3", "max_gap:0.05"]
    assert [(one["first"], one["name"]) for one in kept["comparison"]] == [("A", "B")]
    (notice,) = [one.value for one in app.warning]
    assert "dataset:nowhere" in notice and "The rest is kept." in notice


def test_of_500_pins_the_first_four_are_kept_and_that_is_said(manager):
    app = linked(pins="~".join(f"epsilon:{budget}" for budget in (0.1, 0.3, 3, 8, *[20] * 496)))
    assert [one["letter"] for one in explorer_told(app, "comparison")["pins"]] == [*"ABCD"]
    assert any("500 settings are pinned, at most 4" in one.value for one in app.warning)
    assert not app.exception


def test_what_models_look_at_is_told_once_somebody_asks(manager):
    app = linked()
    assert "features" not in app.session_state["channel"].shown()
    app.session_state[ASKED] = True
    looked = explorer_told(app.run(), "features")["features"]
    assert looked["shares"]["0"][0][1] > 0 and "age" in looked["titles"]


def test_the_story_has_no_points(manager):
    shown = linked(level="story", pins="epsilon:3").session_state["channel"].shown()
    assert "comparison" not in shown and "features" not in shown
