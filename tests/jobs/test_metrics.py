"""What the manager does is counted for whoever runs a server, and it can be asked how it is."""

from prometheus_client import REGISTRY

from tests.jobs.conftest import PATIENCE
from tradeoffs.jobs.worker import warm_up


def value(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_moves_models_and_where_results_came_from_are_counted(managed, plain):
    names = ("tradeoffs_moves_total", "tradeoffs_models_trained_total")
    moves, models = map(value, names)
    source = {name: value("tradeoffs_results_total", source=name) for name in ("missing", "memory")}
    manager = managed()
    assert manager.submit("me", plain(seeds=2)).wait(PATIENCE)
    manager.submit("me", plain(seeds=2))  # the same: no move
    manager.submit("me", plain(seeds=1))
    assert value(names[0]) == moves + 2
    assert value(names[1]) == models + 2
    assert value("tradeoffs_results_total", source="missing") == source["missing"] + 2
    assert value("tradeoffs_results_total", source="memory") == source["memory"] + 1


def test_the_first_answer_is_timed_once_a_job_by_where_it_came_from(managed, plain):
    def counts():
        name = "tradeoffs_first_answer_seconds_count"
        return [value(name, source=source) for source in ("trained", "stored")]

    before = counts()
    manager = managed()
    assert manager.submit("me", plain(310, seeds=3)).wait(PATIENCE)
    assert counts() == [before[0] + 1, before[1]]
    manager.submit("me", plain(310, seeds=1))
    assert counts() == [before[0] + 1, before[1] + 1]


def test_a_failed_job_is_counted(managed, fake, plain):
    before = value("tradeoffs_jobs_failed_total")
    fake.dies = 3
    assert managed().submit("me", plain(320)).wait(PATIENCE)
    assert value("tradeoffs_jobs_failed_total") == before + 1


def test_what_waits_is_told_by_kind(managed, fake, plain):
    manager = managed()
    assert manager.waiting() == {"jobs": 0, "models": 0, "questions": 0, "files": 0}
    fake.hold()
    manager.submit("me", plain(330))
    fake.wait_asked(1)
    manager.submit("you", plain(340, seeds=2))
    assert manager.waiting() == {"jobs": 2, "models": 2, "questions": 0, "files": 0}


def test_a_worker_that_was_given_up_is_warmed_up_again_when_it_is_wanted(managed, fake, plain):
    manager = managed()
    fake.dies = 3
    assert manager.submit("me", plain(350)).wait(PATIENCE)
    assert manager.state == "failed"
    manager.revive()
    assert manager.ask(warm_up, manager._dataset).exception(PATIENCE) is None
    assert manager.state == "ready"
    made = fake.made
    manager.revive()  # and not one that is ready
    assert (manager.waiting()["questions"], fake.made) == (0, made)
