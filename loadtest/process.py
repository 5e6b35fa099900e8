"""Process: processor time and memory of the server's processes, as Linux tells them in /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
LISTENING = "0A"  # state of a socket in /proc/net/tcp


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What the server used up to a moment."""

    page: float  # CPU seconds of the page process
    workers: dict[int, float]  # process -> its CPU seconds
    resident: int  # bytes, of the page process


def usage(pid: int) -> Usage | None:
    """Return what a page process and its descendants use; None where that cannot be read."""
    page = _cpu(pid)
    if page is None:
        return None
    try:
        pages = int((PROC / str(pid) / "statm").read_text().split()[1])
    except OSError:
        return None
    workers = {one: spent for one in _below(pid) if (spent := _cpu(one)) is not None}
    return Usage(page=page, workers=workers, resident=pages * os.sysconf("SC_PAGE_SIZE"))


def load_average() -> float | None:
    """Return how many tasks wanted a core in the last minute; None where that cannot be told."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def listener(port: int) -> int | None:
    """Return the process that listens on a port of this machine; None if it cannot be told."""
    sockets = {f"socket:[{inode}]" for inode in _inodes(port)}
    for folder in PROC.glob("[0-9]*/fd") if sockets else ():
        try:
            if any(os.readlink(one) in sockets for one in folder.iterdir()):
                return int(folder.parent.name)
        except OSError:
            continue  # somebody else's, or gone
    return None


def _inodes(port: int) -> list[str]:
    found = []
    for name in ("tcp", "tcp6"):
        table = PROC / "net" / name
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            cells = line.split()
            if cells[3] == LISTENING and int(cells[1].rpartition(":")[2], 16) == port:
                found.append(cells[9])
    return found


def _fields(pid: int) -> list[str]:
    """Return a process's fields from its state on: its name before may hold anything."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _cpu(pid: int) -> float | None:
    fields = _fields(pid)
    if not fields:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _below(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for folder in PROC.glob("[0-9]*"):
        if fields := _fields(int(folder.name)):
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found = parents.get(pid, [])
    for one in found:  # grows as it is walked
        found += parents.get(one, [])
    return found
