"""A wish: what a link says of it, what is refused of it, and that the rest is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.fronts import OBJECTIVES
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS
from tradeoffs.values.preferences.utility import UtilityMatrix
from tradeoffs.values.preferences.wish import BY, POINTS, Wish, parse, weights

WISH = Wish(
    by="pattern",
    points={"accuracy": 70.0, "fairness": 30.0},
    aspiration={"accuracy": 0.84, "privacy": 1.0},
    pattern="prioritarian",
    parameter=3.0,
    person=UtilityMatrix(true_positive=2.0, false_positive=-0.5),
)
TEXT = (
    "by:pattern+points.accuracy:70+points.fairness:30+aspiration.accuracy:0.84+"
    "aspiration.privacy:1+pattern.prioritarian:3+person.true_positive:2+person.false_positive:-0.5"
)
numbers = st.floats(0, POINTS).map(lambda value: float(f"{value:.6g}"))
maps = st.dictionaries(st.sampled_from([*OBJECTIVES]), numbers)


def test_a_wish_is_read_as_it_was_written():
    assert WISH.text == TEXT
    assert parse(TEXT, OBJECTIVES) == (WISH, [])
    assert Wish().text == "" and parse("", OBJECTIVES) == (Wish(), [])


@given(by=st.sampled_from(BY), points=maps.filter(lambda one: not one or any(one.values())),
       aspiration=maps, pattern=st.sampled_from([*PATTERNS]))  # fmt: skip
def test_any_wish_survives_a_link(by, points, aspiration, pattern):
    wish = Wish(by=by, points=points, aspiration=aspiration, pattern=pattern)
    found, refused = parse(wish.text, OBJECTIVES)
    assert not refused
    assert (found.text, found.degree) == (wish.text, wish.degree)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("points.beauty:10", "unknown"),
        ("points.accuracy:-1", "out_of_range"),
        ("points.accuracy:1e9", "out_of_range"),
        ("points.accuracy:nan", "out_of_range"),
        ("points.accuracy", "out_of_range"),
        ("aspiration.accuracy:inf", "not_in_words"),
        ("aspiration.accuracy:much", "not_in_words"),
        ("pattern.envy:1", "unknown"),
        ("pattern.prioritarian:0", "out_of_range"),
        ("person.perhaps:1", "unknown"),
        ("person.true_positive:101", "out_of_range"),
        ("by:magic", "unknown"),
        ("?", "unknown"),
    ],
)
def test_nonsense_is_refused_and_the_rest_is_kept(entry, code):
    found, refused = parse(f"points.accuracy:60+{entry}+aspiration.fairness:0.05", OBJECTIVES)
    assert [one.code for one in refused] == [code] and str(refused[0])
    assert found.points == {"accuracy": 60.0} and found.aspiration == {"fairness": 0.05}


def test_points_of_zero_alone_are_told_and_count_all_alike():
    found, refused = parse("points.accuracy:0+points.privacy:0", OBJECTIVES)
    assert [one.code for one in refused] == ["weights_all_zero"]
    assert weights(found, OBJECTIVES) == [1 / len(OBJECTIVES)] * len(OBJECTIVES)


@given(text=st.text(max_size=200))
def test_whatever_a_link_holds_is_a_wish_or_told(text):
    found, _ = parse(text, OBJECTIVES)
    assert parse(found.text, OBJECTIVES) == (found, [])


def test_points_are_shares_of_what_was_given():
    given = Wish(points={"accuracy": 30.0, "privacy": 10.0})
    assert weights(given, ("accuracy", "fairness", "privacy")) == [0.75, 0.0, 0.25]
