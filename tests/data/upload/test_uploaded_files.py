"""Files as they were sent: two budgets, and nothing left of a session that is gone."""

import pytest

from tradeoffs.data.upload import uploaded_files
from tradeoffs.data.upload.raw_columns import MEGABYTE
from tradeoffs.data.upload.uploaded_files import MOST_OF_PROCESS, MOST_OF_SESSION
from tradeoffs.errors import Busy, InvalidInput


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(uploaded_files, "_kept", {})
    uploaded_files._reserved.clear()


def sent(session: str, name: str, megabytes: int) -> None:
    with uploaded_files.reserve(session, megabytes * MEGABYTE):
        uploaded_files.keep(session, name, b"x" * (megabytes * MEGABYTE))


def test_a_session_has_a_budget_which_a_refusal_names_and_nothing_is_lost():
    sent("a", "1", 10)
    sent("a", "2", 10)
    told = "5.0 MB has no room: files of this tab .* take 20.0 MB of at most 24 MB"
    with pytest.raises(InvalidInput, match=told):
        sent("a", "3", 5)
    assert [len(uploaded_files.find("a", name) or b"") for name in "12"] == [10 * MEGABYTE] * 2
    uploaded_files.drop("a", "1")
    sent("a", "3", 5)
    assert uploaded_files.find("a", "1") is None
    uploaded_files.drop("a")
    assert not uploaded_files.sessions()


def test_all_sessions_share_a_budget():
    each = MOST_OF_SESSION // MEGABYTE
    for n in range(MOST_OF_PROCESS // MOST_OF_SESSION):
        sent(str(n), "1", each)
    with pytest.raises(Busy, match="1.0 MB has no room: files of this server .* at most 120 MB"):
        sent("late", "1", 1)
    full = uploaded_files.full(MEGABYTE)
    assert full and full.code == "no_room_on_server"
    uploaded_files.drop("0")
    assert not uploaded_files.full(MEGABYTE)
    sent("late", "1", 1)


def test_what_is_on_its_way_counts_and_is_given_back():
    with uploaded_files.reserve("a", MOST_OF_SESSION):
        with pytest.raises(InvalidInput, match="has no room"):
            sent("a", "1", 1)
        sent("b", "1", 1)
    sent("a", "1", 1)
    assert not uploaded_files._reserved
