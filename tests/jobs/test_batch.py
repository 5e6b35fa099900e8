import pytest

from tradeoffs.errors import InvalidInput, WorkerError
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.worker import work


@pytest.fixture
def wanted(plain):
    return [scenario for rows in (300, 200, 400) for scenario in plain(rows, seeds=2)]


def test_results_come_in_order_with_progress_and_are_stored(fake, store, wanted):
    seen = []
    results = run_all(wanted, store, fake, lambda *both: seen.append(both))
    assert [result.scenario for result in results] == wanted
    assert seen == [(0, 6), (2, 6), (4, 6), (6, 6)]
    assert len(store.results(resolve(s).result_key for s in wanted)) == 6


def test_what_is_stored_is_not_computed(fake, store, wanted, pairs):
    store.put(pairs(wanted[:3]))
    results = run_all(wanted, store, fake)
    assert [result.scenario for result in results] == wanted
    assert sorted(map(repr, sum(fake.asked, []))) == sorted(map(repr, wanted[3:]))


def test_nobody_is_asked_if_everything_is_stored(fake, store, wanted, pairs):
    store.put(pairs(wanted))
    seen = []
    results = run_all(wanted, store, fake, lambda *both: seen.append(both))
    assert [result.scenario for result in results] == wanted
    assert (seen, fake.asked) == ([(6, 6)], [])


def test_known_weights_go_along(fake, store, wanted, pairs):
    store.put(pairs(wanted))
    run_all([scenario.but(shift_intensity=1.0) for scenario in wanted], store, fake)
    assert [set(known) for known in fake.known] == [
        {resolve(s).model_key for s in asked} for asked in fake.asked
    ]


def test_without_a_store_and_with_repeated_scenarios(fake, wanted):
    results = run_all([*wanted, *wanted[:2]], None, fake)
    assert [result.scenario for result in results] == [*wanted, *wanted[:2]]
    assert sum(map(len, fake.asked)) == 6


def test_what_arrived_before_an_error_is_stored(fake, store, wanted):
    fewest = min(scenario.rows for scenario in wanted)  # whose chunks go last

    def answer(scenario):
        if scenario.rows == fewest:
            raise InvalidInput(f"rows={fewest} must be something else")
        return outcome(scenario)

    outcome, fake.answer = fake.answer, answer
    with pytest.raises(InvalidInput, match=f"rows={fewest}"):
        run_all(wanted, store, fake)
    kept = store.results(resolve(s).result_key for s in wanted)
    assert len(kept) == sum(s.rows > fewest for s in wanted)


def test_a_dead_worker_is_told(fake, store, wanted):
    fake.dies = 1
    with pytest.raises(WorkerError, match="stopped"):
        run_all(wanted, store, fake)


def test_the_real_thing_in_this_process(plain):
    scenarios = plain(200, seeds=2)
    results = run_all(scenarios, None, Synchronous())
    [chunk] = chunks(map(resolve, scenarios))
    for result, trained in zip(results, work(chunk, None), strict=True):
        assert result.measurement.decisions == trained.measurement.decisions
        assert 0.7 < result.measurement.report["accuracy"] < 0.9
