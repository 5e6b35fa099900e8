"""The load test on an explorer of its own: answers come, and cost no more than they did."""

from concurrent.futures import ThreadPoolExecutor

from loadtest import locked, moves, room
from loadtest.figures import figures, report
from loadtest.run import Options, run

# About twice of what a stored move costs, visits included.  What a move to be trained costs depends
# on how fast results arrive, as wall time does: neither is bounded.
MOST_CPU_MS, MOST_BYTES = 150, 80_000


def test_moves_are_answered_within_a_budget(monkeypatch):
    monkeypatch.setattr(moves, "STORED", {"epsilon": (1.0, None), "max_gap": (0.1, None)})
    asked = Options(
        sessions=10, idle=2, minutes=1 / 3, mode="stored", every=4.0, url=None, seed=0, json=False
    )
    # In a thread: Playwright's loop runs in this one while a browser is open.
    with ThreadPoolExecutor(1) as apart:
        found = figures(apart.submit(run, asked).result())
    told = report(found)
    assert found["errors"] == {}, told
    assert found["loaded"] == 10 and found["moves"] >= 8, told
    assert found["all_trained_ms"]["count"] > 0, told
    assert 0 < found["cpu_ms_a_move"] < MOST_CPU_MS, told
    assert 0 < found["bytes_a_move"] < MOST_BYTES, told


def test_phones_in_a_room_are_all_heard_and_all_told():
    asked = Options(
        sessions=1,
        idle=0,
        minutes=1.0,
        mode="stored",
        every=4.0,
        url=None,
        seed=0,
        json=False,
        phones=12,
        arrive=1.0,
    )
    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(room.measure, asked).result()
    words = room.told(found)
    assert found["errors"] == {}, words
    assert (found["answered"], found["lost"]) == (12, 0), words
    assert {found[f"{name}_ms"]["count"] for name in ("page", "join", "answer", "reveal")} == {12}
    assert "12 phones within 1 s" in words and "lost: 0" in words


def test_phones_that_are_locked_while_the_server_is_killed_lose_nothing():
    asked = Options(
        sessions=1,
        idle=0,
        minutes=0.4,
        mode="stored",
        every=1.0,
        url=None,
        seed=0,
        json=False,
        phones=10,
        arrive=1.0,
        locked=True,
    )
    found = locked.measure(asked)
    words = locked.told(found)
    assert found["errors"] == {}, words
    assert (found["answered"], found["lost"], found["forgotten"]) == (10, 0, 0), words
    assert found["kept"] > 10, words
