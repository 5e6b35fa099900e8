"""The environment is read in one file, within bounds, and the documents tell of all of it."""

import ast
from pathlib import Path

import pytest

from tradeoffs import settings
from tradeoffs.commands import app
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.store import Store
from tradeoffs.jobs.worker import Machine
from tradeoffs.limits import Limits

ROOT = Path(__file__).parents[1]
SOURCES = ("app.py", "serve.py", *("tradeoffs", "pages", "server", "loadtest", "data"))
OUT_OF_BOUNDS = {
    settings.STORE: ("mysql://host/it", "postgresql://host:port/it", "postgresql://[host/it"),
    settings.STORE_MB: ("0", "-1", "many", "1e3", "1000001", "\u0662"),
    settings.WORKERS: ("0", "65", "-1", "2.5", "many", "\u00b2"),
    settings.IMPORT_SECONDS: ("0", "3601", "ten", "-1", "1.5"),
    settings.UPLOADS: ("maybe", "1"),
    settings.METRICS: ("everybody", "10.0.0.1/8", "127.0.0.1,off"),
    settings.LOG: ("yes", "jsonl"),
    settings.PROFILE: ("Public", "server"),
    settings.REACH: ("none", "rooms,all"),
    **dict.fromkeys(settings.LIMITS.values(), ("-1", "1000001", "few", "0.5")),
    settings.LANGUAGES: ("french", "en,xx", "fr_CA"),
    settings.HOSTS: ("http://example.org", "a.org:80", "a.org,b c.org", "-"),
    settings.PROXIES: ("proxy.example.org", "10.0.0.1/8", "10.0.0.0/33", "*", "10.0.0.1:80"),
    settings.EMBED: ("https://example.org", "a.org; script-src *", "*"),
}
FREE = {
    settings.CACHE_HOME,
    settings.TABLES,
    settings.EXECUTOR,
    settings.TLS_CA,
    settings.TLS_CERT,
    settings.TLS_KEY,
    settings.LESSONS,
    settings.ROOMS,
}  # checked in use


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for one in settings.SETTINGS:
        monkeypatch.delenv(one.name, raising=False)


def files():
    for name in SOURCES:
        place = ROOT / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def test_the_environment_is_touched_in_one_file():
    at = set()
    for file in files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = (
                {node.attr}
                if isinstance(node, ast.Attribute)
                else {alias.name for alias in node.names}
                if isinstance(node, ast.ImportFrom)
                else set()
            )
            if names & {"environ", "environb", "getenv", "getenvb", "putenv"}:
                at.add(file.relative_to(ROOT).as_posix())
    assert at == {"tradeoffs/settings.py"}


def test_every_setting_is_listed_and_has_a_case_here():
    alone = {one for one in vars(settings).values() if isinstance(one, settings.Setting)}
    declared = alone | set(settings.LIMITS.values())
    assert declared == set(settings.SETTINGS) == OUT_OF_BOUNDS.keys() | FREE
    assert len({one.name for one in declared}) == len(declared)


def test_documents_that_list_settings_have_the_table_as_it_is():
    listing = [
        file
        for file in (ROOT / "README.md", *ROOT.glob("docs/**/*.md"))
        if "\n| `TRADEOFFS_" in file.read_text(encoding="utf-8")
    ]
    assert ROOT / "README.md" in listing
    for file in listing:
        assert settings.table() in file.read_text(encoding="utf-8"), file.name


@pytest.mark.parametrize(
    ("setting", "text"), [(one, text) for one, texts in OUT_OF_BOUNDS.items() for text in texts]
)
def test_a_value_out_of_bounds_is_refused_with_its_name_and_before_a_server_starts(
    monkeypatch, setting, text
):
    monkeypatch.setenv(setting.name, text)
    with pytest.raises(InvalidInput, match=rf"{setting.name}='.*' must be "):
        setting.read()
    with pytest.raises(InvalidInput, match=setting.name):
        app.run(port=8501, address="localhost", headless=True)


@pytest.mark.parametrize("one", settings.SETTINGS, ids=lambda one: one.name)
def test_an_empty_setting_is_one_that_is_not_set(monkeypatch, one):
    expected = one.read()
    monkeypatch.setenv(one.name, "  ")
    assert one.read() == expected == one.default()


def test_settings_reach_what_they_set(monkeypatch, tmp_path):
    path = tmp_path / "store.sqlite"
    for name, value in (("STORE", str(path)), ("STORE_MB", " 20 "), ("WORKERS", "7")):
        monkeypatch.setenv(f"TRADEOFFS_{name}", value)
    store = Store.here()
    assert (store.path, store._most_bytes) == (path, 20_000_000)
    assert Machine.here() == Machine(workers=7)


def test_a_profile_sets_limits_and_each_can_be_set_alone(monkeypatch):
    assert Limits.here() == Limits()
    monkeypatch.setenv("TRADEOFFS_PROFILE", "public")
    monkeypatch.setenv("TRADEOFFS_MOVES", "7")
    monkeypatch.setenv("TRADEOFFS_WIDTH", "0")
    found = Limits.here()
    assert (found.moves, found.width) == (7, 0)
    assert 0 < found.training < found.training_address
    assert all(getattr(found, name) for name in ("rows", "questions", "files", "sockets"))


def test_values_are_read_as_what_they_are(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert settings.STORE.read() == tmp_path / "tradeoffs" / "store.sqlite"
    monkeypatch.setenv("TRADEOFFS_UPLOADS", " OFF ")
    assert settings.UPLOADS.read() is False
    monkeypatch.setenv("TRADEOFFS_HOSTS", "app.example.org, *.example.org")
    assert settings.HOSTS.read() == ("app.example.org", "*.example.org")
    monkeypatch.setenv("TRADEOFFS_TABLES", " gss,adult,gss ")
    assert settings.TABLES.read() == ("gss", "adult")
    monkeypatch.delenv("TRADEOFFS_WORKERS", raising=False)
    assert 1 <= settings.WORKERS.read() <= 2
