"""Settings of a job: their keys and numbers, and the results of each that are there."""

from collections.abc import Mapping

from tradeoffs.fronts.replicates import Key
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.of_job import of_job
from tradeoffs.results import Result, configuration
from tradeoffs.scenario import Scenario


@of_job
def settings(job: Job) -> Mapping[Key, Scenario]:
    """Return the settings that a job is about by their keys, in the order of its scenarios."""
    every = dict.fromkeys(one.configuration() for one in job.scenarios)
    return {tuple(configuration(one).values()): one for one in every}


@of_job
def numbers(job: Job) -> Mapping[Key, int]:
    """Return the number of each setting of a job, the same whatever has arrived."""
    return {key: number for number, key in enumerate(settings(job))}


@of_job
def _by_setting(job: Job, version: int) -> Mapping[Scenario, list[Result]]:
    """Return the results that are there, by what their seeds share."""
    del version
    found: dict[Scenario, list[Result]] = {}
    for result in job.results():
        found.setdefault(result.scenario.configuration(), []).append(result)
    return found


def results_of(job: Job, of: Scenario) -> list[Result]:
    """Return the results of a setting's seeds that are there."""
    return _by_setting(job, job.version).get(of.configuration(), [])


def decisions_of(job: Job, of: Scenario) -> dict[int, bytes]:
    """Return the decisions of a setting's seeds that are there, on report."""
    return job.decisions(results_of(job, of))
