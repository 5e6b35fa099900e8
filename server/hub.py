"""Hub: what sessions look at is painted once for all and told to browsers, so that none asks."""

import json
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Protocol
from weakref import WeakValueDictionary

from server.source import Frame, Source, paint, touch, version

EVERY_SECONDS = 0.25  # between two frames of a source, at least
SHARE = 0.4  # of a core that frames after the first may take
TOUCH_SECONDS = 1.0  # between two renewals of leases, and looks at what changes by itself
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


class Channel:
    """What one session looks at, by key, and the browser that shows it.

    Attributes:
        token: that a browser shows to be told of it; dies with the channel.
    """

    def __init__(self, hub: "Hub") -> None:
        """Begin with nothing shown."""
        self.token = secrets.token_urlsafe(16)
        self._hub = hub
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
        self._hub.wake()
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
        self._hub.touch(self)
        self._hub.wake()
        link.tell()

    def disconnect(self, link: Link) -> None:
        """Note that a browser is gone."""
        if self._link is link:
            self._link, self._looked = None, time.monotonic()

    def tell(self) -> None:
        """Let the browser fetch what is new."""
        if (link := self._link) is not None:
            link.tell()

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
            frame = self._hub.frame(source) if source is not None else None
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
        frame = self._hub.first_frame(source, seconds) if source is not None else None
        return frame.parts if frame else {}


class Hub:
    """The channels of all sessions, and the one thread that paints what they show.

    Attributes:
        served: whether browsers can connect.
    """

    def __init__(self) -> None:
        """Begin with no channels; the painter starts with the first."""
        self.served = False
        self._news, self._new_frame = threading.Event(), threading.Condition()
        self._lock = threading.Lock()  # guards the next two
        self._channels: WeakValueDictionary[str, Channel] = WeakValueDictionary()
        self._painter: threading.Thread | None = None
        self._frames: dict[Source, Frame] = {}  # written by the painter alone

    def channel(self) -> Channel:
        """Return a new channel; it lives as long as who asked for it holds it."""
        channel = Channel(self)
        with self._lock:
            self._channels[channel.token] = channel
            if self._painter is None:
                self._painter = threading.Thread(target=self._run, name="painter", daemon=True)
                self._painter.start()
        return channel

    def find(self, token: str) -> Channel | None:
        """Return a living channel; how long that takes says nothing of the tokens there are."""
        with self._lock:
            return self._channels.get(token)

    def sessions(self) -> dict[str, int]:
        """Return how many sessions have a browser there, and how many are kept for one."""
        living = self._living()
        connected = sum(channel.connected for channel in living)
        return {"connected": connected, "kept": len(living) - connected}

    def wake(self) -> None:
        """Let the painter look what is new; from any thread, under any lock."""
        self._news.set()

    def frame(self, source: Source) -> Frame | None:
        """Return a source as it was painted last; None before that."""
        return self._frames.get(source)

    def first_frame(self, source: Source, seconds: float) -> Frame | None:
        """Return a source's frame, waiting for its first; None if that takes longer."""
        self.wake()
        with self._new_frame:
            return self._new_frame.wait_for(lambda: self.frame(source), seconds)

    def touch(self, channel: Channel) -> None:
        """Renew the leases of what a channel shows."""
        for source in channel.shown().values():
            if source is not None:
                touch(source)

    def _living(self) -> list[Channel]:
        with self._lock:
            return list(self._channels.values())

    def _run(self) -> None:
        """Paint whatever is due, look after leases, and sleep; no error of a source ends this."""
        touched = -TOUCH_SECONDS
        while True:
            self._news.clear()
            if time.monotonic() - touched >= TOUCH_SECONDS:
                self._look_after()
                touched = time.monotonic()
            if pause := self._paint_due():
                self._news.wait(pause)

    def _look_after(self) -> None:
        for channel in self._living():
            if channel.attended:
                self.touch(channel)
            else:
                channel.let_go()
        shown = {source for channel in self._living() for source in channel.shown().values()}
        self._frames = {source: frame for source, frame in self._frames.items() if source in shown}

    def _paint_due(self) -> float | None:
        """Paint all first frames, or else the oldest that is due; return seconds to sleep if none.

        Later frames wait so long that all together take no more than their share of a core.
        """
        channels = [channel for channel in self._living() if channel.attended]
        shown = (source for one in channels for source in one.shown().values())
        watched = dict.fromkeys(source for source in shown if source is not None)
        frames = {source: self.frame(source) for source in watched}
        if first := [source for source, frame in frames.items() if frame is None]:
            for source in first:  # whoever shows new ones all the time holds up nobody
                self._paint(source, channels)
            return None
        changed = {s: f for s, f in frames.items() if f is not None and f.version != version(s)}
        if not changed:
            return TOUCH_SECONDS if channels or self._frames else threading.TIMEOUT_MAX
        apart = max(EVERY_SECONDS, sum(frame.seconds for frame in changed.values()) / SHARE)
        oldest = min(changed, key=lambda source: changed[source].at)
        early = changed[oldest].at + apart - time.monotonic()
        if early > 0:
            return early
        self._paint(oldest, channels)
        return None

    def _paint(self, source: Source, channels: list[Channel]) -> None:
        watching = [channel for channel in channels if source in channel.shown().values()]
        if not watching:  # another took its place meanwhile
            return
        frame = paint(source, self.frame(source))
        with self._new_frame:
            self._frames[source] = frame
            self._new_frame.notify_all()
        for channel in watching:
            channel.tell()


def _object(parts: Mapping[str, bytes]) -> str:
    members = (f"{json.dumps(name)}:{text.decode()}" for name, text in parts.items())
    return f"{{{','.join(members)}}}"


HUB = Hub()
