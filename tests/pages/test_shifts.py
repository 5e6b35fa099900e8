"""The page about shifts without a browser."""

import time
from concurrent.futures import Future
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments import shift_sweeps
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store

APP = str(Path(__file__).parents[2] / "app.py")
GSS = {"dataset": "gss", "label": "income_25k", "protected": "race"}


@pytest.fixture(autouse=True)
def manager(tmp_path, monkeypatch):
    """A manager that computes at once."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)

    def ask(function, *arguments, payer=None):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except NotMeasurable as error:
            future.set_exception(error)
        return future

    monkeypatch.setattr(found, "ask", ask)
    yield found
    found.close()
    found.store.close()


def opened(part: str = "What moved", **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    app.switch_page("pages/shifts.py")
    app.session_state["part"] = part
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def pictures(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_page_opens_on_a_picture_of_what_one_shift_moved():
    app = opened()
    assert not app.exception
    (told,) = texts(app.header).splitlines()
    where = "“Female” (sex) goes from 33.3 % to 78.9 % of people."
    assert told == f"With “other people” (100 %), {where}"
    drawn = pictures(app)
    assert drawn.index("Groups by sex") < drawn.index("✓ should move, and does")
    assert "78.9 %" in drawn and "(77.5 to 80.3)" in drawn
    told = texts(app.markdown)
    assert "A reference model has an error rate" in told and "come from other features" not in told


def test_tests_and_distances_stand_behind_an_expander_for_experts():
    app = opened()
    assert not app.dataframe and "AUC" not in texts(app.markdown) + pictures(app)
    (experts,) = (one for one in app.expander if one.label.startswith("For experts"))
    app.session_state["experts"] = True
    app.run()
    assert not app.exception and experts is not None
    assert "Moved: groups" in texts(app.markdown) and "AUC" in texts(app.markdown)
    assert app.dataframe[0].value["Declared"].tolist()[0] == "should move"
    assert "< 0.0001" in app.dataframe[0].value["p-value"].tolist()


def test_a_link_with_several_shifts_is_read_and_their_order_told():
    app = opened(other_shifts="flips:0.5+prior:0.25", rows="500")
    assert not app.exception
    assert texts(app.header).startswith("With “prior shift” (25 %), then “label noise” (50 %), ")


def test_real_places_are_offered_where_a_table_has_them():
    app = opened(
        dataset="gss", label="income_25k", protected="race", other_shifts="place.pacific:1"
    )
    assert not app.exception
    assert "another place: pacific" in texts(app.header)


def test_people_in_training_are_shifted_by_a_dial_of_their_own():
    app = opened()
    app.segmented_control(key="side").set_value("training").run()
    assert not app.exception
    assert "With “a group withholds its data: female” (50 %) in training, " in texts(app.header)
    assert app.query_params["training_shifts"] == "opt_out.female:0.5"
    assert "other_shifts" not in app.query_params


def test_all_shifts_at_once_break_nothing_and_one_of_each_is_kept():
    app = opened()
    every = app.multiselect[0]
    app = every.set_value(every.options).run()
    assert not app.exception
    assert "One shift can have only one target at a time. Left out: " in texts(app.caption)


def test_what_both_sides_offer_is_kept_and_what_is_dropped_is_told():
    app = opened(other_shifts="demographic:0.75+covariate:0.5")
    app.segmented_control(key="side").set_value("training").run()
    assert not app.exception
    assert app.query_params["training_shifts"] == "covariate:0.5"
    assert "so left out: other people." in texts(app.caption)


def test_a_link_with_shifts_in_training_opens_that_side():
    app = opened(training_shifts="opt_out.male:1")
    assert not app.exception and app.segmented_control(key="side").value == "training"
    assert "withholds its data: male” (100 %)" in texts(app.header)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"other_shifts": "flips:1.5"}, "intensity 1.5 of flips must be in [0, 1]"),
        ({"other_shifts": "flips:-1"}, "intensity -1 of flips must be in [0, 1]"),
        ({"other_shifts": "flips:a"}, "intensity 'a' of flips must be a number in [0, 1]"),
        ({"other_shifts": "place.pacific:1"}, " 100 % → none"),
        ({"other_shifts": "opt_out.female:1"}, " 100 % → none"),
        ({**GSS, "other_shifts": "place.pacific:1+place.mountain:1"}, "stated twice"),
        (
            {**GSS, "training_shifts": "place.pacific:1", "other_shifts": "place.pacific:1"},
            "nothing shifts; name two",
        ),
        ({"training_shifts": "flips:1", "other_shifts": "prior:1"}, "one side at a time"),
    ],
)
def test_a_link_that_cannot_be_used_is_told_and_breaks_nothing(query, told):
    app = opened(**query)
    assert not app.exception
    assert told in texts(app.warning) + texts(app.error)


def test_what_is_not_measurable_is_said_with_the_reason():
    app = opened(**GSS, other_shifts="place.new_england:1")
    assert not app.exception
    assert "leaves 136 rows, fewer than 200" in texts(app.warning)


def test_a_link_that_cannot_be_read_is_told():
    app = opened(other_shifts="quake:1")
    assert not app.exception
    assert "unknown shift 'quake'" in texts(app.warning)


def test_trained_models_are_measured_under_shifts(manager, monkeypatch):
    monkeypatch.setattr(shift_sweeps, "EPSILONS", (1.0,))
    app = opened(other_shifts="flips:0.5+prior:0.5")
    for part in ("Along the intensity", "Side by side", "Together and alone"):
        app.segmented_control(key="part").set_value(part).run()
        for _ in range(300):  # the job's threads bring results; the page polls
            if app.dataframe and not app.get("progress"):
                break
            time.sleep(0.2)
            app.run()
        assert not app.exception and app.dataframe and not app.get("progress"), part
