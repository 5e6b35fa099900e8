"""Visitor: somebody who opens the explorer and moves a slider every few seconds."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

from loadtest.answer import Answer, Setting
from loadtest.moves import FIRST
from loadtest.tab import Tab
from tradeoffs.experiments.designs import SLIDERS


class Visitor:
    """One visitor, and what came of each move.

    Attributes:
        cold: whether its moves lead to settings that nobody has trained.
        load: the page's first chart, from the connection on.
        moves: answers so far, in order.
    """

    def __init__(
        self,
        url: str,
        plan: Iterator[Setting],
        fail: Callable[[str], None],
        level: str = "explore",
        link: Mapping[str, str] | None = None,
        *,
        cold: bool = False,
    ) -> None:
        """Stay away; `plan` yields settings of a level, and `fail` is told what went wrong.

        `link` has further fields of the link that is opened.
        """
        self._plan, self._fail, self.cold = plan, fail, cold
        self._before = 0  # bytes that arrived until the first chart
        self.load, self.moves = Answer(FIRST), list[Answer]()
        self._tab = Tab(url, {"level": level, **(link or {})}, self._hear, fail)

    def _hear(self, key: str, parts: Mapping[str, Any]) -> None:
        (self.moves[-1] if self.moves else self.load).hear(key, parts)

    @property
    def received(self) -> int:
        """Return the bytes that arrived since the first chart."""
        return self._tab.received - self._before if self.load.shown.is_set() else 0

    async def stay(self, arrive: float, every: float, dice: random.Random) -> None:
        """Open the page after some seconds, and move a slider every so many, until cancelled.

        Who has been to all settings of the plan keeps the page open.
        """
        await asyncio.sleep(arrive)
        self.load = Answer(FIRST)
        await self._while_open(self._move_about(every, dice))

    async def warm(self) -> None:
        """Go to all settings of the plan, waiting at each until all its models are there."""
        await self._while_open(self._go_through())

    async def _while_open(self, doing: Coroutine[Any, Any, None]) -> None:
        tasks = [asyncio.create_task(one) for one in (self._tab.live(), doing)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for end in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(end, Exception):
                    self._fail(f"a page that this test cannot follow ({end!r})")

    async def _move_about(self, every: float, dice: random.Random) -> None:
        await self.load.shown.wait()
        self._before = self._tab.received
        await asyncio.sleep(every * dice.random())
        for setting in self._plan:
            await self._move(setting)
            await asyncio.sleep(every)
        await asyncio.Event().wait()

    async def _go_through(self) -> None:
        await self.load.complete.wait()
        for setting in self._plan:
            if setting != FIRST or self.moves:
                await self._move(setting)
                await self.moves[-1].complete.wait()

    async def _move(self, setting: Setting) -> None:
        self.moves.append(Answer(setting))
        await self._tab.move({name: self._option(name, setting) for name in setting})

    def _option(self, name: str, setting: Mapping[str, float | None]) -> str | float:
        value, options = setting[name], self._tab.controls[name].options
        return options[SLIDERS[name].index(value)] if options else value or 0.0
