"""What is drawn of finished settings is kept within its bytes."""

from pages.shared.explorer.part_cache import PartCache


def test_what_is_kept_is_found_under_its_key_alone():
    kept = PartCache()
    assert kept.find("a") is None
    kept.keep("a", {"part": b"xxx"})
    assert kept.find("a") == {"part": b"xxx"} and kept.find("b") is None


def test_beyond_its_bytes_it_forgets_what_nobody_asked_for_lately():
    kept = PartCache(most_bytes=20)
    for name in ("a", "b"):
        kept.keep(name, {"part": b"x" * 8})
    assert kept.find("a")
    kept.keep("c", {"part": b"x" * 8})
    assert [name for name in "abc" if kept.find(name)] == ["a", "c"]
