"""Figures of a mixed load tell answers that are stored from those that are trained."""

from loadtest.answer import Answer
from loadtest.figures import Measured, figures, report
from loadtest.visitor import Visitor


def visitor(seconds: float, *, cold: bool) -> Visitor:
    found = Visitor("http://127.0.0.1", iter(()), lambda told: None, cold=cold)
    answer = Answer({})
    answer.first = seconds
    found.moves.append(answer)
    return found


def test_each_kind_of_move_has_its_own_times():
    of = Measured(sessions=2, mode="mixed", every=6.0, load=[None, None])
    of.visitors = [visitor(0.1, cold=False), visitor(2.0, cold=True)]
    found = figures(of)
    assert (found["first_stored_ms"]["max"], found["first_cold_ms"]["max"]) == (100, 2000)
    assert "of stored moves: 1; p50 100 ms" in report(found)
    of.visitors = of.visitors[:1]
    assert "of stored moves" not in report(figures(of))  # all of them are
