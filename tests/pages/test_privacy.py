"""The Privacy part without a browser: while the price is computed, told, or cannot be had."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from tradeoffs.errors import WorkerError
from tradeoffs.experiments.total_privacy import ComposedLoss
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def answer(tmp_path, monkeypatch):
    """What the worker will say about the price, on the shipped results."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    future: Future[ComposedLoss] = Future()
    monkeypatch.setattr(live, "manager", lambda: found)
    monkeypatch.setattr(found, "ask", lambda function, *arguments, payer=None: future)
    yield future
    found.close()
    found.store.close()


def part() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Privacy"
    return app.run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def test_the_page_does_not_wait_for_the_accountants(answer):
    app = part()
    assert not app.exception
    assert "The accountants are computing" in texts(app.caption)
    assert "declared for each model alone" in texts(app.caption)


def test_the_price_is_told_with_its_conditions(answer):
    answer.set_result(ComposedLoss(together=433.9, accountant="prv", best=2.57))
    app = part()
    assert not app.exception
    told = texts(app.markdown).replace("\u00a0", " ")
    assert "ε = 434" in told and "ε = 2.57, against 0.994" in told
    assert "number of tries is random and stays secret" in texts(app.caption)
    assert {"0.994", "2.57", "434", "no promise"} <= set(app.dataframe[0].value["epsilon"])


def test_a_price_that_cannot_be_had_is_said_to_be_so(answer):
    answer.set_exception(WorkerError("the worker stopped"))
    app = part()
    assert not app.exception
    assert "could not be computed" in texts(app.warning)
    assert not app.dataframe
