"""A room, and phones that ask for its pages as browsers do."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from server.rooms.routes import routes
from tradeoffs.rooms.room_store import RoomStore
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.rounds import Kind, Round, epsilon_round

BASE = "tools"
OBJECTIVES = [
    {"name": "accuracy", "title": "Accuracy", "from": "78 of 100", "to": "85 of 100"},
    {"name": "gap", "title": "Gap", "from": "20 points", "to": "1 point"},
]
LIMITS = [
    {"name": "accuracy", "title": "Accuracy", "better": "high"},
    {"name": "gap", "title": "Gap", "better": "low"},
]
NUMBERS = {"low": 0, "high": 100, "step": 1, "unit": "%"}
NAMES = ("majority", "compromise")
CHOICES = [{"name": name, "title": name.title(), "help": "So."} for name in NAMES]
CANDIDATES = [
    {"name": name, "title": name, "words": "As now", "setting": None, "reasons": ["best"]}
    for name in ("baseline", "do_not_build")
]
LINE = {**NUMBERS, "form": "line", "xs": ["1", "2"], "x_title": "Rounds", "y_title": "Share"}
ASKED: dict[str, tuple[Kind, Mapping[str, Any]]] = {
    "number": ("guess", {**NUMBERS, "form": "number", "label": "Of <100>"}),
    "one-of": ("guess", {"form": "choice", "choices": ["less", "more"]}),
    "line": ("guess", LINE),
    "values": ("values", {"objectives": OBJECTIVES}),
    "point": ("point", {"settings": 40, "same": "no shift"}),
    "lines": ("lines", {"objectives": [{**one, **NUMBERS} for one in LIMITS]}),
    "rule": ("choice", {"choices": CHOICES}),
    "vote": ("vote", {"candidates": CANDIDATES, "same": ""}),
    "words": ("words", {"most": 280}),
    "epsilon": ("choice", epsilon_round().asks),
}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Phone:
    """A browser: it keeps the cookie of its seat, and follows no redirect."""

    app: Starlette
    address: str = "192.0.2.7"
    cookies: dict[str, str] = field(default_factory=dict)
    heard: int = 0  # parts of bodies that were read

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        parts: int = 1,
    ) -> Answer:
        """Return an answer; the body is sent that many times."""
        sent: list[dict] = []
        given = {"host": "localhost", **(headers or {})}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={one}" for name, one in self.cookies.items())

        async def receive():
            self.heard += 1
            return {"type": "http.request", "body": body, "more_body": self.heard % parts != 0}

        async def send(message):
            sent.append(message)

        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": query.encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in given.items()],
            "client": (self.address, 1),
            "server": ("localhost", 80),
        }
        asyncio.run(self.app(scope, receive, send))
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        if cookie := found.get("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = b"".join(one.get("body", b"") for one in sent[1:]).decode()
        return Answer(status=sent[0]["status"], headers=found, text=text)

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def form(self, path: str, **fields: Any) -> Answer:
        """Send a form, as a browser without script does."""
        told = urlencode([(name.replace("__", "."), one) for name, one in pairs(fields)])
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, told.encode(), kind)

    def post(self, path: str, told: object, **headers: str) -> Answer:
        """Send JSON."""
        kind = {"content-type": "application/json", **headers}
        return self.ask("POST", path, json.dumps(told).encode(), kind)


def pairs(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(k, one) for k, v in fields.items() for one in (v if isinstance(v, list) else [v])]


@dataclass
class Hall:
    """A room with its host, and the server that its phones ask."""

    rooms: Rooms
    app: Starlette
    code: str
    key: str

    @property
    def path(self) -> str:
        return f"/{BASE}/r/{self.code}"

    def phone(self, address: str = "192.0.2.7", *, seated: bool = False) -> Phone:
        found = Phone(self.app, address)
        if seated:
            assert found.post(f"{self.path}/join", {}).status == 200
        return found

    def act(self, *actions: str) -> None:
        for one in actions:
            self.rooms.act(self.code, self.key, one)


def opened(*names: str, **options: Any) -> Hall:
    """Return a room that asks what has these names in `ASKED`."""
    rooms = Rooms(RoomStore(None))
    rounds = [
        Round(
            name=name,
            kind=ASKED[name][0],
            title=f"About {name}",
            question=f"What <{name}>?",
            asks=ASKED[name][1],
        )
        for name in names
    ]
    code, key = rooms.open(rounds, **options)
    return Hall(rooms, Starlette(routes=routes(BASE, lambda: rooms)), code, key)
