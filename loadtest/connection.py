"""Connection: a websocket to an explorer, which counts what arrives."""

from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

OPEN_SECONDS = 60  # for a connection to be accepted
CLOSE_SECONDS = 2  # for its end to be answered


class Counted(ClientConnection):
    """A connection that counts the bytes that arrive, frames and handshake included."""

    received = 0  # bytes

    def data_received(self, data: bytes) -> None:
        """Count, then read."""
        self.received += len(data)
        super().data_received(data)


def connection(url: str, path: str, *protocols: str) -> connect:
    """Return a connection to be opened, of class `Counted`, as a browser would ask for it.

    Args:
        url: of the server, with its base path and without a slash at its end.
        path: of the socket below it.
        protocols: that are offered, in order.
    """
    where = urlsplit(url)
    return connect(
        f"ws://{where.netloc}{where.path}{path}",
        origin=Origin(f"http://{where.netloc}"),
        subprotocols=[Subprotocol(one) for one in protocols],
        create_connection=Counted,
        max_size=None,
        open_timeout=OPEN_SECONDS,
        close_timeout=CLOSE_SECONDS,
        proxy=None,
    )
