"""Body: what a phone sends is small; more is refused before it has arrived."""

from collections.abc import Mapping
from json import JSONDecodeError, loads
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from tradeoffs.errors import InvalidInput

MOST = 2_000  # bytes
MOST_FIELDS = 64
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

Form = Mapping[str, tuple[str, ...]]  # name of a field -> its values


async def text(request: Request) -> str:
    """Return what a request holds.

    Raises:
        InvalidInput: it is longer than `MOST` bytes, or no text in UTF-8.
    """
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:9]) > MOST:
        raise InvalidInput("room_body_too_long", most=MOST)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            raise InvalidInput("room_body_too_long", most=MOST)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise InvalidInput("room_body_not_read", kinds=(JSON, FORM)) from None


def kind(request: Request) -> str:
    """Return the kind of what a request holds, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def json(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request holds; an empty body is an empty one.

    Raises:
        InvalidInput: it holds something else.
    """
    told = await text(request)
    try:
        found = loads(told, parse_constant=_refused) if told else {}
    except (JSONDecodeError, RecursionError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise InvalidInput("room_body_not_read", kinds=(JSON, FORM))
    return found


async def form(request: Request) -> Form:
    """Return the fields of the form that a request holds.

    Raises:
        InvalidInput: it holds something else.
    """
    told = await text(request)
    try:
        pairs = parse_qsl(told, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise InvalidInput("room_body_not_read", kinds=(JSON, FORM)) from None
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def _refused(constant: str) -> float:
    """JSON has no NaN and no infinity; Python's reader takes them."""
    raise ValueError(constant)
