"""Channel: what this session looks at; its browser is told of what is new, and does not ask."""

import json
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files
from server.channel import Channel
from server.hub import HUB
from server.source import Source
from tradeoffs.language.current import language
from tradeoffs.language.translation import say

AGAIN = "again"  # name of the part that makes the browser ask for another run; see live.js
FALLBACK_SECONDS = 10.0  # so long after a browser asked, results go through the page
FRAME_SECONDS = 2.0  # that such a run waits for the first frame

_LOAD = """
const follow = import(folder + "frontend/follow.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await follow).default(component);
}
"""


class Followed(Protocol):
    """Something that changes while it is computed; equal ones are the same."""

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw; cheap, from any thread."""
        ...

    def touch(self) -> None:
        """Note that somebody waits for it."""
        ...


@dataclass(frozen=True, slots=True)
class _Version:
    """A source of which only the version is sent, for pages that draw the rest themselves."""

    of: Followed

    def version(self) -> Hashable:
        return self.of.version()

    def parts(self) -> Mapping[str, bytes]:
        return {AGAIN: json.dumps(str(self.of.version())).encode()}

    def touch(self) -> None:
        self.of.touch()


def channel() -> Channel:
    """Return this session's channel, which ends with it."""
    if "channel" not in st.session_state:
        st.session_state["channel"] = HUB.channel()
    return st.session_state["channel"]


def begin(page: str) -> None:
    """Forget what another page showed, and what this one followed at its last run.

    Outside of any fragment it mounts what lets the browser ask for a whole run when the server
    does not know its channel: it is that of a server before, whose fragments are gone too.
    """
    elsewhere = st.session_state.get("channel page") != page
    st.session_state["channel page"] = page
    for key, source in channel().shown().items():
        if elsewhere or isinstance(source, _Version):
            channel().hide(key)
    serve_files()
    told = {"channel": _token(), "key": "page", "whole": True, "language": language()}
    data = json.dumps({**told, "pages": say("Pages")}).encode()
    _FOLLOW(key="follow-page", data=data, height=1, on_ask_change=_asked)


def follow(key: str, source: Followed) -> None:
    """Run this fragment, or page, again whenever something has a new version.

    Call it before drawing, as long as something is to come: what arrives meanwhile is not missed.

    Args:
        key: Identity on the page; takes the place of what was followed under it.
        source: What is waited for.
    """
    serve_files()
    seen = str(source.version())
    source.touch()
    channel().show(key, _Version(source))
    _FOLLOW(
        key=f"follow-{key}",  # for style.css
        data=json.dumps({"channel": _token(), "key": key, "seen": seen}).encode(),
        height=1,
        on_ask_change=_asked,
    )


def mount(
    draw: Callable[..., Any], *, key: str, source: Source, under: str = "", **options: Any
) -> Any:
    """Mount a component that draws the parts of a source, told by `listen` of live.js.

    Its data stays the same, whatever the source brings, unless no socket reaches the browser.

    Args:
        draw: The component.
        key: Identity on the page; another source under it takes the place of the one before.
        source: What is drawn.
        under: Key in the channel, where several components draw one source; else `key`.
        options: Of the component, as `height`.

    Returns:
        The component's result.
    """
    one, under = channel(), under or key
    one.show(under, source)
    told = json.dumps({"channel": _token(), "key": under, "language": language()}).encode()
    if _token() is None or (not one.connected and _asks()):
        parts = one.parts(under, FRAME_SECONDS).items()
        joined = b",".join(json.dumps(name).encode() + b":" + text for name, text in parts)
        told = told[:-1] + b',"parts":{' + joined + b"}}"
    return draw(key=key, data=told, on_ask_change=_asked, **options)


def _token() -> str | None:
    """Return what the browser connects with; None where this server has no socket for it."""
    return channel().token if HUB.served else None


def _asked() -> None:
    st.session_state["channel asked"] = time.monotonic()


def _asks() -> bool:
    return time.monotonic() - st.session_state.get("channel asked", -1e9) < FALLBACK_SECONDS


_FOLLOW = component("tradeoffs_follow", js=loader(_LOAD) + _DRAW, isolate_styles=False)
