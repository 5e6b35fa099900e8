"""Invitation: what a terminal says of how phones on the same network reach this machine."""

import sys

from tradeoffs.language.translation import say, translate
from tradeoffs.rooms.addresses import links, local_addresses
from tradeoffs.rooms.qr import terminal

_NO_NETWORK = (
    "This machine is connected to no network that a phone could share: switch its hotspot on, "
    "and start again.\n"
)
_INVITATION = """\
Phones on the same network enter rooms at
{addresses}
{code}
Guest networks often keep phones and this machine apart. If a phone finds nothing there, use the
hotspot of this machine or of a phone; or open the port {port} in this machine's firewall.
"""


def invitation(port: int) -> str:
    """Return the addresses of this machine for phones, the likeliest as a QR code, and advice.

    Args:
        port: on which the server listens.
    """
    if not local_addresses():
        return translate(_NO_NETWORK)
    found = links(f"http://localhost:{port}")
    addresses = "\n".join(f"  {one}" for one in found)
    code = terminal(found[0])
    if not _can_write(code):
        code = ""
    return say(_INVITATION, addresses=addresses, code=code, port=port)


def _can_write(text: str) -> bool:
    """Say whether the terminal has the half blocks that a QR code is made of."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
