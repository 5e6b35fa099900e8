import pytest

from tradeoffs.jobs.cache import Cache, pickle_size


class Value:
    """Something of a size."""

    def __init__(self, size: int = 1) -> None:
        self.size = size


def make(most_bytes: int) -> Cache[str, Value]:
    return Cache(most_bytes, lambda key, value: value.size)


def test_what_was_asked_for_longest_ago_is_forgotten():
    memory = make(2)
    memory.add({"a": Value(), "b": Value()})
    assert memory.find(["a", "x"]).keys() == {"a"}
    memory.add({"c": Value()})
    assert memory.find(["a", "b", "c"]).keys() == {"a", "c"}
    memory.add({"a": Value()})
    memory.add({"d": Value()})
    assert memory.find(["a", "b", "c", "d"]).keys() == {"a", "d"}
    assert len(memory) == memory.used == 2


def test_bytes_count_and_not_entries():
    memory = make(100)
    memory.add({str(n): Value(1) for n in range(60)})
    assert (len(memory), memory.used) == (60, 60)
    memory.add({"large": Value(90)})
    assert (len(memory), memory.used) == (11, 100)
    memory.add({"large": Value(5)})
    memory.drop(["59", "never there"])
    assert (len(memory), memory.used) == (10, 14)
    memory.add({"too large": Value(101)})
    assert (len(memory), memory.used) == (0, 0) and memory.find(["too large"]) == {}


def test_what_somebody_holds_is_there_only_once():
    memory, held = make(1), Value()
    memory.add({"a": held})
    memory.add({"b": Value()})
    assert memory.find(["a"]) == {"a": held} and list(memory) == ["b"]
    memory.drop(["a"])
    assert memory.find(["a"]) == {}


@pytest.mark.parametrize("size", [10, 100_000])
def test_the_size_of_an_answer_is_about_what_it_holds(size):
    assert size <= pickle_size({"a": bytes(size)}) < size + 100
