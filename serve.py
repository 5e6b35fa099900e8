"""The explorer as an ASGI application: its pages, behind a border that keeps what they promise."""

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import cast

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.middleware import Middleware
from streamlit import config, logger
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance
from streamlit.web.server.server_util import get_url

from pages.shared.data.upload import MOST_MEGABYTES
from pages.shared.explorer.live import close, manager, why_not_ready
from pages.shared.kit.callbacks import protect
from pages.shared.kit.frame import MENU
from pages.shared.kit.session_state import copy_on_demand
from pages.shared.kit.turns import take_turns
from pages.shared.kit.warmup import prepare
from server import health, logs, metrics
from server.access import Access
from server.compression import Compression
from server.headers import SecurityHeaders
from server.hub import HUB
from server.live import route
from server.messages import Messages
from server.modules import preloads
from server.names import Names
from server.nodelay import disable_delay
from server.rooms import routes as phones
from server.rooms.door import Door
from server.rooms.purge import purged
from server.shell import Shell, index
from server.shutdown import bound_drain, closed
from server.uploads import Files, Uploads
from server.visits import Visits
from tradeoffs import settings
from tradeoffs.commands.app import EVERYWHERE
from tradeoffs.legacy import MOVED_PAGES
from tradeoffs.limits import Limits
from tradeoffs.paths import APP, PAGES
from tradeoffs.rooms.rooms import rooms


@asynccontextmanager
async def begin(app: st.App) -> AsyncIterator[None]:
    """Make the first screen ready, send at once, and open the browser, as Streamlit does.

    At the end jobs are given up, and what has arrived of them is stored.
    """
    disable_delay()  # first: it looks at all objects, which disturbs threads that make some
    protect()
    copy_on_demand()
    take_turns()
    prepare()
    bound_drain()
    if not st.get_option("server.headless"):
        address = st.get_option("server.address") or ""
        webbrowser.open(get_url("localhost" if address in EVERYWHERE else address))
    async with purged(rooms().purge) if settings.ROOMS.read() != "off" else nullcontext():
        yield
    await closed(close)


def kind(data: bytes) -> str:
    """Return the kind of a message from a browser, or its operation; empty if it has none.

    Raises:
        ValueError: it is no message.
    """
    try:
        message = BackMsg.FromString(data)
    except DecodeError as error:
        raise ValueError from error
    found = message.WhichOneof("type")
    if found == "backend_operation_request":
        found = message.backend_operation_request.WhichOneof("payload")
    return found or ""


def log_as(form: str) -> None:
    """Log in a form; what the framework begins to log later, too."""
    if form == "json":
        logger.setup_formatter = logs.hand_up
    logs.begin(form)


MOST = MOST_MEGABYTES if settings.UPLOADS.read() else 0
STATIC = Path(get_static_dir())
BASE = st.get_option("server.baseUrlPath").strip("/")
PAGE_NAMES = ["", *(page.stem for page in PAGES.glob("*.py"))]
GAUGES = metrics.Gauges(
    HUB.sessions, lambda: manager().waiting(), lambda: manager().state == "ready"
)
log_as(settings.LOG.read())
# config.toml has 0: without this border, an upload would pass through a file.
config.set_option("server.maxUploadSize", MOST)
app = st.App(
    APP,
    lifespan=begin,
    routes=[
        route(HUB, BASE),
        *health.routes(BASE, why_not_ready),
        metrics.route(BASE, GAUGES, settings.METRICS.read()),
        *phones.routes(BASE, rooms),
    ],
    middleware=[
        Middleware(Access, base=BASE, pages=PAGE_NAMES),
        Middleware(SecurityHeaders, html=index(STATIC), embed=settings.EMBED.read()),
        Middleware(Names, names=st.get_option("server.allowedHosts")),
        *([Middleware(Door, base=BASE)] if settings.REACH.read() == "rooms" else []),
        Middleware(Visits, base=BASE, limits=Limits.here()),
        Middleware(Messages, base=BASE, kind=kind),
        Middleware(Compression, static=STATIC, base=BASE),
        Middleware(
            Shell,
            static=STATIC,
            base=BASE,
            pages=PAGE_NAMES,
            moved=MOVED_PAGES,
            head=preloads(STATIC),
            menu={Path(script).stem.removeprefix("app"): title for script, title in MENU.items()},
        ),
        Middleware(
            Uploads,
            base=BASE,
            files=lambda: cast("Files", get_instance().uploaded_file_mgr),
            active=lambda session: get_instance().is_active_session(session),
            most=MOST * 2**20,
        ),
    ],
)
