"""Screens: what a phone shows, from entering a code to the end of the room, as HTML."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any
from zlib import crc32

from server.rooms.fields import Fields, fields_of
from server.rooms.questions import Question
from server.rooms.results import Results, answer_html, losses_html, results_html
from server.rooms.texts import write
from tradeoffs.language.notation import date_text
from tradeoffs.rooms.rounds import Round
from tradeoffs.rooms.seat import LENGTH

State = Mapping[str, Any]  # what `Rooms.phone` returns


class Screens:
    """Writes the screens of the rooms below a path, in the language of the run.

    Args:
        below: `/r`, behind the base path.
    """

    def __init__(self, below: str) -> None:
        """Remember the path, which forms need: an answer to one has another address."""
        self._below = below

    def enter(self, error: str = "", typed: str = "") -> str:
        """Return the screen on which a code is entered.

        Args:
            error: what is wrong with the code that was typed.
            typed: that code.
        """
        main = (
            f"<h1>{_text('enter_title')}</h1>{_error(error)}"
            f'<form action="{self._below}/" method="get">'
            f'<p><label for="code">{_text("enter_code")}</label></p>'
            f'<p><input id="code" name="code" value="{escape(typed)}" required maxlength="20" '
            f'autocomplete="off" '
            f'autocapitalize="characters" spellcheck="false" '
            f'aria-describedby="code-help"></p>'
            f'<p class="small" id="code-help">{_text("enter_help", signs=LENGTH)}</p>'
            f"<p><button>{_text('enter_button')}</button></p></form>"
        )
        return self._main(main, f"{self._below}/")

    def nowhere(self) -> str:
        """Return the screen of an address below the rooms that is none."""
        return self.wrong(write("wrong_title"), write("wrong"), way="enter_title")

    def wrong(self, title: str, told: str, code: str = "", way: str = "") -> str:
        """Return a screen that says why a request was not answered, and where to go on."""
        way = way or ("back" if code else "another_code")
        link = f'<p><a href="{self._below}/{escape(code)}">{_text(way)}</a></p>'
        main = f"<h1>{escape(title)}</h1><p>{escape(told)}</p>{link}"
        return self._main(main, f"{self._below}/{escape(code)}")

    def phone(
        self,
        state: State,
        results: Results | None = None,
        error: str = "",
        typed: Fields | None = None,
    ) -> str:
        """Return what a phone shows now.

        Args:
            state: of the room, for this phone.
            results: of its round, once they are revealed.
            error: what was wrong with what it said.
            typed: fields of a form that was refused.
        """
        code = state["code"]
        if not state["seated"]:
            inner = self._arrive(state, error)
        elif state["round"] is None:
            title = _text("seated_title", code=code)
            inner = f"<h1>{title}</h1>{_kept(state)}<p>{_text('seated')}</p>"
        else:
            asked = Round.of(state["round"])
            inner = self._round(state, asked, error, typed)
            if results is not None:
                inner += results_html(asked, results)
                inner += losses_html(state["yours"].get("losses", {}))
        step = f"{state['place']}.{state['attempt']}.{state['phase']}.{state['seated']:d}"
        return self._main(inner, f"{self._below}/{code}", state["version"], step, _again(state))

    def _arrive(self, state: State, error: str) -> str:
        code = state["code"]
        options = "".join(f"<option>{escape(one)}</option>" for one in state["tables"])
        table = (
            f'<div class="field"><label for="table">{_text("arrive_table")}</label>'
            f'<select id="table" name="table"><option value="">'
            f"{_text('arrive_no_table')}</option>{options}</select></div>"
        )
        return (
            f"<h1>{_text('arrive_title', code=code)}</h1>{_error(error)}{_kept(state)}"
            f'<form action="{self._below}/{code}/join" method="post" data-join>'
            f"{table if options else ''}<p><button>{_text('arrive_button')}</button></p>"
            f'</form><p class="small">{_text("kept")}</p>'
        )

    def _round(self, state: State, asked: Round, error: str, typed: Fields | None) -> str:
        phase, place = state["phase"], state["place"] + 1
        where = write("place", place=place, places=state["rounds"])
        head = f'<p class="small">{escape(where)}</p><h1>{escape(asked.title)}</h1>'
        if state["attempt"] > 1 and phase in ("waiting", "open"):
            head += f'<p class="note">{_text("again")}</p>'
        if phase == "open":
            return head + self._form(state, asked, error, typed)
        told = {"waiting": "wait", "closed": "closed", "revealed": "revealed"}[phase]
        below = f"<p>{_text(told)}</p>"
        if phase != "waiting":
            below += answer_html(asked, state)
        return head + _error(error) + below

    def _form(self, state: State, asked: Round, error: str, typed: Fields | None) -> str:
        answer = state["answer"]
        if answer and state["epsilon"] is not None:  # a second one would tell more about it
            note = f'<p class="note" id="said">{_text("sent_once")}</p>'
            return f"<p>{escape(asked.question)}</p>{note}{answer_html(asked, state)}"
        question = Question(
            asked=asked,
            fields=fields_of(asked, answer) if typed is None else typed,
            yours=state["yours"],
            statements=state["statements"],
            epsilon=state["epsilon"],
        )
        send = "change" if answer else "send"
        button = "" if asked.kind == "words" else f"<p><button>{_text(send)}</button></p>"
        thanks = f'<p class="note" id="said">{_text("answered")}</p>' if answer else ""
        return (
            f"{_error(error)}{thanks if not error else ''}"
            f'<form action="{self._below}/{state["code"]}/say" method="post"'
            f'{question.attributes()}><input type="hidden" name="round" '
            f'value="{escape(asked.name)}">{question.html()}{button}</form>'
        )

    def _main(
        self, inner: str, room: str, version: int = 0, step: str = "", again: str = ""
    ) -> str:
        digest = f"{crc32(inner.encode()):08x}"  # a script shows what differs, and nothing twice
        return (
            f'<main data-room="{room}" data-version="{version}" data-step="{step}" '
            f'data-state="{digest}">{inner}{again}</main>'
        )


def title_of(state: State) -> str:
    """Return the title of a room's page."""
    return write("room_title", code=state["code"])


def _again(state: State) -> str:
    """Return the way on for a browser without script."""
    link = f'<a href="{escape(state["code"])}">{_text("look_again")}</a>'
    return f"<noscript><p>{link}</p></noscript>" if state["seated"] else ""


def _kept(state: State) -> str:
    """Return what is kept and until when, as it stands before the first answer."""
    told = escape(write("privacy", moment="{moment}"))
    return f'<p class="note">{told.replace("{moment}", _moment(state))}</p>'


def _moment(state: State) -> str:
    """Return day and hour of deletion: by this machine's clock, or by the phone's with script."""
    then = datetime.fromtimestamp(state["ends"], UTC)
    here = then.astimezone()
    values = {"date": date_text(here.date()), "hour": f"{here:%H:%M}", "zone": here.tzname()}
    phone = _text("moment_phone", date="{date}", hour="{hour}")
    return (
        f'<time datetime="{then.isoformat(timespec="seconds")}" data-told="{phone}">'
        f"{_text('moment_server', **values)}</time>"
    )


def _error(told: str) -> str:
    return f'<p class="error" role="alert">{escape(told)}</p>' if told else ""


def _text(name: str, /, **values: object) -> str:
    return escape(write(name, **values))
