"""Addresses: under which phones find this machine on the networks that it is connected to."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

import psutil

ELSEWHERE = "192.0.2.1"  # of no machine (RFC 5737): the way there shows the network in use
LOCAL = ("localhost", "127.0.0.1", "[::1]")
ALONE = (*LOCAL, "::1")  # addresses to listen on at which only this machine is heard


def local_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses of this machine, the one of the network in use first.

    Those that only this machine or one cable reaches (loopback, link-local) are left out.
    """
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        one.address
        for name, several in psutil.net_if_addrs().items()
        for one in several
        if name in up and one.family == socket.AF_INET and _reachable(one.address)
    ]
    first = _in_use()
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one != first))


def local_names() -> tuple[str, ...]:
    """Return all names by which this machine may be called on a local network."""
    name = socket.gethostname().lower()
    return (*local_addresses(), name, f"{name.partition('.')[0]}.local")


def links(page: str, code: str = "") -> tuple[str, ...]:
    """Return the addresses of a room for phones, the likeliest first.

    A page that is open as `localhost` has another name for phones: each address of this machine, as
    long as it is connected to a network.

    Args:
        page: address of a page of this server, as a browser has it, up to and with its base path.
        code: of the room; empty for the page where a code is entered.

    >>> links("https://app.example.org/tools/", "AB3DE")
    ('https://app.example.org/tools/r/AB3DE',)
    """
    parts = urlsplit(page)
    base, port = parts.path.rstrip("/"), f":{parts.port}" if parts.port else ""
    host = parts.netloc.removesuffix(port)
    hosts = (host.lower() in LOCAL and local_addresses()) or (host,)
    return tuple(f"{parts.scheme}://{one}{port}{base}/r/{code}" for one in hosts)


def phone_links(page: str, code: str, listens: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return those addresses of a room that phones reach; none where this machine alone does.

    Args:
        page: as of `links`.
        code: of the room.
        listens: address on which the server listens.
        names: host names and addresses to which it answers.

    >>> phone_links("http://localhost:8501", "AB3DE", "localhost", ["localhost"])
    ()
    """
    found = links(page, code)
    if (urlsplit(page).hostname or "") not in ALONE:  # a browser came by another name
        return found
    if listens in ALONE:
        return ()
    hosts = {one: urlsplit(one).hostname for one in found}
    return tuple(one for one in found if hosts[one] in names and hosts[one] not in ALONE)


def _reachable(address: str) -> bool:
    one = ip_address(address)
    return not (one.is_loopback or one.is_link_local)


def _in_use() -> str:
    """Return the address from which this machine would ask another; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect((ELSEWHERE, 9))
        except OSError:  # it is connected to no network, or to one that leads nowhere
            return ""
        return one.getsockname()[0]
