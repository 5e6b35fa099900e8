"""Budgets: nobody is refused, and who asks for little goes first."""

import pytest

from tradeoffs.jobs.bucket import MINUTE
from tradeoffs.jobs.budget import WORK_A_SECOND, Budgets, Visitor
from tradeoffs.limits import Limits
from tradeoffs.report.job_status import status

ME, MATE, OTHER = Visitor("a", "school"), Visitor("b", "school"), Visitor("c", "home")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def budgets(clock):
    return Budgets(Limits(training=30, training_address=60), clock)


def test_a_tab_over_its_budget_comes_last_and_is_back_within_a_minute(budgets, clock):
    budgets.charge([ME], 1e9)  # whatever it took
    assert [budgets.rank([one]) for one in (ME, MATE, OTHER)] == [2, 1, 0]
    clock.now = MINUTE + 1
    assert [budgets.rank([one]) for one in (ME, MATE, OTHER)] == [0, 0, 0]


def test_many_tabs_of_one_address_share_its_budget(budgets):
    for number in range(3):
        budgets.charge([Visitor(str(number), "school")], 20)
    assert budgets.rank([Visitor("new", "school")]) == 1
    assert budgets.rank([OTHER]) == 0


def test_what_costs_more_than_is_left_comes_behind_before_it_begins(budgets):
    assert [budgets.rank([ME], price) for price in (29, 31)] == [0, 2]


def test_several_who_ask_for_the_same_share_its_price_and_the_best_of_them_counts(budgets):
    budgets.charge([ME, OTHER], 40)
    assert budgets.rank([ME], 15) == 2
    assert budgets.rank([ME], 10) == 0
    assert budgets.rank([ME, OTHER, None], 1000) == 0


def test_without_limits_and_for_the_machine_itself_nobody_is_behind(clock):
    none = Budgets(clock=clock)
    none.charge([ME], 1e9)
    assert none.rank([ME], 1e9) == 0
    limited = Budgets(Limits(training=1), clock)
    limited.charge([None], 1e9)
    assert limited.rank([None], 1e9) == 0
    assert limited.rank([]) == 0


def test_an_address_that_is_not_known_is_nobodys(clock):
    budgets = Budgets(Limits(training_address=1), clock)
    budgets.charge([Visitor("a", "")], 100)
    assert budgets.rank([Visitor("b", "")]) == 0


def test_full_buckets_are_forgotten_when_there_are_many(budgets, clock, monkeypatch):
    monkeypatch.setattr("tradeoffs.jobs.bucket.MOST_BUCKETS", 4)
    for number in range(20):
        clock.now += 1000
        budgets.charge([Visitor(str(number), str(number))], 5)
        assert len(budgets._sessions._known) <= 5
        assert len(budgets._addresses._known) <= 5


def test_who_is_over_budget_waits_behind_who_is_not_and_is_told(managed, fake, plain):
    manager = managed(limits=Limits(training=30))
    fake.hold()
    begun = manager.submit("machine", plain(rows=200))
    fake.wait_asked(1)
    manager._line._budgets.charge([ME], 100)
    mine = manager.submit("me", plain(rows=300), payer=ME)
    theirs = manager.submit("other", plain(rows=400), payer=OTHER)
    later = manager.submit("mate", plain(rows=500), payer=MATE)
    assert (mine.behind, theirs.behind) == (2, 0)
    assert "Other visitors go first, as you have asked" in status(mine, "ready")["text"]
    assert "first" not in status(theirs, "ready")["text"]
    fake.step()
    for job in (begun, mine, theirs, later):
        assert job.wait(60)
        assert job.state == "done"
    order = [asked[0].rows for asked in fake.asked]
    assert order[-1] == 300
    assert set(order) == {200, 300, 400, 500}
    assert mine.behind == 0  # it is done


def test_what_somebody_trains_is_charged_by_its_price(managed, fake, plain):
    manager = managed(limits=Limits(training=30))
    job = manager.submit("me", plain(rows=300, seeds=3), payer=ME)
    work = job.todo.work
    assert job.wait(60)
    left = manager._line._budgets._sessions.of(ME.session).left
    assert 30 - work / WORK_A_SECOND <= left + 1e-9 <= 30.1
    assert manager._line._budgets.rank([OTHER]) == 0


def test_above_the_limits_of_a_server_what_is_stored_is_shown_and_the_rest_told(
    managed, store, pairs, plain
):
    small, large, wide = plain(rows=300), plain(rows=400), plain(width=8)
    store.put(pairs(large))
    manager = managed(limits=Limits(rows=300, width=4))
    job = manager.submit("me", [*small, *large, *wide, *plain(rows=500)])
    assert job.wait(60)
    assert {one.scenario for one in job.results()} == {*small, *large}
    assert "Width=8 must be at most 4" in job.notice
    with pytest.raises(ValueError, match="width=8 must be at most 4"):
        manager.submit("me", wide)
