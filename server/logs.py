"""Logs: one JSON object a line, in which nothing tells of a visitor or stands in a table."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

FIELDS = "fields"  # attribute of a record: what is told beside its message
VISITS = "uvicorn.access"  # has an address and a query in each line; server/access.py has neither
OURS = ("tradeoffs", "server")  # loggers that tell what goes well, too


class Line(logging.Formatter):
    """Writes a record as JSON: time, level, logger, message, its fields, and where an error was.

    What an error says may stand in a visitor's table, so that its kind and place alone are told.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **getattr(record, FIELDS, {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            told["error"] = type(error).__name__
            told["at"] = [f"{one.filename}:{one.lineno}" for one in frames]
        return json.dumps(told)


class NoVisits(logging.Filter):
    """Drops the lines in which the server names the address and query of whoever connects."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is written."""
        return '"WebSocket %s"' not in str(record.msg)


def begin(form: str) -> None:
    """Let this process log in a form, `text` or `json`; nothing of it names a visitor's address."""
    logging.getLogger("uvicorn.error").addFilter(NoVisits())
    logging.getLogger(VISITS).disabled = True
    if form != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.getLogger().handlers = [handler]
    for name in list(logging.root.manager.loggerDict):
        hand_up(logging.getLogger(name))
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def hand_up(logger: logging.Logger) -> None:
    """Let a logger write nothing itself: the root does."""
    logger.handlers, logger.propagate = [], True


def _message(record: logging.LogRecord) -> str:
    """Return the first line of what a record says, with errors by their kind."""
    if isinstance(record.args, tuple):
        named = (
            type(one).__name__ if isinstance(one, BaseException) else one for one in record.args
        )
        record = logging.makeLogRecord({**record.__dict__, "args": tuple(named)})
    return (record.getMessage().strip().splitlines() or [""])[0]
