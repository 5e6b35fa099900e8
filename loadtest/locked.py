"""Locked: phones of a room are locked and reloaded at random, and the server is killed between."""

import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from loadtest.phone import Phone
from loadtest.room import Host, said
from loadtest.run import Options
from loadtest.serving import own_explorer
from tradeoffs.settings import ROOMS


def measure(options: Options) -> dict[str, Any]:
    """Let phones come back for some minutes, and kill the server halfway; return what was lost.

    Raises:
        NoServer: the explorer did not start, or not again.
    """
    with tempfile.TemporaryDirectory(prefix="tradeoffs-") as folder:
        path = Path(folder) / "rooms.sqlite"
        kept = {ROOMS.name: str(path)}
        with own_explorer(kept) as (url, pid):
            host = Host(url, path)
            host.begin()
            errors = Counter[str]()
            phones = _phones(options, host, errors)
            end = time.monotonic() + 60 * options.minutes
            with ThreadPoolExecutor(options.phones) as pool:
                for place, phone in enumerate(phones):
                    wait = options.arrive * place / options.phones
                    pool.submit(phone.stay, wait, end, options.every)
                time.sleep(30 * options.minutes)
                psutil.Process(pid).kill()
                with own_explorer(kept, urlsplit(url).port):
                    pool.shutdown()
                    answered = int(host.act("close")["answered"])
    return _figures(options, phones, answered, errors)


def _phones(options: Options, host: Host, errors: Counter[str]) -> list[Phone]:
    dice = random.Random(options.seed)

    def fail(told: str) -> None:
        errors[told] += 1

    return [
        Phone(host.url, host.code, random.Random(dice.random()), fail)
        for _ in range(options.phones)
    ]


def _figures(
    options: Options, phones: list[Phone], answered: int, errors: Counter[str]
) -> dict[str, Any]:
    return {
        "phones": options.phones,
        "minutes": options.minutes,
        "kept": sum(phone.returns.kept for phone in phones),
        "forgotten": sum(phone.returns.lost for phone in phones),
        "away": sum(phone.returns.away for phone in phones),
        "answered": answered,
        "lost": said(phones) - answered,
        "errors": dict(errors),
    }


def told(found: dict[str, Any]) -> str:
    """Return the figures in lines."""
    errors = ", ".join(f"{count} x {text}" for text, count in found["errors"].items())
    return "\n".join(
        [
            f"{found['phones']} phones, locked and reloaded at random for {found['minutes']:g} "
            "minutes; the server was killed after half of them and started again",
            f"came back and found seat and answer: {found['kept']}; did not: {found['forgotten']}; "
            f"found no server: {found['away']}",
            f"answers in the room: {found['answered']}; lost: {found['lost']}",
            f"errors: {errors or 'none'}",
        ]
    )
