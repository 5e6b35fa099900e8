import gc
import threading
import time
import weakref

import pytest

from tests.jobs.conftest import measured
from tradeoffs.errors import Busy, InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs import manager as module
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import shares
from tradeoffs.scenario import Scenario

PATIENCE = 60.0
ROWS = (200, 300, 400, 500)  # each size of the training table is a chunk


@pytest.fixture
def wanted(plain):
    return [scenario for rows in ROWS for scenario in plain(rows, seeds=2)]


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def stored(store, scenarios):
    return set(store.results(resolve(s).result_key for s in scenarios))


def rows_of(asked):
    return [scenarios[0].rows for scenarios in asked]


def test_you_are_here_comes_first_and_alone_then_the_order_given(managed, fake, wanted):
    job = managed().submit("me", wanted, first=wanted[2])
    assert job.wait(PATIENCE)
    assert fake.asked[0] == [wanted[2]]
    assert fake.asked[1] == wanted[:2]
    assert sorted(map(repr, sum(fake.asked, []))) == sorted(map(repr, wanted))


def test_results_come_in_the_order_submitted_as_they_arrive(managed, fake, wanted):
    fake.hold()
    job = managed().submit("me", wanted, first=wanted[3])
    fake.wait_asked(1)
    assert (job.state, job.arrived, job.total, job.results()) == ("running", 0, 8, [])
    seen = job.version
    fake.step(1)
    fake.wait_asked(2)
    assert job.version > seen
    assert [result.scenario for result in job.results()] == [wanted[3]]
    fake.step(1)
    fake.wait_asked(3)
    assert [r.scenario for r in job.results()] == [wanted[0], wanted[1], wanted[3]]
    fake.step()
    assert job.wait(PATIENCE)
    assert (job.state, job.arrived, job.error, job.notice) == ("done", 8, None, "")
    assert [result.scenario for result in job.results()] == wanted
    assert [r.measurement.report["accuracy"] for r in job.results()] == [
        s.rows + s.seed / 1000 for s in wanted
    ]
    assert 0 < job.seconds == job.seconds


def test_pages_are_woken_at_every_version_and_when_an_answer_is_there(managed, fake, wanted):
    woken = []
    manager = managed(wake=lambda: woken.append(1))
    job = manager.submit("me", wanted)
    assert job.wait(PATIENCE)
    assert len(woken) == job.version > len(ROWS)
    assert manager.ask(str).result(PATIENCE) == ""
    until(lambda: len(woken) == job.version + 1)


def test_first_is_put_in_front_if_it_is_not_among_them(managed, wanted):
    here = wanted[0].but(seed=77)
    job = managed().submit("me", wanted, first=here)
    assert job.wait(PATIENCE)
    assert [result.scenario for result in job.results()] == [here, *wanted]


def test_what_is_known_is_there_at_once_and_nothing_is_computed(managed, fake, store, wanted):
    first = managed()
    assert first.submit("me", wanted).wait(PATIENCE)
    asked = len(fake.asked)
    job = first.submit("you", wanted[::-1])  # from memory
    assert (job.state, job.arrived) == ("done", 8)
    assert [result.scenario for result in job.results()] == wanted[::-1]
    first.close()
    fake.hold()
    job = managed().submit("me", wanted)  # from the store, with a worker that does not answer
    assert (job.state, job.arrived, len(fake.asked)) == ("done", 8, asked)


def test_only_what_is_missing_is_computed(managed, fake, store, wanted, pairs):
    store.put(pairs(wanted[:5]))
    fake.hold()
    job = managed().submit("me", wanted)
    assert (job.state, job.arrived) in {("waiting", 5), ("running", 5)}
    assert [result.scenario for result in job.results()] == wanted[:5]
    fake.step()
    assert job.wait(PATIENCE)
    assert sorted(map(repr, sum(fake.asked, []))) == sorted(map(repr, wanted[5:]))


def test_known_weights_go_along_to_another_deployment(managed, fake, store, wanted, pairs):
    store.put(pairs(wanted[:2]))
    shifted = [scenario.but(shift_intensity=0.5) for scenario in wanted]
    assert managed().submit("me", shifted).wait(PATIENCE)
    weights = store.weights(resolve(s).model_key for s in wanted[:2])
    assert (fake.asked[0], fake.known[0]) == (shifted[:2], weights)
    assert fake.known[1:] == [None] * 3


def test_the_newest_job_of_an_owner_wins(managed, fake, store, wanted, plain):
    manager = managed()
    fake.hold()
    old = manager.submit("me", wanted)
    fake.wait_asked(1)
    new = manager.submit("me", plain(2000))
    assert (old.state, manager.job("me")) == ("dropped", new)
    fake.step()
    assert new.wait(PATIENCE)
    assert rows_of(fake.asked) == [200, 2000]
    until(lambda: stored(store, wanted) == stored(store, wanted[:2]) != set())
    assert old.arrived == 0  # what was under way is stored, but nobody looks at the old job


def test_identical_sweeps_are_one_job(managed, fake, wanted):
    manager = managed()
    fake.hold()
    job = manager.submit("me", wanted, first=wanted[0])
    assert manager.submit("you", list(wanted), first=wanted[0]) is job
    assert manager.submit("me", wanted, first=wanted[0]) is job
    manager.cancel("me")
    assert job.active and manager.job("me") is None
    fake.step()
    assert job.wait(PATIENCE)
    assert len(fake.asked) == 5


def test_a_job_without_owners_is_dropped(managed, fake, wanted):
    manager = managed()
    fake.hold()
    job = manager.submit("me", wanted)
    manager.submit("you", wanted)
    manager.cancel("me")
    manager.cancel("you")
    manager.cancel("nobody")
    assert job.state == "dropped"
    again = manager.submit("me", wanted)
    assert again is not job
    fake.step()
    assert again.wait(PATIENCE)


@pytest.mark.usefixtures("places_at_once")
def test_jobs_take_turns_and_a_new_one_is_served_next(managed, fake, plain):
    manager = managed()
    fake.hold()
    a = [s for rows in (200, 210, 220) for s in plain(rows)]
    b = [s for rows in (300, 310, 320) for s in plain(rows)]
    manager.submit("a", a)
    fake.wait_asked(1)
    manager.submit("b", b)
    fake.step(2)
    fake.wait_asked(3)
    d = manager.submit("d", plain(500))
    c = manager.submit("c", [*plain(400), *plain(410)])
    assert [(job.state, job.position) for job in (c, d)] == [("waiting", 1), ("waiting", 2)]
    fake.step(1)
    fake.wait_asked(4)
    assert [(job.state, job.position) for job in (c, d)] == [("running", 0), ("waiting", 1)]
    fake.step()
    assert d.wait(PATIENCE)
    until(lambda: len(fake.asked) == 9)
    assert rows_of(fake.asked) == [200, 300, 210, 400, 500, 310, 220, 410, 320]


@pytest.mark.usefixtures("places_at_once")
def test_a_first_task_goes_before_all_others_of_anybody(managed, fake, plain):
    manager = managed()
    fake.hold()
    manager.submit("a", [*plain(200), *plain(210)])
    fake.wait_asked(1)
    b = manager.submit("b", [*plain(300), *plain(310)], first=plain(310)[0])
    c = manager.submit("c", [*plain(400), *plain(410)])  # newer, but nothing goes first
    assert (b.position, c.position) == (1, 2)
    fake.step()
    until(lambda: len(fake.asked) == 6)
    assert rows_of(fake.asked) == [200, 310, 400, 210, 300, 410]
    assert b.expected_wait is None


@pytest.mark.usefixtures("places_at_once")
def test_who_waits_is_told_for_how_long_by_what_tasks_took(managed, fake, plain):
    manager = managed()
    fake.hold()
    manager.submit("a", [*plain(200), *plain(210)])
    fake.wait_asked(1)
    b = manager.submit("b", plain(300))
    assert (b.position, b.expected_wait) == (1, None)
    time.sleep(0.2)
    fake.step(1)
    fake.wait_asked(2)
    c, d = manager.submit("c", plain(400)), manager.submit("d", plain(500))
    assert d.expected_wait is not None and 0.2 <= d.expected_wait < PATIENCE
    assert c.expected_wait == pytest.approx(2 * d.expected_wait)


def test_tasks_shrink_as_jobs_share_the_worker(managed, fake, plain, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_WORK", 200 * 200 * 5 * 16)  # 16 models of 200 rows
    manager = managed()
    fake.hold()
    job = manager.submit("me", plain(200, seeds=64))
    fake.wait_asked(1)
    others = [
        manager.submit(owner, [s for rows in (500, 600, 700) for s in plain(rows + owner)])
        for owner in range(3)
    ]
    fake.step()
    assert all(one.wait(PATIENCE) for one in [job, *others])
    sizes = [len(asked) for asked in fake.asked if asked[0].rows == 200]
    assert sizes[0] == 16
    assert min(sizes) == 4
    assert sum(sizes) == 64
    assert [shares(n) for n in (0, 1, 2, 3, 4, 50)] == [1, 1, 2, 2, 4, 4]


def test_what_arrives_for_one_job_is_not_computed_for_another(managed, fake, wanted):
    manager = managed()
    fake.hold()
    a = manager.submit("a", wanted)
    b = manager.submit("b", wanted[::-1])
    fake.step()
    assert a.wait(PATIENCE) and b.wait(PATIENCE)
    assert sorted(map(repr, sum(fake.asked, []))) == sorted(map(repr, wanted))
    assert [result.scenario for result in b.results()] == wanted[::-1]


def test_scenarios_of_one_meaning_all_get_the_result(managed, fake, plain):
    [scenario] = plain()
    twin = scenario.but(notion="equal_opportunity")  # without a bound it does not matter
    job = managed().submit("me", [scenario, twin])
    assert job.wait(PATIENCE)
    assert [result.scenario for result in job.results()] == [scenario, twin]
    assert (job.arrived, fake.asked) == (2, [[scenario]])


def test_too_many_models_are_refused_with_their_number(managed, fake, wanted, plain, store, pairs):
    store.put(pairs(plain(900)))
    manager = managed(most_models=6)
    fake.hold()
    manager.submit("first", plain(250))
    fake.wait_asked(1)
    jobs = [manager.submit(owner, plain(600 + owner, seeds=2)) for owner in range(3)]
    with pytest.raises(Busy, match="6 models are waiting"):
        manager.submit("late", wanted)
    assert manager.job("late") is None
    assert manager.submit("late", plain(900)).state == "done"  # known: no work
    assert manager.submit("twin", plain(600, seeds=2)) is jobs[0]  # the same work
    assert manager.submit(2, wanted).active  # in the place of their own
    with pytest.raises(Busy):
        manager.submit(0, plain(700))  # theirs goes on for the twin
    assert manager.job(0) is jobs[0]


def test_a_job_that_nobody_polls_is_dropped(managed, fake, plain, wanted):
    manager = managed(lease_seconds=1.0)
    fake.hold()
    left = manager.submit("left", wanted)
    fake.wait_asked(1)
    kept = manager.submit("kept", plain(900))
    assert not kept.wait(1.5)
    fake.step()
    assert kept.wait(PATIENCE)
    assert (left.state, kept.state, manager.job("left")) == ("dropped", "done", None)
    assert rows_of(fake.asked) == [200, 900]


def test_jobs_that_nobody_polls_make_room(managed, fake, plain):
    manager = managed(lease_seconds=0.1, most_models=1)
    fake.hold()
    manager.submit("first", plain(500))
    fake.wait_asked(1)
    manager.submit("second", plain(501))
    time.sleep(0.2)
    assert manager.submit("me", plain(900)).active


def test_a_finished_job_is_let_go_but_stays_readable(managed, plain):
    manager = managed(lease_seconds=0.1)
    job = manager.submit("me", plain())
    assert job.wait(PATIENCE)
    until(lambda: manager.job("me") is None)
    assert (job.state, len(job.results())) == ("done", 1)


def test_an_error_fails_that_job_alone_with_its_message(managed, fake, plain):
    def answer(scenario):
        if scenario.rows == 300:
            raise InvalidInput("rows=300 must be something else")
        return honest(scenario)

    honest, fake.answer = fake.answer, answer
    manager = managed()
    bad = manager.submit("a", [*plain(200), *plain(300), *plain(400)])
    good = manager.submit("b", [*plain(500), *plain(600)])
    assert bad.wait(PATIENCE) and good.wait(PATIENCE)
    assert (bad.state, str(bad.error)) == ("failed", "rows=300 must be something else")
    assert [result.scenario.rows for result in bad.results()] == [200]
    assert (good.state, good.error) == ("done", None)
    assert manager.submit("a", [*plain(200), *plain(300), *plain(400)]) is bad  # no endless retry
    fake.answer = honest
    manager.cancel("a")
    assert manager.submit("a", [*plain(200), *plain(300), *plain(400)]).wait(PATIENCE)
    assert manager.job("a").state == "done"


def test_the_screen_is_spared_the_details_of_an_unexpected_error(managed, fake, plain, caplog):
    def answer(scenario):
        raise RuntimeError("/a/path/of/this/machine")

    fake.answer = answer
    job = managed().submit("me", plain())
    assert job.wait(PATIENCE)
    assert job.state == "failed"
    assert job.error and job.error.code == "unexpected_error"
    assert job.error.values == {"kind": "RuntimeError"}
    assert "/a/path/of/this/machine" in caplog.text


def test_a_sweep_that_cannot_be_cut_fails_alone(managed, monkeypatch, plain):
    class Uncut:
        first, work = False, 0.0

        def __len__(self):
            return 1

        def take(self, work):
            raise ValueError("cannot be cut")

        def remove(self, keys):
            pass

    manager = managed()
    with monkeypatch.context() as patch:
        patch.setattr(module, "Backlog", lambda *args: Uncut())
        bad = manager.submit("a", plain(200))
    good = manager.submit("b", plain(300))
    assert bad.wait(PATIENCE) and good.wait(PATIENCE)
    assert (bad.state, good.state) == ("failed", "done")


def test_results_that_do_not_come_back_fail_the_job(managed, fake, plain):
    other = plain(999)[0]
    honest, fake.answer = fake.answer, lambda _: honest(other)
    job = managed().submit("me", plain(300))
    assert job.wait(PATIENCE)
    assert job.state == "failed" and job.error and job.error.code == "results_lost"


def test_a_worker_that_dies_is_replaced_and_the_task_tried_again(managed, fake, wanted):
    fake.dies = 2
    job = managed().submit("me", wanted)
    assert job.wait(PATIENCE)
    assert (job.state, job.arrived) == ("done", 8)
    assert "restarted" in job.notice
    assert fake.made == 3
    assert fake.asked[0] == fake.asked[1] == fake.asked[2] == wanted[:2]


def test_a_task_that_always_kills_its_worker_is_given_up(managed, fake, store, wanted, plain):
    manager = managed()
    fake.hold()
    job = manager.submit("me", wanted)
    fake.wait_asked(1)
    fake.step(1)
    fake.wait_asked(2)
    fake.dies = 3
    fake.step()
    assert job.wait(PATIENCE)
    assert job.state == "failed"
    assert job.error and job.error.code == "worker_stopped_often"
    assert [result.scenario for result in job.results()] == wanted[:2]
    assert manager.state == "failed"
    until(lambda: len(stored(store, wanted)) == 2)
    assert manager.submit("you", plain(900)).wait(PATIENCE)
    assert (manager.job("you").state, manager.state) == ("done", "ready")


def test_without_an_executor_jobs_fail_with_the_reason(managed, plain):
    def factory(machine):
        raise InvalidInput("the address is wrong")

    manager = managed(executor_factory=factory)
    assert not manager.wait_ready(PATIENCE)
    assert manager.state == "failed"
    job = manager.submit("me", plain())
    assert job.wait(PATIENCE)
    assert (job.state, str(job.error)) == ("failed", "the address is wrong")


def test_a_deployment_without_the_default_table_has_a_worker_too(managed, monkeypatch):
    monkeypatch.setenv("TRADEOFFS_TABLES", "hmda")
    manager = managed(executor_factory=lambda machine: Synchronous())
    assert manager.wait_ready(30.0)
    job = manager.submit("ann", [adapt(Scenario())[0]])
    assert job.wait(30.0) and job.state == "done"


def test_what_cannot_be_resolved_is_refused_and_changes_nothing(managed, fake, wanted):
    manager = managed()
    fake.hold()
    job = manager.submit("me", wanted)
    with pytest.raises(InvalidInput, match="unknown notion"):
        manager.submit("me", [Scenario.of(notion="nothing", mechanism="none")])
    assert manager.job("me") is job and job.active


def test_nothing_to_do_is_done(managed):
    job = managed().submit("me", [])
    assert (job.state, job.total, job.results()) == ("done", 0, [])


def test_memory_is_bounded_and_the_store_takes_over(managed, fake, store, plain):
    many = plain(300, seeds=20)
    most = 5 * measured(many[0]).size
    manager = managed(remembered=most)
    assert manager.submit("me", many).wait(PATIENCE)
    assert 0 < manager._memory.used <= most
    until(lambda: len(stored(store, many)) == 20)
    manager.cancel("me")
    assert manager.submit("me", many).state == "done"
    assert 0 < manager._memory.used <= most


def test_two_sweeps_hold_what_they_share_once(managed, store, plain, pairs):
    many = plain(300, seeds=20)
    store.put(pairs(many))
    manager = managed(remembered=0)
    one = manager.submit("me", many)
    other = manager.submit("you", many[5:])
    shared = zip(one.results()[5:], other.results(), strict=True)
    assert all(mine.measurement is yours.measurement for mine, yours in shared)


def test_what_an_owner_held_is_gone_when_the_lease_is_over(managed, fake, store, wanted, plain):
    store.put([])
    manager = managed(lease_seconds=0.05, remembered=0)
    job = manager.submit("me", wanted)
    assert job.wait(PATIENCE)
    held = [weakref.ref(job), *(weakref.ref(one.measurement) for one in job.results())]
    until(lambda: len(stored(store, wanted)) == len(wanted))
    del job
    until(lambda: manager.job("me") is None)
    until(lambda: gc.collect() is not None and not [one for one in held if one() is not None])


def test_closing_stores_what_has_arrived(managed, fake, store, wanted):
    manager = managed()
    fake.hold()
    job = manager.submit("me", wanted)
    fake.wait_asked(1)
    fake.step(1)
    fake.wait_asked(2)
    fake.step()
    manager.close()
    assert not job.active
    assert len(stored(store, wanted)) >= 2


def test_many_sessions_at_once(managed, fake, plain):
    manager = managed()
    failures = []

    def session(owner):
        try:
            for move in range(6):
                sweep = [s for rows in (200 + move, 300 + owner % 3) for s in plain(rows, seeds=3)]
                job = manager.submit(owner, sweep, first=sweep[0])
                if move % 2:
                    assert job.wait(PATIENCE)
                    assert [r.scenario for r in job.results()] == sweep
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=session, args=(owner,)) for owner in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    asked = sum(fake.asked, [])
    assert len(asked) == len(set(asked))  # nothing is computed twice
