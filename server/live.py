"""Live: the websocket on which a browser is told what is new; it has nothing to say itself."""

import asyncio
import weakref
from collections.abc import Mapping
from contextlib import suppress

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.channel import UNKNOWN, Channel
from server.hub import Hub

PROTOCOL = "live"  # in front of the token, where a browser names what it speaks
POLICY, SLOW = 1008, 4008  # codes that close a connection: something was said, nothing is read
HEARTBEAT_SECONDS = 20.0  # after which an empty message says that the connection lives
SEND_SECONDS = 20.0  # for a browser to take a message


class Browser:
    """The connection of one browser."""

    def __init__(self) -> None:
        """Begin with nothing sent; made in the event loop."""
        self.had: dict[str, Mapping[str, bytes]] = {}
        self.code = 0  # that closes it
        self._loop, self._news = asyncio.get_running_loop(), asyncio.Event()

    def tell(self) -> None:
        """Note from any thread that there may be something to send."""
        with suppress(RuntimeError):  # the loop is closed: the server stops
            self._loop.call_soon_threadsafe(self._news.set)

    def end(self, code: int) -> None:
        """Close it, from any thread."""
        self.code = self.code or code
        self.tell()

    async def news(self) -> bool:
        """Wait until there may be something to send; False if a heartbeat is due first."""
        try:
            await asyncio.wait_for(self._news.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            return False
        self._news.clear()
        return True


def route(hub: Hub, base: str) -> WebSocketRoute:
    """Return the route `/live` below a base path (without slashes at its ends)."""
    hub.served = True

    async def live(socket: WebSocket) -> None:
        name, token = (*socket.scope["subprotocols"], "", "")[:2]
        await socket.accept(PROTOCOL if name == PROTOCOL else None)
        channel = hub.find(token)
        if channel is None:
            await socket.close(UNKNOWN)
            return
        held = weakref.ref(channel)
        del channel  # the session alone keeps it
        await _attend(socket, held)

    return WebSocketRoute(f"/{base}/live" if base else "/live", live)


async def _attend(socket: WebSocket, channel: "weakref.ref[Channel]") -> None:
    """Tell a browser until it leaves, says something or its session ends."""
    browser = Browser()
    hearing = asyncio.create_task(socket.receive())  # that it leaves; it has nothing to say
    hearing.add_done_callback(lambda _: browser.end(POLICY))
    if one := channel():
        one.connect(browser)
        del one
    try:
        await _tell(socket, channel, browser)
    except TimeoutError:
        browser.code = SLOW
    except WebSocketDisconnect:
        pass
    finally:
        hearing.cancel()
        if one := channel():
            one.disconnect(browser)
    with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):  # it is gone already
        async with asyncio.timeout(SEND_SECONDS):
            await socket.close(browser.code or UNKNOWN)


async def _tell(socket: WebSocket, channel: "weakref.ref[Channel]", browser: Browser) -> None:
    """Send what is new, joined at the moment of sending, so that nothing queues up."""
    quiet = "{}"  # what is said without news: at first, and as a heartbeat
    while (one := channel()) and not browser.code:
        message = one.patch(browser.had) or quiet
        del one
        if message:
            async with asyncio.timeout(SEND_SECONDS):
                await socket.send_text(message)
        quiet = "" if await browser.news() else "{}"
