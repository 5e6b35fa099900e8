"""One person explained, without a browser: chosen, changed, told, or why not."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from tradeoffs.data.cases import load_cases
from tradeoffs.errors import Busy, NotMeasurable
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import explain

APP = str(Path(__file__).parents[2] / "app.py")
FIRST, SECOND = load_cases("adult").cases[:2]


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """A manager whose worker is this process, with the shipped results."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    yield found
    found.close()
    found.store.close()


def part(**values: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.session_state["details"] = "Explanation"
    for field, value in ({"level": "explore"} | values).items():
        app.query_params[field] = value
    return app.run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def attributions(app: AppTest):
    (table,) = [frame.value for frame in app.dataframe if "feature" in frame.value]
    return table


def test_a_person_is_explained_in_words_and_numbers(manager, monkeypatch):
    ask = manager.ask

    def at_once(*question, payer=None):
        answer = ask(*question, payer=payer)
        answer.exception(60)
        return answer

    monkeypatch.setattr(manager, "ask", at_once)
    app = part()
    assert not app.exception
    assert "never a real record" in texts(app.caption)
    told = texts(app.markdown)
    assert "The model answers “" in told and "training runs" in told
    before = attributions(app)
    assert len(before) == len(FIRST.values)
    hours = app.selectbox(key=f"answer-adult-{FIRST.name}-hours_per_week")
    hours.set_value(6).run()
    assert not app.exception
    assert not attributions(app).equals(before)


def test_persons_keep_their_own_answers(manager, monkeypatch):
    asked = []

    def ask(function, *arguments, payer=None):
        asked.extend([arguments[1]] if function is explain else [])
        return Future()

    monkeypatch.setattr(manager, "ask", ask)
    app = part()
    assert "The decision is being explained" in texts(app.caption)
    app.selectbox(key="case-adult").set_value(SECOND).run()
    assert not app.exception
    assert asked[0] != asked[-1]
    assert [name for name, _ in asked[0]] == list(FIRST.values)


@pytest.mark.parametrize("error", [NotMeasurable("the training with seed 3 diverged"), None])
def test_an_explanation_that_cannot_be_had_is_told(manager, monkeypatch, error):
    def ask(*question, payer=None):
        if error is None:
            raise Busy("8 questions are waiting")
        answer = Future()
        answer.set_exception(error)
        return answer

    monkeypatch.setattr(manager, "ask", ask)
    app = part()
    assert not app.exception
    told = "8 questions are waiting" if error is None else "The training with seed 3 diverged."
    assert told in texts(app.warning)


def test_a_table_without_composite_persons_says_so():
    def script():
        from pages.shared.details.local_explanation import person
        from tradeoffs.experiments.adapt import adapt_to_dataset
        from tradeoffs.scenario import Scenario

        person(None, adapt_to_dataset(Scenario(), "compas")[0])  # type: ignore[arg-type]  # it asks nothing

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert "no example persons" in texts(app.caption)
    assert not app.selectbox
