"""Routes: rooms on the network, for phones, and for programs that speak JSON."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from server.language import browser_language
from server.rooms import body, events
from server.rooms.body import Form
from server.rooms.fields import answer_of
from server.rooms.gate import SEAT, Gate
from server.rooms.host_routes import NO_STORE, HostRoutes
from server.rooms.once import Once
from server.rooms.screens import Screens, title_of
from server.rooms.template import POLICY, page
from server.rooms.texts import write
from tradeoffs.errors import Busy, InvalidInput, TradeoffsError
from tradeoffs.language.current import in_language
from tradeoffs.language.notation import list_text, quote
from tradeoffs.messages.wording import WORDING
from tradeoffs.rooms.room_language import in_room_language
from tradeoffs.rooms.rooms import Rooms
from tradeoffs.rooms.rounds import Round
from tradeoffs.rooms.seat import SIGNS, foreign_signs, plain_code

PART = "x-part"  # header of the page's own script, which shows the part in its page
REFRESH_SECONDS = 8  # until a browser without script asks whether a question is open
STATUS = {  # of an answer that says what is wrong; 422 for all else
    "room_unknown": 404,
    "rooms_off": 404,
    "room_key_wrong": 403,
    "room_seat_unknown": 403,
    "room_body_too_long": 413,
    "room_not_revealed": 404,
    **dict.fromkeys(("room_locked", "room_full", "room_not_open", "room_no_paper"), 409),
    **dict.fromkeys(("room_action", "room_moved_on", "room_statement_unknown"), 409),
}

Handler = Callable[[Request], Awaitable[Response]]


class RoomRoutes:
    """Answers requests for rooms.

    Args:
        rooms: returns the rooms of this process; InvalidInput where they are off.
        base: path below which the server is, without slashes at its ends.
    """

    def __init__(self, rooms: Callable[[], Rooms], base: str) -> None:
        """Begin with no guesses and no phones."""
        self._gate = Gate(rooms)
        self._below = f"/{base}/r" if base else "/r"
        self._screens = Screens(self._below)
        self._events, self._results = events.Events(), Once()

    def routes(self) -> list[Route]:
        """Return all routes."""
        room, host = f"{self._below}/{{code}}", HostRoutes(self._gate)
        told: list[tuple[str, Handler, str, bool]] = [
            (f"{self._below}/", self._enter, "GET", True),
            (room, self._page, "GET", True),
            (f"{room}/join", self._join, "POST", False),
            (f"{room}/say", self._say, "POST", False),
            (f"{room}/state", self._state, "GET", False),
            (f"{room}/events", self._stream, "GET", False),
            (f"{room}/results", self._result, "GET", False),
            (f"{room}/act", host.act, "POST", False),
            (f"{room}/record.{{ending}}", host.record, "GET", False),
        ]
        found = [
            Route(path, self._safely(handler, html), methods=[method])
            for path, handler, method, html in told
        ]
        nowhere = Route(f"{self._below}/{{path:path}}", self._safely(self._nowhere, html=True))
        return [
            *found,
            nowhere,
            Route(self._below, lambda _: RedirectResponse(f"{self._below}/", 308)),
        ]

    def _safely(self, handler: Handler, html: bool) -> Handler:
        """Return a handler that says what is wrong in words."""

        async def answered(request: Request) -> Response:
            with in_language(browser_language(request.scope)):  # of whoever is in no room yet
                try:
                    return await handler(request)
                except TradeoffsError as error:
                    if error.code == "room_unknown":
                        gone = plain_code(request.path_params.get("code", ""))
                        self._results.forget(lambda name: name[0] == gone)
                    form = body.kind(request) == body.FORM
                    with in_room_language(await self._gate.language(request)):
                        return self._refusal(request, error, html=html or form)

        return answered

    def _refusal(self, request: Request, error: TradeoffsError, html: bool) -> Response:
        status = 429 if isinstance(error, Busy) else STATUS.get(error.code, 422)
        headers = dict(NO_STORE)
        if isinstance(error, Busy):
            headers["Retry-After"] = str(error.values["seconds"])
        sentence = WORDING.sentence(error)
        if not html:
            told = {"error": sentence, "code": error.code}
            return JSONResponse(told, status, headers=headers)
        code = plain_code(request.path_params.get("code", ""))
        if error.code == "room_unknown":
            title = write("gone_title", code=code)
            sentence = _foreign(request.path_params.get("code", "")) or write("gone")
            code = ""
        else:
            title = write("failed_title")
        main = self._screens.wrong(title, sentence, code)
        return self._html(request, main, title, status, headers)

    def _html(
        self,
        request: Request,
        main: str,
        title: str,
        status: int = 200,
        headers: Mapping[str, str] = NO_STORE,
        refresh: int = 0,
    ) -> HTMLResponse:
        """Return a page, or to its own script the part of it that differs."""
        html = main if PART in request.headers else page(main, title, refresh)
        return HTMLResponse(html, status, {**headers, "Content-Security-Policy": POLICY})

    async def _enter(self, request: Request) -> Response:
        self._gate.rooms()
        given = request.query_params.get("code", "")
        if given:
            code = plain_code(given)
            if foreign := _foreign(given):
                main = self._screens.enter(foreign, given)
                return self._html(request, main, write("enter_title"), 422)
            found = f"{self._below}/{code}" if code else f"{self._below}/"
            return RedirectResponse(found, 303, NO_STORE)
        return self._html(request, self._screens.enter(), write("enter_title"))

    async def _nowhere(self, request: Request) -> Response:
        return self._html(request, self._screens.nowhere(), write("wrong_title"), 404)

    async def _page(self, request: Request) -> Response:
        rooms, code, token = await self._gate.admitted(request)
        return await self._shown(request, rooms, code, token)

    async def _shown(
        self,
        request: Request,
        rooms: Rooms,
        code: str,
        token: str,
        error: TradeoffsError | None = None,
        typed: Form | None = None,
    ) -> Response:
        """Return what a phone shows now, with what was wrong with what it said."""
        state = await run_in_threadpool(rooms.phone, code, token)
        results = None
        if state["phase"] == "revealed" and state["seated"]:
            results = await self._of_version(rooms, code, state["version"])
        filled = None if typed is None else {name: list(given) for name, given in typed.items()}
        status = STATUS.get(error.code, 422) if error else 200
        typing = state["seated"] and state["phase"] == "open" and not state["answer"]
        refresh = 0 if typing or not state["seated"] else REFRESH_SECONDS
        with in_room_language(state["language"]):
            told = WORDING.sentence(error) if error else ""
            main = self._screens.phone(state, results, told, filled)
            return self._html(request, main, title_of(state), status, refresh=refresh)

    async def _join(self, request: Request) -> Response:
        rooms, code, token = await self._gate.admitted(request)
        as_form = body.kind(request) == body.FORM
        given = await (body.form(request) if as_form else body.json(request))
        if as_form:
            given = {name: values[0] for name, values in given.items()}
        table, old = str(given.get("table") or ""), str(given.get("token") or "")
        if old:
            if not await run_in_threadpool(rooms.seated, code, old):
                raise InvalidInput("room_seat_unknown", code=code)
            token = old
        elif not (token and await run_in_threadpool(rooms.seated, code, token)):
            self._gate.join(request)
            token = await run_in_threadpool(rooms.join, code, table)
        where = f"{self._below}/{code}"
        if as_form:
            answer: Response = RedirectResponse(where, 303, NO_STORE)
        else:
            answer = JSONResponse({"token": token}, headers=NO_STORE)
        room = await run_in_threadpool(rooms.room, code)
        left = max(1, round(room.ends - time.time()))
        answer.set_cookie(SEAT, token, max_age=left, path=where, httponly=True, samesite="lax")
        return answer

    async def _say(self, request: Request) -> Response:
        rooms, code, token = await self._gate.admitted(request)
        if body.kind(request) != body.FORM:
            given = await body.json(request)
            name, answer = str(given.get("round", "")), given.get("answer")
            await run_in_threadpool(rooms.say, code, token, name, answer)
            return JSONResponse({"said": True}, headers=NO_STORE)
        form, error = await body.form(request), None
        try:
            await run_in_threadpool(self._say_form, rooms, code, token, form)
        except InvalidInput as refused:
            if refused.code in ("room_seat_unknown", "room_unknown"):
                raise
            error = refused
        if error is None and PART not in request.headers:
            return RedirectResponse(f"{self._below}/{code}", 303, NO_STORE)
        return await self._shown(request, rooms, code, token, error, form if error else None)

    def _say_form(self, rooms: Rooms, code: str, token: str, form: Form) -> None:
        """Keep the answer that a form holds to the round that a phone sees."""
        name = form.get("round", ("",))[0]
        state = rooms.phone(code, token)
        asked = Round.of(state["round"]) if state["round"] else None
        if asked is None or asked.name != name:
            asked = rooms.room(code).rounds[rooms.room(code).place_of(name)]
            raise InvalidInput("room_not_open", title=asked.title)
        rooms.say(code, token, name, answer_of(asked, form))

    async def _state(self, request: Request) -> Response:
        rooms, code, token = await self._gate.admitted(request)
        state = await run_in_threadpool(rooms.phone, code, token)
        return JSONResponse(state, headers=NO_STORE)

    async def _stream(self, request: Request) -> Response:
        rooms, code, _ = await self._gate.admitted(request)
        if self._events.full:
            raise Busy("room_phones", most=self._events.most, seconds=30)

        def version() -> int | None:
            try:
                return rooms.version(code)
            except InvalidInput:  # it has ended
                return None

        stream = self._events.stream(version, lambda tell: rooms.watch(code, tell, answers=False))
        return StreamingResponse(stream, media_type=events.KIND, headers=events.HEADERS)

    async def _result(self, request: Request) -> Response:
        rooms, code, _ = await self._gate.admitted(request)
        place, attempt = (_whole(request, name) for name in ("place", "attempt"))
        version = await run_in_threadpool(rooms.version, code)
        tag = f'"{version}.{place}.{attempt}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        found = await self._of_version(rooms, code, version, place, attempt)
        return JSONResponse(found, headers=headers)

    async def _of_version(
        self,
        rooms: Rooms,
        code: str,
        version: int,
        place: int | None = None,
        attempt: int | None = None,
    ) -> dict[str, Any]:
        """Return the result of a round, computed once for all phones that ask at the same time."""
        key = (code, version, place, attempt)
        return await self._results(key, lambda: rooms.results(code, place, attempt))


def routes(base: str, rooms: Callable[[], Rooms]) -> list[Route]:
    """Return the routes below `/r` and a base path (without slashes at its ends)."""
    return RoomRoutes(rooms, base).routes()


def _foreign(code: str) -> str:
    """Return what is wrong with a code in which there are signs that no code has; else empty."""
    signs = foreign_signs(code)
    return write("foreign", signs=list_text([*map(quote, signs)]), known=SIGNS) if signs else ""


def _whole(request: Request, name: str) -> int | None:
    """Return a whole number of the query; None where it is not there."""
    text = request.query_params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise InvalidInput("room_whole_number", field=name, value=text)
    return int(text)
