"""Hub: what sessions look at is painted once for all and told to browsers, so that none asks."""

import threading
import time
from contextlib import nullcontext
from weakref import WeakValueDictionary

from server.channel import Channel
from server.source import Frame, Source, paint, version
from server.turns import TURNS

EVERY_SECONDS = 0.25  # between two frames of a source, at least
SLOWED_SECONDS = 1.0  # the same, of a tab that moves controls faster than it may
SHARE = 0.4  # of a core that frames after the first may take
TOUCH_SECONDS = 1.0  # between two renewals of leases, and looks at what changes by itself


class Hub:
    """The channels of all sessions, and the threads that paint what they show.

    What slowed tabs alone look at has a painter of its own, who gives way to all else.

    Attributes:
        served: whether browsers can connect.
    """

    def __init__(self) -> None:
        """Begin with no channels; the painters start with the first."""
        self.served = False
        self._news = threading.Event(), threading.Event()  # the second is for slowed tabs
        self._new_frame = threading.Condition()  # guards the next two
        self._frames: dict[Source, Frame] = {}
        self._painting: set[Source] = set()
        self._lock = threading.Lock()  # guards the next two
        self._channels: WeakValueDictionary[str, Channel] = WeakValueDictionary()
        self._begun = False  # whether the painters run

    def channel(self) -> Channel:
        """Return a new channel; it lives as long as who asked for it holds it."""
        channel = Channel(self)
        with self._lock:
            self._channels[channel.token] = channel
            if not self._begun:
                self._begun = True
                for slowed, name in enumerate(("painter", "painter of slowed tabs")):
                    painter = threading.Thread(target=self._run, args=(bool(slowed),), name=name)
                    painter.daemon = True
                    painter.start()
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
        """Let the painters look what is new; from any thread, under any lock."""
        for news in self._news:
            news.set()

    def frame(self, source: Source) -> Frame | None:
        """Return a source as it was painted last; None before that."""
        return self._frames.get(source)

    def first_frame(self, source: Source, seconds: float) -> Frame | None:
        """Return a source's frame, waiting for its first; None if that takes longer."""
        self.wake()
        with self._new_frame:
            return self._new_frame.wait_for(lambda: self.frame(source), seconds)

    def _living(self) -> list[Channel]:
        with self._lock:
            return list(self._channels.values())

    def _run(self, slowed: bool) -> None:
        """Paint whatever is due, look after leases, and sleep; no error of a source ends this."""
        news, touched = self._news[slowed], -TOUCH_SECONDS
        while True:
            news.clear()
            if not slowed and time.monotonic() - touched >= TOUCH_SECONDS:
                self._look_after()
                touched = time.monotonic()
            with TURNS.last() if slowed else nullcontext():
                pause = self._paint_due(slowed)
            if pause:
                news.wait(pause)

    def _look_after(self) -> None:
        for channel in self._living():
            if channel.attended:
                channel.touch()
            else:
                channel.let_go()
        with self._new_frame:
            shown = {source for channel in self._living() for source in channel.shown().values()}
            self._frames = {source: one for source, one in self._frames.items() if source in shown}

    def _paint_due(self, slowed: bool) -> float | None:
        """Paint all first frames, or else the oldest that is due; return seconds to sleep if none.

        Later frames wait so long that all together take no more than their share of a core.  Those
        of slowed tabs do not wait for first ones: these come all the time.

        Args:
            slowed: whether what slowed tabs alone look at is painted, or all else.
        """
        watched = [one for one in self._watched(slowed) if one not in self._painting]
        frames = {source: self.frame(source) for source in watched}
        if first := [source for source, frame in frames.items() if frame is None]:
            for source in first:  # whoever shows new ones all the time holds up nobody
                self._paint(source, None, slowed)
            if not slowed:
                return None
        changed = {s: f for s, f in frames.items() if f is not None and f.version != version(s)}
        if not changed:
            return None if first else self._pause()
        every = SLOWED_SECONDS if slowed else EVERY_SECONDS
        apart = max(every, sum(frame.seconds for frame in changed.values()) / SHARE)
        oldest = min(changed, key=lambda source: changed[source].at)
        early = changed[oldest].at + apart - time.monotonic()
        if early > 0:
            return None if first else early
        self._paint(oldest, changed[oldest], slowed)
        return None

    def _pause(self) -> float:
        there = self._frames or any(channel.attended for channel in self._living())
        return TOUCH_SECONDS if there else threading.TIMEOUT_MAX

    def _watched(self, slowed: bool) -> list[Source]:
        """Return what a painter has to paint, each once, in the order of the channels."""
        shown = dict[Source, bool]()  # whether slowed tabs alone look at it
        for channel in self._living():
            for source in channel.shown().values() if channel.attended else ():
                if source is not None:
                    shown[source] = shown.get(source, True) and channel.slowed
        return [source for source, alone in shown.items() if alone == slowed]

    def _paint(self, source: Source, before: Frame | None, slowed: bool) -> None:
        """Paint a source anew, unless nobody looks any more or another painter is at it."""
        if slowed:
            TURNS.give_way()
            self._paint_now(source, before)
        else:
            with TURNS.first():
                self._paint_now(source, before)

    def _paint_now(self, source: Source, before: Frame | None) -> None:
        with self._new_frame:
            beaten = source in self._painting or self._frames.get(source) is not before
            if beaten or not self._watching(source):
                return
            self._painting.add(source)
        frame = paint(source, before)
        with self._new_frame:
            self._painting.remove(source)
            self._frames[source] = frame
            self._new_frame.notify_all()
        for channel in self._watching(source):
            channel.tell()

    def _watching(self, source: Source) -> list[Channel]:
        return [one for one in self._living() if one.attended and source in one.shown().values()]


HUB = Hub()
