"""Clicks: what a browser says at once after one takes no click away."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

from loadtest.connection import connection
from tests.e2e.conftest import PATIENCE, OpenPage, Serve, Server

APPS = Path(__file__).with_name("apps")
APP, NESTED = APPS / "slow_click.py", APPS / "nested_demo.py"
LESSON = urlencode({"lesson": "small_town"})
APART = (0.0, 0.02, 0.1, 0.3)  # s, of messages: before, within and after the callback


def message(page: str = "", *pressed: str) -> bytes:
    """What a browser sends when these buttons were pressed."""
    said = BackMsg()
    said.rerun_script.page_name = page
    said.rerun_script.query_string = LESSON if page else ""
    said.rerun_script.widget_states.widgets.extend(
        WidgetState(id=one, trigger_value=True) for one in pressed
    )
    return said.SerializeToString()


async def button(socket: ClientConnection, label: str) -> str:
    """Read until a button is drawn; return its id."""
    async with asyncio.timeout(PATIENCE / 1000):
        async for data in socket:
            element = ForwardMsg.FromString(cast("bytes", data)).delta.new_element
            if label in element.button.label:
                return element.button.id
    raise AssertionError("the connection ended")


async def clicked(server: Server, page: str, label: str, shown: str, apart: float) -> None:
    """Press a button between other words, as memory says them, and wait for what it shows."""
    offered = "streamlit", "PLACEHOLDER_AUTH_TOKEN"
    async with connection(server.url, "/_stcore/stream", *offered) as socket:
        await socket.send(message(page))
        found = await button(socket, label)
        for said in (message(page), message(page, found), message(page), message(page)):
            await socket.send(said)
            await asyncio.sleep(apart)
        await button(socket, shown)


def click(*wanted: object) -> None:
    """Click in a thread of its own: in this one the browser's event loop runs."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(clicked(*wanted))).result()  # type: ignore[arg-type]


def test_a_click_is_done_to_its_end_whatever_the_browser_says_meanwhile(serve: Serve):
    server = serve(APP)
    for seconds in APART:
        click(server, "", "Press", "pressed 1 times", seconds)


def test_a_question_is_left_out_whatever_the_browser_says_meanwhile(site: Server):
    for seconds in APART:
        click(site, "lesson", "Go on without a guess", "Next", seconds)


def test_clicks_in_quick_succession_leave_the_page_whole(serve: Serve, open_page: OpenPage):
    page = open_page(serve(NESTED).url)
    expect(page.get_by_text("end of 0")).to_be_visible()
    for _ in range(6):
        page.get_by_role("button", name="More").press("Enter")
        page.wait_for_timeout(60)
    expect(page.get_by_text(re.compile("end of [2-6]"))).to_be_visible()
    expect(page.get_by_role("button", name="More")).to_be_visible()
