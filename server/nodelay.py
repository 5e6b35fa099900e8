"""Nodelay: what the server writes leaves at once, be it small (TCP_NODELAY).

Streamlit binds a socket of no named protocol, for which asyncio leaves Nagle's algorithm on: the
body of each file, and each message after another, then waits for the browser's delayed
acknowledgement, 40 ms. A page is 60 files.
"""

import gc
import socket


def disable_delay() -> None:
    """Set the option on every socket that listens; those that it accepts inherit it.

    Call it before other threads begin: one that is making a tuple while this holds it fails.
    """
    for one in [found for found in gc.get_objects() if type(found) is socket.socket]:
        if one.type is socket.SOCK_STREAM and _listens(one):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(one: socket.socket) -> bool:
    internet = one.family in (socket.AF_INET, socket.AF_INET6) and one.fileno() >= 0
    return internet and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1
