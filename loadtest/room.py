"""Room: many phones join, answer and see what all answered, beside visitors of the explorer."""

import asyncio
import http.client
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from loadtest.figures import quantiles
from loadtest.moves import stored
from loadtest.phone import SECONDS, Phone, Times
from loadtest.process import load_average
from loadtest.run import Options
from loadtest.serving import own_explorer
from loadtest.visitor import Visitor
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.rounds import Round
from tradeoffs.settings import ROOMS

QUESTION = Round(
    name="guess",
    kind="guess",
    title="A number",
    question="How many of 100?",
    asks={"form": "number", "low": 0, "high": 100, "step": 1, "unit": "in 100", "label": "Of 100"},
)
SETTLE_SECONDS = 3.0  # for the visitors of the explorer to open their pages


class Host:
    """The one who opened a room with one question, and presses its button.

    Attributes:
        url: of the server.
        code: of the room.
        revealed: when its answers were shown, by `time.perf_counter`; None before.
    """

    def __init__(self, url: str, path: Path) -> None:
        """Open a room in the file that the server keeps its rooms in."""
        self.url = url
        self.code, self._key = Rooms(RoomStore(path)).open([QUESTION])
        self.revealed: float | None = None

    def begin(self) -> None:
        """Let the question be answered."""
        for action in ("next", "open"):
            self.act(action)

    def act(self, action: str) -> dict[str, Any]:
        """Press the button; return what the host sees then."""
        if action == "reveal":
            self.revealed = time.perf_counter()
        where = urlsplit(self.url)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        path, said = f"{where.path}/r/{self.code}/act", json.dumps({"action": action})
        socket = http.client.HTTPConnection(where.hostname or "", where.port, timeout=SECONDS)
        with closing(socket):
            socket.request("POST", path, said, headers)
            return json.loads(socket.getresponse().read())


def measure(options: Options) -> dict[str, Any]:
    """Fill a room of an explorer of its own; return all figures, times in ms.

    Raises:
        NoServer: the explorer did not start.
    """
    with tempfile.TemporaryDirectory(prefix="tradeoffs-") as folder:
        path = Path(folder) / "rooms.sqlite"
        with own_explorer({ROOMS.name: str(path)}) as (url, _):
            return asyncio.run(_measure(options, Host(url, path)))


async def _measure(options: Options, host: Host) -> dict[str, Any]:
    dice, errors = random.Random(options.seed), Counter[str]()

    def fail(told: str) -> None:
        errors[told] += 1

    def seeded() -> random.Random:
        return random.Random(dice.random())

    visitors = [Visitor(host.url, stored(seeded()), fail) for _ in range(options.sessions)]
    moving = [asyncio.create_task(one.stay(0.0, options.every, seeded())) for one in visitors]
    await asyncio.sleep(SETTLE_SECONDS)
    began = load_average()
    phones = [Phone(host.url, host.code, seeded(), fail) for _ in range(options.phones)]
    with ThreadPoolExecutor(options.phones + 1) as pool:
        answered = await asyncio.get_running_loop().run_in_executor(
            pool, lambda: _play(host, phones, options.arrive, pool.submit)
        )
    for one in moving:
        one.cancel()
    await asyncio.gather(*moving, return_exceptions=True)
    return {
        "phones": options.phones,
        "arrive_s": options.arrive,
        "sessions": options.sessions,
        "load_average": [began, load_average()],
        **{
            f"{one.name}_ms": quantiles([getattr(phone.times, one.name) for phone in phones])
            for one in fields(Times)
        },
        "answered": answered,
        "lost": said(phones) - answered,
        "first_answer_ms": quantiles([move.first for one in visitors for move in one.moves]),
        "errors": dict(errors),
    }


def said(phones: list[Phone]) -> int:
    """Return how many phones were told that their answer has arrived."""
    return sum(phone.times.answer is not None for phone in phones)


def _play(host: Host, phones: list[Phone], arrive: float, submit: Callable[..., Any]) -> int:
    """Open the question, wait for all, and reveal; return how many answers the room has."""
    host.begin()
    visits = [
        submit(phone.visit, arrive * place / len(phones), lambda: host.revealed)
        for place, phone in enumerate(phones)
    ]
    end = time.monotonic() + arrive + SECONDS
    while time.monotonic() < end and not all(
        phone.times.answer or visit.done() for phone, visit in zip(phones, visits, strict=True)
    ):
        time.sleep(0.05)
    answered = int(host.act("close")["answered"])
    host.act("reveal")
    for visit in visits:
        visit.result()
    return answered


def told(found: dict[str, Any]) -> str:
    """Return the figures in lines."""
    before, after = found["load_average"]
    lines = [
        f"{found['phones']} phones within {found['arrive_s']:g} s, beside {found['sessions']} "
        f"sessions of the explorer; load average of the machine {before} -> {after}"
    ]
    for name in (*(one.name for one in fields(Times)), "first_answer"):
        one = found[f"{name}_ms"]
        times = ", ".join(f"{q} {one[q]} ms" for q in ("p50", "p95", "max"))
        lines.append(f"{name.replace('_', ' ')}: {one['count']}; {times}")
    lines.append(f"answers in the room: {found['answered']}; lost: {found['lost']}")
    errors = ", ".join(f"{count} x {text}" for text, count in found["errors"].items())
    return "\n".join([*lines, f"errors: {errors or 'none'}"])
