"""Connection: a websocket that counts what arrives."""

from websockets.asyncio.client import ClientConnection


class Counted(ClientConnection):
    """A connection that counts the bytes that arrive, frames and handshake included."""

    received = 0  # bytes

    def data_received(self, data: bytes) -> None:
        """Count, then read."""
        self.received += len(data)
        super().data_received(data)
