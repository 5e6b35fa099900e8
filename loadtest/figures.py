"""Figures: what a load test measured, as numbers and as a report."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from loadtest.answer import Answer
from loadtest.process import Usage
from loadtest.visitor import Visitor

QUANTILES = {"p50": 0.5, "p95": 0.95, "max": 1.0}
TWO_MINUTES = 120.0


@dataclass(kw_only=True, slots=True)
class Measured:
    """What was seen of visitors and of the server, until now."""

    sessions: int
    idle: int = 0  # of the sessions
    abusers: int = 0  # beside the sessions
    mode: str
    every: float  # seconds between moves
    visitors: list[Visitor] = field(default_factory=list)
    usages: list[tuple[float, Usage]] = field(default_factory=list)  # seconds since the start
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    client: float = 0.0  # CPU seconds of the load test itself
    load: list[float | None] = field(default_factory=list)  # average of the machine, start and end


def figures(of: Measured) -> dict[str, Any]:
    """Return all figures; None stands for what nothing was measured of.  Times are in ms."""
    moves = [move for visitor in of.visitors for move in visitor.moves]
    last = {id(visitor.moves[-1]) for visitor in of.visitors if visitor.moves}
    silent = [move for move in moves if move.first is None]
    waiting = sum(id(move) in last for move in silent)
    return {
        "mode": of.mode,
        "sessions": of.sessions,
        "idle": of.idle,
        "abusers": of.abusers,
        "every_s": of.every,
        "seconds": round(of.seconds, 1),
        "load_average": of.load,
        "loaded": sum(visitor.load.first is not None for visitor in of.visitors),
        "load_ms": quantiles([visitor.load.first for visitor in of.visitors]),
        "moves": len(moves),
        "answered": len(moves) - len(silent),
        "overtaken": len(silent) - waiting,
        "waiting": waiting,
        "first_answer_ms": quantiles([move.first for move in moves]),
        "first_stored_ms": quantiles([move.first for move in _moves(of, cold=False)]),
        "first_cold_ms": quantiles([move.first for move in _moves(of, cold=True)]),
        "own_point_ms": quantiles([move.own for move in moves]),
        "all_trained_ms": quantiles([move.all for move in moves]),
        "bytes_a_move": _a(sum(v.received for v in of.visitors), len(moves), None),
        **_used(of, len(moves)),
        "client_cores": _a(of.client, of.seconds, 2),
        "errors": dict(of.errors),
    }


def _moves(of: Measured, *, cold: bool) -> list[Answer]:
    return [move for one in of.visitors if one.cold == cold for move in one.moves]


def quantiles(seconds: Sequence[float | None]) -> dict[str, float | None]:
    """Return quantiles in ms of the times that there are, and how many these are."""
    known = sorted(one for one in seconds if one is not None)
    found: dict[str, float | None] = dict.fromkeys(QUANTILES)
    if known:
        places = {name: math.ceil(q * len(known)) - 1 for name, q in QUANTILES.items()}
        found = {name: round(1000 * known[place]) for name, place in places.items()}
    return {**found, "count": len(known)}


def _used(of: Measured, moves: int) -> dict[str, Any]:
    names = ("cpu_ms_a_move", "page_cores", "worker_cores", "rss_mb")
    if len(of.usages) < 2:
        return dict.fromkeys(names)
    (began, first), (ended, last) = of.usages[0], of.usages[-1]
    page, spent = last.page - first.page, dict[int, float]()
    for _, usage in of.usages:
        spent |= usage.workers  # one that has ended keeps what it used
    workers = sum(spent.values()) - sum(first.workers.values())
    later = [usage for second, usage in of.usages if second >= TWO_MINUTES]
    resident = {
        "start": first.resident,
        "two_minutes": later[0].resident if later else None,
        "end": last.resident,
        "most": max(usage.resident for _, usage in of.usages),
    }
    return {
        "cpu_ms_a_move": _a(1000 * page, moves, 1),
        "page_cores": _a(page, ended - began, 2),
        "worker_cores": _a(workers, ended - began, 2),
        "rss_mb": {k: None if v is None else round(v / 2**20) for k, v in resident.items()},
    }


def _a(total: float, count: float, digits: int | None) -> float | None:
    return round(total / count, digits) if count else None


def report(found: dict[str, Any]) -> str:
    """Return the figures in lines."""
    rss, average = found["rss_mb"], " -> ".join(map(_said, found["load_average"]))
    idle = f" ({found['idle']} idle)" if found["idle"] else ""
    idle += f" beside {found['abusers']} abusive" if found["abusers"] else ""
    lines = [
        f"{found['sessions']} sessions{idle}, {found['mode']}, a move every "
        f"{found['every_s']:g} s, {found['seconds']:g} s; load average of the machine {average}",
        f"pages: {found['loaded']} of {found['sessions']} showed a chart{_times(found['load_ms'])}",
        f"moves: {found['moves']}, answered {found['answered']}, overtaken by the next move "
        f"{found['overtaken']}, still waiting {found['waiting']}",
        f"first answer: {found['first_answer_ms']['count']}{_times(found['first_answer_ms'])}",
        *_by_kind(found),
        f"own point: {found['own_point_ms']['count']}{_times(found['own_point_ms'])}",
        f"all trained: {found['all_trained_ms']['count']}{_times(found['all_trained_ms'])}",
        f"on the wire: {_said(found['bytes_a_move'])} bytes a move",
    ]
    if rss is None:
        lines.append("page process: not measured, as it cannot be read on this machine")
    else:
        lines += [
            f"page process: {_said(found['cpu_ms_a_move'])} CPU-ms a move, visits included; "
            f"{found['page_cores']} cores; workers {found['worker_cores']} cores",
            f"memory of the page process, MB: start {rss['start']}, after 2 minutes "
            f"{_said(rss['two_minutes'])}, end {rss['end']}, most {rss['most']}",
        ]
    lines.append(f"this load test: {found['client_cores']} cores")
    told = ", ".join(f"{count} x {text}" for text, count in found["errors"].items())
    return "\n".join([*lines, f"errors: {told or 'none'}"])


def _by_kind(found: dict[str, Any]) -> list[str]:
    """Return a line for each kind of move, where there are both."""
    kinds = {kind: found[f"first_{kind}_ms"] for kind in ("stored", "cold")}
    if not all(one["count"] for one in kinds.values()):
        return []
    return [f"  of {kind} moves: {one['count']}{_times(one)}" for kind, one in kinds.items()]


def _times(found: dict[str, float | None]) -> str:
    if not found["count"]:
        return ""
    return "; " + ", ".join(f"{name} {found[name]} ms" for name in QUANTILES)


def _said(value: float | None) -> str:
    return "not measured" if value is None else f"{value:,}"
