"""Process: processor time and memory of the server's processes."""

from contextlib import suppress
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """What the server used up to a moment."""

    page: float  # CPU seconds of the page process
    workers: dict[int, float]  # process -> its CPU seconds
    resident: int  # bytes, of the page process


def usage(pid: int) -> Usage | None:
    """Return what a page process and its descendants use; None where that cannot be read."""
    try:
        page = psutil.Process(pid)
        below, resident = page.children(recursive=True), page.memory_info().rss
        spent = _cpu(page)
    except psutil.Error:
        return None
    workers = {}
    for one in below:
        with suppress(psutil.Error):  # it has ended
            workers[one.pid] = _cpu(one)
    return Usage(page=spent, workers=workers, resident=resident)


def load_average() -> float:
    """Return how many tasks wanted a core in the last minute."""
    return round(psutil.getloadavg()[0], 1)


def listener(port: int) -> int | None:
    """Return the process that listens on a port of this machine; None if it cannot be told."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):  # somebody else's, or gone
            for one in process.net_connections("tcp"):
                if one.status == psutil.CONN_LISTEN and one.laddr.port == port:
                    return process.pid
    return None


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system
