"""A front of a few settings for rooms, made by hand."""

from functools import cache

from tests.report.conftest import HERE, UNTOUCHED, Models, job, model
from tradeoffs.report.alternatives import Alternatives, alternatives
from tradeoffs.rooms.options import Options, options_of

FAIR = HERE.but(max_gap=0.02)
PRIVATE = HERE.but(epsilon=0.1)
DOMINATED = HERE.but(width=8)


def models(sd: float = 0.001) -> list[Models]:
    """Return results of five settings: accuracy, gap and fidelity as they are named."""
    return [
        model(HERE, accuracy=0.84, gap=0.10, fidelity=0.60, sd=sd),
        model(UNTOUCHED, accuracy=0.86, gap=0.18, fidelity=0.55, sd=sd),
        model(FAIR, accuracy=0.82, gap=0.02, fidelity=0.65, sd=sd),
        model(PRIVATE, accuracy=0.80, gap=0.09, fidelity=0.70, sd=sd),
        model(DOMINATED, accuracy=0.79, gap=0.19, fidelity=0.50, sd=sd),
    ]


def among(*there: Models) -> Alternatives:
    """Return the settings of some results, by default of `models`."""
    arrived = there or models()
    about = [one.scenario for some in arrived for one in some]
    found = alternatives(job(about, *arrived), HERE)
    assert found is not None
    return found


@cache
def options(sd: float = 0.001) -> Options:
    """Return what a room chooses from on that front."""
    return options_of(among(*models(sd)))


def row(found: Options, part: str) -> int:
    """Return the row of the setting whose link holds some text."""
    (only,) = [n for n, one in enumerate(found.settings) if part in one["link"]]
    return only
