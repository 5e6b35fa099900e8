"""App: start the explorer in a browser."""

import os
import sys
from collections.abc import Mapping

from tradeoffs import settings
from tradeoffs.commands.arguments import Commands
from tradeoffs.data.catalogue import available_datasets
from tradeoffs.errors import InvalidInput, require
from tradeoffs.jobs.executor import check
from tradeoffs.language.translation import say, translate
from tradeoffs.paths import SERVER

# For glibc.  Sessions run in threads, and it keeps freed memory apart for each unless told
# otherwise; and a large block goes back to the system when it is freed: a visitor's file is gone.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(2**18)}
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")  # addresses to listen on that are nobody's name


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    one = commands.add_parser(
        "app",
        help=translate("start the explorer in a browser"),
        description=translate("Start the explorer and open it in a browser; Ctrl-C stops it."),
    )
    one.add_argument(
        "--port", type=int, default=8501, help=translate("1 to 65535 (default %(default)s)")
    )
    one.add_argument(
        "--address", default="localhost", help=translate("to listen on (default %(default)s)")
    )
    one.add_argument("--headless", action="store_true", help=translate("do not open a browser"))
    one.add_argument(
        "--room",
        action="store_true",
        help=translate("let phones on this network take part in rooms: listen on all addresses"),
    )
    one.add_argument(
        "--open",
        action="store_true",
        dest="open_all",
        help=translate("with --room: let them use the explorer, too"),
    )
    one.set_defaults(run=run)


def run(
    *,
    port: int,
    address: str,
    headless: bool,
    room: bool = False,
    open_all: bool = False,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Replace this process by the explorer's server, with some more environment variables.

    Args:
        port: to listen on.
        address: to listen on; with a room all, unless it is another than this machine's own.
        headless: do not open a browser.
        room: let phones on the network take part in rooms.
        open_all: let other machines use the explorer, too.
        environment: more variables.
    """
    # uvicorn, below Streamlit, would otherwise believe what any process of this machine says.
    proxies = {"FORWARDED_ALLOW_IPS": ",".join(map(str, settings.PROXIES.read()))}
    extra = MEMORY | proxies | dict(environment or {})
    if room:
        address = EVERYWHERE[0] if address in LOOPBACK else address
        extra |= {settings.REACH.name: "all" if open_all else "rooms"}
    require(room or not open_all, "open_without_room")
    if not 1 <= port <= 65535:
        raise InvalidInput("out_of_range", field="port", value=port, low=1, high=65535)
    available_datasets()  # a table that does not exist is told before the server starts
    check()  # so is a scheduler that does not answer, and a setting that is out of bounds
    for one in settings.SETTINGS:
        one.read()
    named = settings.HOSTS.read()
    own = [] if address in EVERYWHERE else [address]
    if room:
        from tradeoffs.rooms.addresses import local_names
        from tradeoffs.rooms.invitation import invitation

        require(settings.ROOMS.read() != "off", "rooms_off")
        own += local_names()
        sys.stdout.write(invitation(port))
    elif address not in LOOPBACK and not named:
        told = say(
            "Accepts requests for {hosts}; set {setting} to names that visitors use.",
            hosts=", ".join(dict.fromkeys((*LOOPBACK, *own))),
            setting=settings.HOSTS.name,
        )
        sys.stdout.write(f"{told}\n")
    command = [
        # -P: no module is taken from the working folder.  Streamlit reads the configuration (theme,
        # limits) that lies beside serve.py.
        *(sys.executable, "-P", "-m", "streamlit", "run", str(SERVER)),
        *("--server.port", str(port), "--server.address", address),
    ]
    for name in dict.fromkeys((*LOOPBACK, *own, *named)):
        command += ["--server.allowedHosts", name]
    for name in named:
        command += ["--server.corsAllowedOrigins", f"https://{name}"]
    if headless:
        command += ["--server.headless", "true"]
    if address in EVERYWHERE:  # Streamlit would ask somebody else for this machine's address
        command += ["--browser.serverAddress", "localhost"]
    sys.stdout.flush()
    if os.name == "nt":  # exec does not keep the console there
        import subprocess

        return subprocess.call(command, env=settings.environment(extra))
    os.execve(sys.executable, command, settings.environment(extra))
