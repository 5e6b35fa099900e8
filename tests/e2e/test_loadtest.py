"""The load test on an explorer of its own: answers come, and cost no more than they did."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from loadtest import moves
from loadtest.figures import figures, report
from loadtest.run import Mode, Options, run

# About twice of what a move costs; wall time is the machine's, and is not bounded.
MOST_CPU_MS, MOST_BYTES = 800, 180_000


@pytest.fixture
def few(monkeypatch):
    """Few settings to train before stored moves."""
    monkeypatch.setattr(moves, "STORED", {"epsilon": (1.0, None), "max_gap": (0.1, None)})


def loaded(mode: Mode, sessions: int, minutes: float) -> dict:
    asked = Options(
        sessions=sessions, minutes=minutes, mode=mode, every=5.0, url=None, seed=0, json=False
    )
    # In a thread: Playwright's loop runs in this one while a browser is open.
    with ThreadPoolExecutor(1) as apart:
        return figures(apart.submit(run, asked).result())


@pytest.mark.usefixtures("few")
def test_stored_moves_are_answered_within_a_budget():
    found = loaded("stored", 3, 0.4)
    told = report(found)
    assert found["errors"] == {}, told
    assert found["loaded"] == 3 and found["moves"] >= 3, told
    assert found["answered"] >= found["moves"] // 2, told
    assert found["all_trained_ms"]["count"] == found["answered"], told
    assert 0 < found["cpu_ms_a_move"] < MOST_CPU_MS, told
    assert 0 < found["bytes_a_move"] < MOST_BYTES, told


def test_models_that_nobody_has_trained_come_too():
    found = loaded("cold", 1, 0.7)
    told = report(found)
    assert found["errors"] == {}, told
    assert found["own_point_ms"]["count"] > 0, told
