from tradeoffs.jobs.memory import Memory


def test_what_was_asked_for_longest_ago_is_forgotten():
    memory: Memory[str, int] = Memory(2)
    memory.add({"a": 1, "b": 2})
    assert memory.find(["a", "x"]) == {"a": 1}
    memory.add({"c": 3})
    assert memory.find(["a", "b", "c"]) == {"a": 1, "c": 3}
    memory.add({"a": 4})
    memory.add({"d": 5})
    assert memory.find(["a", "b", "c", "d"]) == {"a": 4, "d": 5}
    assert len(memory) == 2
