"""A server that fails is counted and told."""

import asyncio
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager
from http import HTTPStatus

import pytest
from websockets.asyncio.server import serve

from loadtest.figures import Measured, figures, quantiles, report
from loadtest.run import LARGEST, Options, _abusers, _visitors, run
from loadtest.serving import NoServer
from loadtest.visitor import Visitor
from tradeoffs.cli import main
from tradeoffs.paths import PROJECT

SETTING = {"epsilon": 1.0, "max_gap": None}


@asynccontextmanager
async def explorer(handler, stream: HTTPStatus | None = None):
    """A server that is healthy, whatever its stream does."""

    def answer(connection, request):
        if request.path.endswith("/health"):
            return connection.respond(HTTPStatus.OK, "ok")
        return connection.respond(stream, "") if stream else None

    async with serve(handler, "127.0.0.1", 0, process_request=answer) as server:
        yield f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


def told(handler, stream: HTTPStatus | None = None) -> Counter[str]:
    errors: Counter[str] = Counter()

    async def visit() -> None:
        async with explorer(handler, stream) as url:
            visitor = Visitor(url, iter([SETTING]), lambda text: errors.update([text]))
            await asyncio.wait_for(visitor.warm(), 30)

    asyncio.run(visit())
    return errors


async def ends(socket) -> None:
    await socket.recv()
    await socket.close(1011)


async def garbles(socket) -> None:
    await socket.send(b"\xff\xff\xff")


async def waits(socket) -> None:
    await socket.wait_closed()


def test_a_session_that_is_dropped_is_told():
    assert told(ends) == {"connection closed by the server (1011)": 1}


def test_a_refused_connection_is_told():
    assert told(waits, HTTPStatus.FORBIDDEN) == {"connection refused (HTTP 403)": 1}


def test_messages_that_are_none_are_told():
    (text,) = told(garbles)
    assert text.startswith("a page that this test cannot follow (DecodeError")


def options(**changes) -> Options:
    usual = {"sessions": 2, "idle": 0, "minutes": 0.1, "mode": "cold", "every": 1.0, "url": None}
    return Options(**{**usual, "seed": 0, "json": False, **changes})


def test_where_no_explorer_answers_it_says_where():
    with pytest.raises(NoServer, match=r"no explorer answers at http://127\.0\.0\.1:9"):
        run(options(url="http://127.0.0.1:9"))


@pytest.mark.skipif(sys.platform == "win32", reason="sends an interrupt")
def test_an_interrupt_tells_what_was_measured():
    code = (
        "import asyncio\n"
        "from tests.loadtest.test_faults import explorer, waits\n"
        "async def visited(socket):\n"
        "    print('visited', flush=True)\n"
        "    await waits(socket)\n"
        "async def main():\n"
        "    async with explorer(visited) as url:\n"
        "        print(url, flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        url = server.stdout.readline().strip()
        command = [sys.executable, "-m", "tradeoffs.cli", "loadtest", "--mode", "cold", "--url"]
        with subprocess.Popen([*command, url], cwd=PROJECT, stdout=subprocess.PIPE) as test:
            assert server.stdout.readline() == "visited\n"
            test.send_signal(signal.SIGINT)
            shown = test.communicate(timeout=60)[0].decode()
        server.kill()
    assert "pages: 0 of 10 showed a chart" in shown
    assert "moves: 0, answered 0" in shown
    assert test.returncode == 1


@pytest.mark.parametrize(
    "url",
    ["http://example.org:8501", "https://localhost:8501", "http://me@localhost:1", "localhost:8501"]
    + ["http://localhost.example.org", "http://10.0.0.1", "http://localhost:x", "http://[::1", ""],
)
def test_other_machines_are_not_loaded(url, capsys):
    assert main(["loadtest", "--url", url]) == 2
    assert "must be http:// and one of localhost, 127.0.0.1, ::1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [("sessions", "0"), ("sessions", "1001"), ("minutes", "0"), ("minutes", "nan")]
    + [("idle", "-1"), ("idle", "10"), ("every", "0.1"), ("every", "inf"), ("seed", "-1")],
)
def test_bounds_are_told(name, value, capsys):
    assert main(["loadtest", f"--{name}={value}"]) == 2
    assert f"{name}=" in (said := capsys.readouterr().err) and "must be " in said


def test_of_a_mixed_load_every_second_visitor_goes_where_nothing_is_stored():
    found = Measured(sessions=4, mode="mixed", every=6.0)
    asked = options(sessions=4, mode="mixed")
    plans = [next(one._plan) for one in _visitors(asked, "", found, random.Random(0))]
    assert ["seed" in setting for setting in plans] == [False, True, False, True]


def test_idle_visitors_come_first_and_go_nowhere():
    found = Measured(sessions=5, idle=3, mode="cold", every=6.0)
    asked = options(sessions=5, idle=3)
    plans = [next(one._plan, None) for one in _visitors(asked, "", found, random.Random(0))]
    assert [plan is None for plan in plans] == [True] * 3 + [False] * 2
    assert "5 sessions (3 idle), cold" in report(figures(found))


def test_abusive_visitors_come_beside_the_others_and_go_where_nothing_is_stored():
    found = Measured(sessions=2, abusers=2, mode="cold", every=6.0)
    asked = options(abusers=2)
    (one, other) = _abusers(asked, "", found)
    seeds = {next(visitor._plan)["seed"] for visitor in (one, other) for _ in range(5)}
    usual = {next(v._plan)["seed"] for v in _visitors(asked, "", found, random.Random(0))}
    assert len(seeds) == 10
    assert not seeds & usual
    assert {f"{name}={value}" for name, value in LARGEST.items()} <= {*one._tab._query.split("&")}
    assert "2 sessions beside 2 abusive, cold" in report(figures(found))


def test_quantiles_are_of_what_there_is():
    known = [second / 100 for second in range(1, 101)]
    assert quantiles([None, *known]) == {"p50": 500, "p95": 950, "max": 1000, "count": 100}
    assert quantiles([None]) == {"p50": None, "p95": None, "max": None, "count": 0}


def test_what_was_not_measured_is_not_called_0():
    found = figures(Measured(sessions=3, mode="cold", every=6.0))
    assert found["bytes_a_move"] is found["cpu_ms_a_move"] is found["rss_mb"] is None
    assert "page process: not measured" in report(found)
