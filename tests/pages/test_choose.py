"""Choose without a browser: what is wished for moves the address, and what it picks is told."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store

APP = str(Path(__file__).parents[2] / "app.py")
IMPOSSIBLE = "accuracy:0.845+fairness:0.02"


@pytest.fixture(scope="module")
def manager(tmp_path_factory):
    """A manager whose worker is this process, with the shipped results."""
    store = Store(tmp_path_factory.mktemp("choose") / "store.sqlite")
    found = Manager(store, lambda machine: Synchronous())
    yield found
    found.close()
    store.close()


@pytest.fixture(autouse=True)
def _shown(manager, monkeypatch):
    monkeypatch.setattr(live, "manager", lambda: manager)


def opened(**link: str) -> AppTest:
    """The tab Choose at an address."""
    app = AppTest.from_file(APP, default_timeout=60)
    for field, value in ({"level": "explore"} | link).items():
        app.query_params[field] = value
    app.session_state["details"] = "Choose"
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*app.markdown, *app.caption, *app.warning))


def setting(app: AppTest) -> dict[str, str]:
    return app.session_state["setting"]


def marked(app: AppTest) -> int | None:
    source = app.session_state["channel"].shown()["pick"]
    return json.loads(source.parts()["pick"])


def test_without_a_wish_all_count_alike_and_no_picture_is_marked():
    app = opened()
    assert [one.value for one in app.slider] == [25] * 4
    assert "the one that meets your wish best is: ε = 0.2" in text(app)
    assert "pick" not in app.session_state["channel"].shown()


def test_points_move_the_address_the_pick_and_its_mark_in_the_pictures():
    app = opened()
    app.slider(key="wish-points-accuracy").set_value(100).run()
    assert not app.exception
    assert setting(app)["wish"].startswith("points.accuracy:100+points.fairness:25")
    assert "accuracy 57 %" in text(app)
    job = app.session_state["channel"].shown()["screen"].job
    assert marked(app) in job.numbers.values()


def test_going_there_moves_the_sliders():
    app = opened(wish="points.fairness:100")
    app.button(key="wish-go").click().run()
    assert not app.exception
    assert (setting(app)["epsilon"], setting(app)["max_gap"]) == ("0.1", "none")
    assert setting(app)["width"] == "8"
    assert "It is your current setting." in text(app)


def test_what_would_have_to_give_is_told_and_nothing_is_marked():
    app = opened(at_least=IMPOSSIBLE, wish="points.accuracy:100")
    assert "settings on screen qualifies." in text(app) and "alone is relaxed" in text(app)
    assert marked(app) is None
    app.number_input(key="wish-accepted-fairness").set_value(None).run()
    assert setting(app)["at_least"] == "accuracy:0.845"
    assert "meets your wish best" in text(app)


def test_a_value_wished_for_is_kept_in_the_unit_of_its_column():
    app = opened(wish="by:aspiration")
    app.number_input(key="wish-aspiration-accuracy").set_value(84.0).run()
    assert setting(app)["wish"] == "by:aspiration+aspiration.accuracy:0.84"
    assert "reaches every value" in text(app)


def test_patterns_and_utilities_rank_the_same_settings():
    app = opened(wish="by:pattern")
    assert "maximin view" in text(app) and "Mean utility of a person" in text(app)
    app.selectbox(key="wish-pattern").set_value("prioritarian").run()
    app.number_input(key="wish-parameter").set_value(5.0).run()
    app.number_input(key="wish-person-true_negative").set_value(0.5).run()
    assert not app.exception
    assert setting(app)["wish"] == "by:pattern+pattern.prioritarian:5+person.true_negative:0.5"


def test_nonsense_in_a_link_is_told_and_the_rest_kept():
    app = opened(wish="points.beauty:3+points.accuracy:60+points.fairness:-4+by:magic")
    for word in ("beauty", "[0, 100]", "magic"):
        assert word in text(app)
    assert setting(app)["wish"] == "points.accuracy:60"
    assert "all objectives counted equally" in text(opened(wish="points.accuracy:0"))


def test_a_step_moves_the_sliders_and_each_objective_can_be_told_what_it_may_do():
    app = opened()
    app.button(key="wish-step-fairness-accuracy").click().run()
    assert not app.exception
    assert setting(app)["max_gap"] == "0.02" and setting(app)["epsilon"] == "1"
    app = opened()
    app.selectbox(key="wish-class-privacy").set_value("improve until").run()
    assert "No objective may get worse" in text(app)
    app.selectbox(key="wish-class-accuracy").set_value("free").run()
    assert "needs the value where it ends" in text(app)
    app.number_input(key="wish-until-privacy").set_value(0.5).run()
    assert not app.exception
    assert "from ε = 1 to ε = 0." in text(app)
