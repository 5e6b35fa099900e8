"""Client: where a request comes from, and whether it came by https.

uvicorn has set both in the scope before: where the peer is one of `TRADEOFFS_PROXIES`, to what the
proxy says (the last address in X-Forwarded-For that is not a proxy's own, and X-Forwarded-Proto).
"""

from ipaddress import IPv6Address, ip_address

from starlette.types import Scope


def client_address(scope: Scope) -> str:
    """Return the address of a visitor, in its shortest form; empty where there is none.

    An IPv4 address that arrives at an IPv6 socket is written as IPv4.
    """
    peer = scope.get("client")
    try:
        address = ip_address(peer[0] if peer else "")
    except ValueError:  # a socket of this machine, or what a proxy calls `unknown`
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def is_https(scope: Scope) -> bool:
    """Whether the visitor's browser speaks TLS, to this server or to a proxy."""
    return scope.get("scheme") in ("https", "wss")
