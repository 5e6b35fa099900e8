"""Commands start the servers that phones reach, and refuse what could not work."""

import pytest

from tradeoffs import settings
from tradeoffs.cli import main
from tradeoffs.commands import app, rooms
from tradeoffs.rooms import addresses


@pytest.fixture
def started(monkeypatch, tmp_path):
    """The command lines and environments of processes that would be started."""
    found: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(app.os, "execve", lambda _, command, env: found.append((command, env)))
    monkeypatch.setattr(rooms.os, "execv", lambda _, command: found.append((command, {})))
    monkeypatch.setattr(rooms.os, "chdir", lambda _: None)
    monkeypatch.setattr(addresses, "local_addresses", lambda: ("10.0.0.3",))
    for one in (settings.ROOMS, settings.REACH, settings.HOSTS, settings.PROFILE):
        monkeypatch.delenv(one.name, raising=False)
    return found


def names(command: list[str]) -> set[str]:
    return {b for a, b in zip(command, command[1:], strict=False) if a == "--server.allowedHosts"}


def test_a_room_listens_everywhere_and_opens_rooms_alone(started, capsys):
    main(["app", "--room", "--headless", "--port", "8099"])
    ((command, environment),) = started
    assert command[command.index("--server.address") + 1] == "0.0.0.0"
    assert {"localhost", "127.0.0.1", "10.0.0.3"} <= names(command)
    assert command[-2:] == ["--browser.serverAddress", "localhost"]  # nobody else is asked
    assert environment[settings.REACH.name] == "rooms"
    assert "http://10.0.0.3:8099/r/" in capsys.readouterr().out


def test_the_explorer_is_open_to_others_only_when_asked(started):
    main(["app", "--room", "--open", "--headless"])
    assert started[0][1][settings.REACH.name] == "all"


def test_without_a_room_nothing_is_new(started, capsys):
    main(["app", "--headless"])
    ((command, environment),) = started
    assert command[command.index("--server.address") + 1] == "localhost"
    assert names(command) == {"localhost", "127.0.0.1", "::1"}
    assert settings.REACH.name not in environment and capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "place", "told"),
    [
        (["app", "--open"], "memory", "--open goes with --room"),
        (["app", "--room"], "off", "there are no rooms on this server"),
        (["rooms"], "memory", "must be the file"),
        (["rooms"], "off", "must be the file"),
        (["rooms", "--port", "0"], "memory", "port=0"),
    ],
)
def test_what_could_not_work_is_refused(started, capsys, monkeypatch, arguments, place, told):
    monkeypatch.setenv(settings.ROOMS.name, place)
    assert main(arguments) == 2
    assert told in capsys.readouterr().err and started == []


def test_rooms_alone_answer_to_the_names_of_visitors(started, monkeypatch, tmp_path):
    monkeypatch.setenv(settings.ROOMS.name, str(tmp_path / "rooms.sqlite"))
    monkeypatch.setenv(settings.HOSTS.name, "class.example.org")
    main(["rooms", "--port", "8098", "--base", "tools"])
    ((command, _),) = started
    assert command[-7:] == [
        *("8098", "localhost", "tools"),
        *("localhost", "127.0.0.1", "::1", "class.example.org"),
    ]
