"""Phone: somebody in a room, who joins, answers one question and sees what all answered.

Its owner may lock it and come back: then its seat and its answer have to be there.
"""

import http.client
import json
import random
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

SECONDS = 60.0  # for an answer of the server
LONGEST_WAIT = 0.3  # s, by chance, until a phone fetches what is new; as the page does
MOST_THINKING = 3.0  # s

Asked = tuple[int, bytes]  # status, body


@dataclass(kw_only=True, slots=True)
class Times:
    """Seconds that a phone waited; None for what did not come."""

    page: float | None = None
    join: float | None = None
    answer: float | None = None
    reveal: float | None = None  # since the host's button


@dataclass(kw_only=True, slots=True)
class Returns:
    """What a phone found when it came back."""

    kept: int = 0  # times that its seat and answer were there
    lost: int = 0  # times that they were not
    away: int = 0  # times that no server answered


class Phone:
    """One phone.

    Args:
        url: of the server, with its base path and without a slash at its end.
        code: of the room.
        dice: of what a person does by chance.
        fail: called with what went wrong, in words.
    """

    def __init__(
        self, url: str, code: str, dice: random.Random, fail: Callable[[str], None]
    ) -> None:
        """Stay outside."""
        self._where, self._path = urlsplit(url), f"{urlsplit(url).path}/r/{code}"
        self._dice, self._fail, self._token = dice, fail, ""
        self._said: dict[str, float] | None = None
        self.times, self.returns = Times(), Returns()

    def visit(self, wait: float, revealed: Callable[[], float | None]) -> None:
        """Come after some seconds, join, answer the open question, and wait for what all said.

        Args:
            wait: seconds.
            revealed: returns when (by `time.perf_counter`) the host pressed the button.
        """
        time.sleep(wait)
        try:
            self._visit(revealed)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._fail(f"a phone: {type(error).__name__}")

    def _visit(self, revealed: Callable[[], float | None]) -> None:
        self._join()
        with closing(_connection(self._where)) as socket:
            socket.request("GET", f"{self._path}/events", headers=self._headers())
            events = socket.getresponse()
            time.sleep(MOST_THINKING * self._dice.random())
            self._answer()
            while revealed() is None and (line := events.readline()):
                if line.startswith(b"event: gone"):
                    raise ValueError("the room is gone")
            time.sleep(LONGEST_WAIT * self._dice.random())
            self._timed("GET", "", part=True)
            began = revealed()
            self.times.reveal = None if began is None else time.perf_counter() - began

    def stay(self, wait: float, until: float, every: float) -> None:
        """Come after some seconds, join, answer, and be locked and reloaded at random.

        Args:
            wait: seconds.
            until: by `time.monotonic`.
            every: seconds that it is locked, on average.
        """
        time.sleep(wait)
        try:
            self._join()
            self._answer()
            while time.monotonic() < until:
                time.sleep(2 * every * self._dice.random())
                self._return()
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._fail(f"a phone: {type(error).__name__}")

    def _join(self) -> None:
        self.times.page, _ = self._timed("GET")
        self.times.join, joined = self._timed("POST", "/join", {})
        self._token = json.loads(joined)["token"]

    def _answer(self) -> None:
        _, state = self._timed("GET", "/state")
        self._said = self._guess(state)
        said = {"round": json.loads(state)["round"]["name"], "answer": self._said}
        self.times.answer, _ = self._timed("POST", "/say", said)

    def _return(self) -> None:
        """Load the page again, and note whether seat and answer are there."""
        try:
            self._timed("GET")
            state = json.loads(self._timed("GET", "/state")[1])
        except (OSError, http.client.HTTPException):  # killed, or not yet back
            self.returns.away += 1
            return
        if state["seated"] and state["answer"] == self._said:
            self.returns.kept += 1
        else:
            self.returns.lost += 1

    def _guess(self, state: bytes) -> dict[str, float]:
        """Return a number that the question allows."""
        asks = json.loads(state)["round"]["asks"]
        steps = int((asks["high"] - asks["low"]) / asks["step"])
        return {"guess": asks["low"] + asks["step"] * self._dice.randint(0, steps)}

    def _timed(
        self, method: str, path: str = "", said: object = None, *, part: bool = False
    ) -> tuple[float, bytes]:
        """Ask on a connection of its own; return the seconds until all has arrived, and that."""
        began = time.perf_counter()
        with closing(_connection(self._where)) as socket:
            body = None if said is None else json.dumps(said)
            socket.request(method, self._path + path, body, self._headers(part=part))
            answer = socket.getresponse()
            found = answer.read()
        if answer.status != 200:
            raise ValueError(f"{method} {path}: HTTP {answer.status}")
        return time.perf_counter() - began, found

    def _headers(self, *, part: bool = False) -> dict[str, str]:
        found = {"Content-Type": "application/json"}
        if self._token:
            found["X-Seat"] = self._token
        return found | ({"X-Part": "1"} if part else {})


def _connection(where: SplitResult) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(where.hostname or "", where.port, timeout=SECONDS)
