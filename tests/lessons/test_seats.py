import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.lesson import Seats

ROOM = Seats(name="seats", title="?", choices=("none", "1", "0"), most=3, words=lambda v: f"<{v}>")


def test_seats_read_back_in_the_order_they_were_taken():
    assert ROOM.read("1+none+1") == "1+none+1"
    assert ROOM.taken("1+none+1") == ("1", "none", "1")
    assert ROOM.describe("1+none") == "<1>; <none>"


@pytest.mark.parametrize("text", ["", "2", "1+", "1+2", "+"])
def test_a_seat_that_is_not_offered_is_refused(text):
    with pytest.raises(InvalidInput, match="is not offered; use one of: none, 1, 0"):
        ROOM.read(text)


def test_a_full_room_takes_nobody():
    with pytest.raises(InvalidInput, match="seats has 4 seats; at most 3"):
        ROOM.read("1+1+1+1")
