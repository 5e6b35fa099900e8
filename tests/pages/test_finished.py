"""What is drawn of finished settings is kept within its bytes."""

from pages.shared.explorer.finished import Finished


def drawing(drawn: list[str], name: str, size: int):
    def draw() -> dict[str, bytes]:
        drawn.append(name)
        return {"part": b"x" * size}

    return draw


def test_it_is_drawn_once_a_key():
    drawn, kept = [], Finished()
    first = kept("a", drawing(drawn, "a", 3))
    assert kept("a", drawing(drawn, "a", 3)) == first == {"part": b"xxx"}
    kept("b", drawing(drawn, "b", 3))
    assert drawn == ["a", "b"]


def test_beyond_its_bytes_it_forgets_what_nobody_asked_for_lately():
    drawn, kept = [], Finished(most_bytes=20)
    for name in ("a", "b", "a", "c", "a", "b"):
        kept(name, drawing(drawn, name, 8))
    assert drawn == ["a", "b", "c", "b"]
