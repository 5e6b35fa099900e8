"""Settings of the machine: every environment variable that is read, its bounds and its default."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import ENGLISH
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import languages

T = TypeVar("T")
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:]*", re.IGNORECASE)


@translates("bound")
@dataclass(frozen=True, kw_only=True, slots=True)
class Setting(Generic[T]):
    """An environment variable. It changes where, how fast or for whom, never a result."""

    name: str
    help: str
    unit: str | None = None
    bound: str  # what it must be, in words
    parse: Callable[[str], T]  # of text that is not empty; ValueError holds the part at fault
    default: Callable[[], T]
    default_help: str

    def read(self) -> T:
        """Return its value now; its default where it is not set, or empty.

        Raises:
            InvalidInput: it is set to something else than its bound allows.
        """
        text = os.environ.get(self.name, "").strip()
        return self.of(text) if text else self.default()

    def of(self, text: str) -> T:
        """Return the value that a text states; raises as `read` does."""
        try:
            return self.parse(text)
        except ValueError as error:
            bound = self.bound.replace("`", "")
            raise InvalidInput(
                "not_in_words", field=self.name, value=error.args[0], bound=bound
            ) from None


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process to start: that of this one, and some more variables."""
    return os.environ | extra


def table() -> str:
    """Return all settings as a Markdown table: name, meaning, unit, bound, default."""
    lines = ["| variable | what it sets | unit | must be | default |", "|---|---|---|---|---|"]
    for one in SETTINGS:
        cells = (f"`{one.name}`", one.help, one.unit or "-", one.bound, one.default_help)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _number(low: int, high: int) -> dict[str, Any]:
    """Return how a whole number within bounds is described and read."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(text)
        return int(text)

    return {"bound": f"a number from {low} to {high:,}", "parse": parse}


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _hosts(text: str) -> tuple[str, ...]:
    for name in _names(text):
        if not _HOST.fullmatch(name):
            raise ValueError(name)
    return _names(text)


def _languages(text: str) -> tuple[str, ...]:
    """Return codes of languages, English first: it stands in for what another one lacks."""
    for code in _names(text):
        if code not in languages():
            raise ValueError(code)
    return tuple(dict.fromkeys((ENGLISH, *_names(text))))


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    if text.lower() == "off":
        return ()
    found = []
    for name in _names(text):
        try:
            found.append(ip_network(name))
        except ValueError:
            raise ValueError(name) from None
    return tuple(found)


def _one_of(*names: str) -> dict[str, Any]:
    """Return how one of a few words is described and read."""

    def parse(text: str) -> str:
        if text.lower() not in names:
            raise ValueError(text)
        return text.lower()

    return {"bound": " or ".join(f"`{name}`" for name in names), "parse": parse}


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """The address of a database of a PostgreSQL server; it is shown nowhere, as it may be secret.

    Attributes:
        text: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE`, each part optional.
    """

    text: str = field(repr=False)
    name = "PostgreSQL"  # for people

    def without_password(self, told: str) -> str:
        """Return a text with stars in the place of each form of the password."""
        parts = urlsplit(self.text)
        secrets = {parts.password or "", *parse_qs(parts.query).get("password", ())}
        for secret in secrets | {unquote(one) for one in secrets}:
            told = told.replace(secret, "***") if secret else told
        return told


def store_place(text: str) -> Path | DatabaseUrl:
    """Return where a text says that results are kept; ValueError, without secrets, if nowhere."""
    scheme, separator, _ = text.partition("://")
    if not separator:
        return Path(text)
    try:
        _ = urlsplit(text).port  # raises where it is no number
    except ValueError:
        raise ValueError(f"{scheme}://...") from None
    if scheme not in ("postgresql", "postgres") or not find_spec("psycopg"):
        raise ValueError(f"{scheme}://...")
    return DatabaseUrl(text)


def _rooms(text: str) -> Path | Literal["off", "memory"]:
    plain = text.lower()
    return plain if plain in ("off", "memory") else Path(text)


def _switch(text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise ValueError(text)
    return text.lower() == "on"


def _profile(text: str) -> str:
    if text not in PROFILES:
        raise ValueError(text)
    return text


def _limit(name: str, help: str, unit: str, most: int, public: int) -> Setting[int]:
    """Return a limit that a profile sets; 0 is none, which is what a laptop has."""
    number = _number(0, most)
    return Setting(
        name=f"TRADEOFFS_{name.upper()}",
        help=help,
        unit=unit,
        bound=f"{number['bound']}; 0 is no limit",
        parse=number["parse"],
        default=lambda: public if PROFILE.read() == "public" else 0,
        default_help=f"0; {public:,} on `public`",
    )


PROFILES = ("laptop", "public")
CACHE_HOME = Setting(
    name="XDG_CACHE_HOME",
    help="cache folder of your account",
    bound="a folder",
    parse=Path,
    default=lambda: Path.home() / ".cache",
    default_help="`~/.cache`",
)
STORE: Setting[Path | DatabaseUrl] = Setting(
    name="TRADEOFFS_STORE",
    help="file, or database of a PostgreSQL server, in which results are kept",
    bound="a file, or `postgresql://USER:PASSWORD@HOST:PORT/DATABASE` and the extra `postgres`",
    parse=store_place,
    default=lambda: CACHE_HOME.read() / "tradeoffs" / "store.sqlite",
    default_help="`tradeoffs/store.sqlite` in the cache folder",
)
STORE_MB: Setting[int] = Setting(
    name="TRADEOFFS_STORE_MB",
    help="how large that may grow; the results not used for longest are deleted",
    unit="MB",
    **_number(1, 1_000_000),
    default=lambda: 500,
    default_help="500",
)
WORKERS: Setting[int] = Setting(
    name="TRADEOFFS_WORKERS",
    help="worker processes, each with one core and some 400 MB",
    unit="processes",
    **_number(1, 64),
    default=lambda: min(2, os.cpu_count() or 1),
    default_help="2, or 1 on one core",
)
TABLES: Setting[tuple[str, ...]] = Setting(
    name="TRADEOFFS_TABLES",
    help="bundled tables on offer, in that order",
    bound="names of bundled tables, joined by commas",
    parse=_names,
    default=lambda: (),
    default_help="all",
)
UPLOADS = Setting(
    name="TRADEOFFS_UPLOADS",
    help="whether visitors may upload their own table",
    bound="`on` or `off`",
    parse=_switch,
    default=lambda: True,
    default_help="`on`",
)
IMPORT_SECONDS: Setting[int] = Setting(
    name="TRADEOFFS_IMPORT_SECONDS",
    help="after which the parsing of an uploaded table is stopped",
    unit="seconds",
    **_number(1, 3600),
    default=lambda: 60,
    default_help="60",
)
HOSTS: Setting[tuple[str, ...]] = Setting(
    name="TRADEOFFS_HOSTS",
    help="names by which visitors reach the server; requests for or from other hosts are refused",
    bound="host names without port, such as `app.example.org` or `*.example.org`, joined by commas",
    parse=_hosts,
    default=lambda: (),
    default_help="this machine's own, and `--address`",
)
PROXIES: Setting[tuple[IPv4Network | IPv6Network, ...]] = Setting(
    name="TRADEOFFS_PROXIES",
    help="reverse proxies whose word on a visitor's address and on https is taken",
    bound="addresses or networks, such as `127.0.0.1` or `10.0.0.0/8`, joined by commas",
    parse=_networks,
    default=lambda: (),
    default_help="none",
)
EMBED: Setting[tuple[str, ...]] = Setting(
    name="TRADEOFFS_EMBED",
    help="sites that may show the explorer in a frame of their pages",
    bound="host names without port, such as `app.example.org` or `*.example.org`, joined by commas",
    parse=_hosts,
    default=lambda: (),
    default_help="the server's own pages alone",
)
EXECUTOR = Setting(
    name="TRADEOFFS_EXECUTOR",
    help="where models are trained: here, or by the workers of a Dask scheduler",
    bound="`local`, or the address of a Dask scheduler, such as `tcp://host:8786`, or `tls://`",
    parse=str,
    default=lambda: "local",
    default_help="`local`",
)
METRICS: Setting[tuple[IPv4Network | IPv6Network, ...]] = Setting(
    name="TRADEOFFS_METRICS",
    help="who may read `/metrics`, straight from the server and not through a proxy",
    bound="`off`, or addresses and networks, such as `10.0.0.0/8`, joined by commas",
    parse=_networks,
    default=lambda: _networks("127.0.0.0/8,::1"),
    default_help="this machine alone",
)
LOG: Setting[str] = Setting(
    name="TRADEOFFS_LOG",
    help="form of the log: for people, or a JSON object a line and request for programs",
    **_one_of("text", "json"),
    default=lambda: "text",
    default_help="`text`",
)
TLS_CA: Setting[Path | None] = Setting(
    name="TRADEOFFS_TLS_CA",
    help="certificate of the authority that signed those of scheduler, workers and this machine",
    bound="a file, in PEM; needed with `tls://`",
    parse=Path,
    default=lambda: None,
    default_help="none",
)
TLS_CERT: Setting[Path | None] = Setting(
    name="TRADEOFFS_TLS_CERT",
    help="this machine's certificate, for the scheduler",
    bound="a file, in PEM; needed with `tls://`",
    parse=Path,
    default=lambda: None,
    default_help="none",
)
TLS_KEY: Setting[Path | None] = Setting(
    name="TRADEOFFS_TLS_KEY",
    help="the private key of that certificate",
    bound="a file, in PEM; needed with `tls://`",
    parse=Path,
    default=lambda: None,
    default_help="none",
)
LESSONS: Setting[Path | None] = Setting(
    name="TRADEOFFS_LESSONS",
    help="folder with lessons of your own, each a folder; they are listed after those of the paper",
    bound="a folder",
    parse=Path,
    default=lambda: None,
    default_help="none",
)
LANGUAGES = Setting(
    name="TRADEOFFS_LANGUAGES",
    help="languages that are offered, English among them; a visitor's browser says which is shown",
    bound="codes of languages, joined by commas: `en`, `fr`",
    parse=_languages,
    default=languages,
    default_help="all: `en`, `fr`",
)
PROFILE = Setting(
    name="TRADEOFFS_PROFILE",
    help="for whom this is: people you know, or strangers, for whom the following limits are set",
    bound="`laptop` or `public`",
    parse=_profile,
    default=lambda: "laptop",
    default_help="`laptop`",
)
ROOMS: Setting[Path | Literal["off", "memory"]] = Setting(
    name="TRADEOFFS_ROOMS",
    help="where the rooms of classes and workshops are kept until they end, or that there are none",
    bound="`off`, `memory`, or a file",
    parse=_rooms,
    default=lambda: "off" if PROFILE.read() == "public" else "memory",
    default_help="`memory`; `off` on `public`",
)
REACH: Setting[str] = Setting(
    name="TRADEOFFS_REACH",
    help="what other machines reach: everything, or the rooms alone",
    **_one_of("all", "rooms"),
    default=lambda: "all",
    default_help="`all`; `tradeoffs app --room` sets `rooms`",
)
LIMITS = {
    one.name.removeprefix("TRADEOFFS_").lower(): one
    for one in (
        _limit(
            "moves",
            "moves of controls that are answered at once; faster ones are answered together, by "
            "the last",
            "a minute and tab",
            100_000,
            60,
        ),
        _limit(
            "moves_address",
            "the same for all tabs at one address",
            "a minute and address",
            100_000,
            600,
        ),
        _limit(
            "training",
            "training that goes before that of others; what is beyond it waits behind theirs",
            "CPU seconds a minute and tab",
            100_000,
            30,
        ),
        _limit(
            "training_address",
            "the same for all tabs at one address",
            "CPU seconds a minute and address",
            100_000,
            90,
        ),
        _limit(
            "rows",
            "largest training table; above it, only stored models are shown",
            "rows",
            10**6,
            50_000,
        ),
        _limit(
            "width",
            "largest model; above it, only stored models are shown",
            "hidden units",
            256,
            64,
        ),
        _limit(
            "questions",
            "attacks and other questions to a worker that may wait at once; a further one is told "
            "to wait",
            "at a time and tab",
            50,
            3,
        ),
        _limit(
            "files",
            "uploaded tables; a further one is told when",
            "an hour and address",
            10_000,
            60,
        ),
        _limit(
            "sockets",
            "connections, two a tab; a further tab is told so",
            "at a time and address",
            10_000,
            200,
        ),
    )
}
SETTINGS: tuple[Setting[Any], ...] = (
    *(STORE, STORE_MB, CACHE_HOME, WORKERS, EXECUTOR, TLS_CA, TLS_CERT, TLS_KEY),
    *(TABLES, UPLOADS, IMPORT_SECONDS),
    *(HOSTS, PROXIES, EMBED, METRICS, LOG, LESSONS, LANGUAGES),
    *(PROFILE, ROOMS, REACH, *LIMITS.values()),
)
