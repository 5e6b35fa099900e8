"""An answer is checked once, whatever a phone sends, and kept in one form."""

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.play import ROUNDS, answer
from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.answer import MOST_BYTES, check, encode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    ("guess", "points", "else", "setting", "accuracy", "choice", "approve", "text", "join")
)


@pytest.mark.parametrize("asked", ROUNDS.values(), ids=list(ROUNDS))
@settings(max_examples=25)
@given(said=JSON | st.dictionaries(FIELDS, JSON | st.just({"accuracy": 60, "privacy": 40})))
def test_anything_is_refused_in_words_or_fits(asked, said):
    try:
        found = check(asked, said)
    except InvalidInput as error:
        assert str(error)
        return
    assert len(encode(found).encode()) <= (1200 if asked.kind == "words" else MOST_BYTES)
    assert check(asked, found) == found == json.loads(encode(found))


@pytest.mark.parametrize("asked", ROUNDS.values(), ids=list(ROUNDS))
def test_what_the_form_offers_is_taken(asked):
    rng = random.Random(0)
    for _ in range(50):
        said = answer(asked, rng)
        assert check(asked, said).keys() == said.keys()


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("number", {"guess": 101}, r"guess=101 must be a number in \[0, 100\]"),
        ("number", {"guess": float("nan")}, "guess=nan must be"),
        ("number", {"guess": True}, "guess=True must be"),
        ("number", {"guess": 10**400}, "guess=a number of about 40. digits must be"),
        ("number", "50", "another form"),
        ("pick", {"guess": "less"}, "guess='less' is not offered; use one of: fewer, the same, mo"),
        ("line", {"guess": [0.5]}, "a line has a number at each of its 2 places"),
        ("line", {"guess": [0.5, 2]}, r"guess=2 must be a number in \[0.0, 1.0\]|\[0, 1\]"),
        ("values", {"points": {"accuracy": 50}}, "sum to 50; they must sum to 100"),
        ("values", {"points": {"accuracy": 99.5, "privacy": 0.5}}, "must be a whole number"),
        ("values", {"points": {"accuracy": 100, "cost": 0}}, "unknown objective 'cost'"),
        ("values", {"points": 100}, "points must be whole numbers by name"),
        (
            "values",
            {"points": {"accuracy": 100}, "else": "x" * 41},
            "else has 41 characters; at most 40",
        ),
        ("point", {"setting": 5}, r"setting=5 must be a number in \[0, 4\]"),
        ("lines", {"accuracy": 101}, "accuracy=101 must be"),
        ("rule", {"choice": "dictator"}, "choice='dictator' is not offered"),
        ("vote", {"approve": "baseline"}, "approve must be a list"),
        ("vote", {"approve": ["baseline", "nobody"]}, "approve='nobody' is not offered"),
        ("words", {"text": "x" * 281}, "text has 281 characters; at most 280"),
        ("words", {"text": 5}, "text must be text"),
    ],
)
def test_what_is_wrong_is_said_with_its_bound(name, said, words):
    with pytest.raises(InvalidInput, match=words):
        check(ROUNDS[name], said)


def test_one_form_is_kept():
    assert check(ROUNDS["number"], {"guess": 33.3, "more": "x"}) == {"guess": 33.5}
    assert check(ROUNDS["vote"], {"approve": ["do_not_build", "baseline", "baseline"]}) == {
        "approve": ["baseline", "do_not_build"]
    }
    assert check(ROUNDS["words"], {"text": " a\u202eb\n <b>c "}) == {"text": "a b <b>c"}
    long = {"text": "\u00e9" * 280}
    assert check(ROUNDS["words"], long) == long
    assert check(ROUNDS["lines"], {}) == {"accuracy": None, "privacy": None}


def test_an_answer_of_too_many_bytes_is_refused():
    long = {**ROUNDS["pick"].asks, "choices": ["x" * 300]}
    with pytest.raises(InvalidInput, match="answer=3.. must be at most 300 bytes"):
        check(replace(ROUNDS["pick"], asks=long), {"guess": "x" * 300})
