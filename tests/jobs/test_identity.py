"""What was asked for is one thing: equal wishes are one job, and each is hashed once."""

from tradeoffs.jobs.queue import Identity
from tradeoffs.scenario import Scenario

SOME = [Scenario(seed=seed) for seed in range(3)]


def test_equal_wishes_are_one():
    one, other = Identity(SOME[0], SOME), Identity(Scenario(seed=0), list(SOME))
    assert one == other and hash(one) == hash(other)
    different = (Identity(None, SOME), Identity(SOME[0], SOME[:2]), Identity(SOME[0], SOME[::-1]))
    assert all(one != another for another in different)
    assert one != (SOME[0], tuple(SOME))


def test_it_is_hashed_once(monkeypatch):
    hashed = []
    usual = Scenario.__hash__
    monkeypatch.setattr(Scenario, "__hash__", lambda self: hashed.append(self) or usual(self))
    kept = {Identity(None, SOME): "a job"}
    made = len(hashed)
    assert made == len(SOME)
    kept |= dict.fromkeys(kept, "still")
    assert len(hashed) == made
