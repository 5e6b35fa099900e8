"""What the server writes leaves at once, on every connection that it accepts."""

import socket

from server.nodelay import disable_delay


def test_a_connection_that_a_listening_socket_accepts_sends_at_once():
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as closed:
        closed.close()  # is no concern
        disable_delay()
        with socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_socket_that_does_not_listen_is_left_alone():
    with socket.socket() as other:
        disable_delay()
        assert not other.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
