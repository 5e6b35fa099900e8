"""Tab: one browser tab as the server sees it, speaking Streamlit's protocol over a websocket."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus

from loadtest.connection import Counted, connection
from loadtest.live import Heard, Live


@dataclass(kw_only=True, slots=True)
class Control:
    """A slider or a number as it was last drawn."""

    id: str
    fragment: str  # that runs when it moves
    options: tuple[str, ...]  # of a slider, in words
    value: str | float

    def state(self) -> WidgetState:
        """Return what the browser says of it."""
        found = WidgetState(id=self.id)
        if self.options:
            found.string_array_value.data.append(str(self.value))
        else:
            found.double_value = float(self.value)
        return found


class Tab:
    """A tab: keeps the controls that the server sends, and answers as a browser does.

    Args:
        url: of the server, with its base path.
        query: fields of the link that is opened.
        hear: called with a key and its parts, whenever the second socket brought some.
        fail: called with what went wrong, in words.
    """

    def __init__(
        self, url: str, query: Mapping[str, str], hear: Heard, fail: Callable[[str], None]
    ) -> None:
        """Remember the address; nothing is opened yet."""
        self._url, self._query = url.rstrip("/"), urlencode(query)
        self._fail = fail
        self._page, self._told = "", Live(url, self._ask, hear, fail)
        self._socket: Counted | None = None
        self.controls: dict[str, Control] = {}

    @property
    def received(self) -> int:
        """Return the bytes that arrived so far."""
        return self._told.received + (self._socket.received if self._socket else 0)

    async def live(self) -> None:
        """Open the page and read until the server or the caller ends it."""
        offered = "streamlit", "PLACEHOLDER_AUTH_TOKEN"
        try:
            async with connection(self._url, "/_stcore/stream", *offered) as socket:
                self._socket = cast("Counted", socket)
                await self._ask("")
                async for data in socket:
                    self._take(ForwardMsg.FromString(cast("bytes", data)))
        except ConnectionClosed as end:
            self._fail(f"connection closed by the server ({end.rcvd.code if end.rcvd else 1006})")
        except InvalidStatus as refusal:
            self._fail(f"connection refused (HTTP {refusal.response.status_code})")
        except (OSError, TimeoutError) as error:
            self._fail(f"no connection ({type(error).__name__})")
        else:
            self._fail("connection closed by the server (1000)")
        finally:
            await self._told.close()

    async def move(self, values: Mapping[str, str | float]) -> None:
        """Set controls by their keys, and run the fragment of the last one.

        Raises:
            KeyError: the page has not drawn such a control.
        """
        fragment = ""
        for key, value in values.items():
            self.controls[key].value = value
            fragment = self.controls[key].fragment
        await self._ask(fragment)

    async def _ask(self, fragment: str) -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self._query, self._page
        asked.fragment_id = fragment
        asked.widget_states.widgets.extend(one.state() for one in self.controls.values())
        asked.context_info.url = f"{self._url}/"
        if self._socket:
            try:
                await self._socket.send(message.SerializeToString())
            except ConnectionClosed:
                return  # told where the messages are read

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element, message.delta.fragment_id)
        elif kind == "new_session":
            self._page = message.new_session.page_script_hash
        elif kind == "ref_hash":
            self._fail("a message that this tab does not hold")

    def _draw(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "slider":
            drawn, options = element.slider, tuple(element.slider.options)
            first = options[int(drawn.default[0])]
            self._control(
                drawn.id, fragment, options, drawn.raw_value[0] if drawn.set_value else first
            )
        elif kind == "number_input":
            number = element.number_input
            self._control(
                number.id, fragment, (), number.value if number.set_value else number.default
            )
        elif kind == "bidi_component":
            self._told.mount(element.bidi_component.bytes, fragment)
        elif kind == "exception":
            self._fail(f"an error on the page ({element.exception.type})")

    def _control(
        self, name: str, fragment: str, options: tuple[str, ...], value: str | float
    ) -> None:
        key = name.split("-", 2)[-1]  # $$ID-hash-key
        known = self.controls.get(key)
        kept = known.value if known and known.id == name else value
        self.controls[key] = Control(id=name, fragment=fragment, options=options, value=kept)
