"""Channel: what one session looks at, and what its browser lacks of it."""

import json
import secrets
import time
import weakref
from collections.abc import Mapping
from typing import Protocol

from server.source import Frame, Source, touch
from server.visits import Visit

ATTENDED_SECONDS = 8.0  # so long is painted for a session whose browser has not connected
KEPT_SECONDS = 60.0  # after which a session that nobody attends to lets go of what it showed
REPLACED, UNKNOWN = 4001, 4004  # codes that close a connection: by a newer one, no such channel


class Link(Protocol):
    """The connection of a browser."""

    def tell(self) -> None:
        """Note from any thread that there may be something to send."""
        ...

    def end(self, code: int) -> None:
        """Close it, from any thread."""
        ...


class Painters(Protocol):
    """Who paints what channels show."""

    def wake(self) -> None:
        """Let them look what is new."""
        ...

    def frame(self, source: Source) -> Frame | None:
        """Return a source as it was painted last."""
        ...

    def first_frame(self, source: Source, seconds: float) -> Frame | None:
        """Return a source's frame, waiting for its first."""
        ...


class Channel:
    """What one session looks at, by key, and the browser that shows it.

    Attributes:
        token: that a browser shows to be told of it; dies with the channel.
        visit: the connection of its tab, as of the last run; None if none is known.
    """

    def __init__(self, by: Painters) -> None:
        """Begin with nothing shown."""
        self.token = secrets.token_urlsafe(16)
        self.visit: weakref.ref[Visit] | None = None
        self._by = by
        self._shown: dict[str, Source | None] = {}  # None: let go of
        self._link: Link | None = None
        self._looked = time.monotonic()

    def __del__(self) -> None:
        """Close the connection with the session."""
        if self._link is not None:
            self._link.end(UNKNOWN)

    @property
    def connected(self) -> bool:
        """Whether a browser is there."""
        return self._link is not None

    @property
    def slowed(self) -> bool:
        """Whether its tab moves controls faster than it may, see `server/pace.py`."""
        visit = self.visit() if self.visit is not None else None
        return visit is not None and visit.slow()

    @property
    def attended(self) -> bool:
        """Whether somebody looks."""
        return self.connected or time.monotonic() - self._looked < ATTENDED_SECONDS

    def show(self, key: str, source: Source) -> None:
        """Show a source in the place of what stood under the key.

        Raises:
            TypeError: it cannot be hashed, so that nobody could tell which sources are equal.
        """
        hash(source)  # here, and not in the painter, whom everybody needs
        self._looked = time.monotonic()
        self._shown[key] = source
        self._by.wake()
        self.tell()

    def hide(self, key: str) -> None:
        """Show nothing under a key."""
        self._shown.pop(key, None)
        self.tell()

    def hide_all(self) -> None:
        """Show nothing."""
        self._shown.clear()
        self.tell()

    def shown(self) -> dict[str, Source | None]:
        """Return what stands under each key; None where it was let go of."""
        return dict(self._shown)

    def connect(self, link: Link) -> None:
        """Tell this browser from now on, and no other."""
        before, self._link = self._link, link
        if before is not None:
            before.end(REPLACED)
        self.touch()
        self._by.wake()
        link.tell()

    def disconnect(self, link: Link) -> None:
        """Note that a browser is gone."""
        if self._link is link:
            self._link, self._looked = None, time.monotonic()

    def tell(self) -> None:
        """Let the browser fetch what is new."""
        if (link := self._link) is not None:
            link.tell()

    def touch(self) -> None:
        """Renew the leases of what is shown."""
        for source in self.shown().values():
            if source is not None:
                touch(source)

    def let_go(self) -> None:
        """Forget what nobody looked at for a while; a browser that comes back asks for it."""
        if not self.attended and time.monotonic() - self._looked > KEPT_SECONDS:
            self._shown = dict.fromkeys(self._shown)

    def patch(self, had: dict[str, Mapping[str, bytes]]) -> str:
        """Return what a browser lacks, as JSON by key and part, and note that it has it.

        Under a key of which it has nothing stands everything.  A part that is no more is null, a
        key that was let go of too.  What is not painted yet is left out: the old picture stays.

        Args:
            had: parts of each key that were sent on this connection.

        Returns:
            JSON; empty if nothing is new.
        """
        shown, lacking = self.shown(), list[str]()
        for key in dict.fromkeys((*had, *shown)):
            source = shown.get(key)
            frame = self._by.frame(source) if source is not None else None
            if source is not None and frame is None:
                continue
            before, parts = had.get(key), frame.parts if frame else {}
            new = {name: text for name, text in parts.items() if (before or {}).get(name) != text}
            new |= {name: b"null" for name in before or () if name not in parts}
            if frame is None and key in shown:
                if before != {}:
                    lacking.append(f"{json.dumps(key)}:null")
            elif new or before is None:
                lacking.append(f"{json.dumps(key)}:{_object(new)}")
            had[key] = parts
        return f"{{{','.join(lacking)}}}" if lacking else ""

    def parts(self, key: str, seconds: float) -> Mapping[str, bytes]:
        """Return all there is under a key, for a browser that no socket reaches.

        Args:
            key: of a source that is shown.
            seconds: to wait for its first frame, at most.
        """
        self._looked = time.monotonic()
        source = self._shown.get(key)
        frame = self._by.first_frame(source, seconds) if source is not None else None
        return frame.parts if frame else {}


def _object(parts: Mapping[str, bytes]) -> str:
    members = (f"{json.dumps(name)}:{text.decode()}" for name, text in parts.items())
    return f"{{{','.join(members)}}}"
