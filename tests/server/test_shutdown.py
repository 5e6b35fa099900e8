"""What is open is closed before the process ends, and nothing holds its end up."""

import asyncio
import logging
import signal
import threading

import pytest
import uvicorn

from server.shutdown import DRAIN_SECONDS, bound_drain, closed


@pytest.fixture
def handled():
    """Lets a server handle the signal for as long as a test takes."""
    before = signal.getsignal(signal.SIGTERM)
    yield lambda server: signal.signal(signal.SIGTERM, server.handle_exit)
    signal.signal(signal.SIGTERM, before)


async def nothing(scope, receive, send):
    return None


@pytest.mark.parametrize(("given", "bound"), [(None, DRAIN_SECONDS), (20, 20)])
def test_a_slow_request_is_given_up_unless_the_operator_says_when(handled, given, bound):
    server = uvicorn.Server(
        uvicorn.Config(nothing, timeout_graceful_shutdown=given, log_config=None)
    )
    handled(server)
    bound_drain()
    assert server.config.timeout_graceful_shutdown == bound


def test_another_server_is_left_alone():
    before = signal.getsignal(signal.SIGTERM)
    bound_drain()
    assert signal.getsignal(signal.SIGTERM) is before


def test_closing_is_waited_for_and_told(caplog):
    caplog.set_level(logging.INFO, "server.shutdown")
    done = []
    assert asyncio.run(closed(lambda: done.append(1)))
    assert done == [1] and "the store closed" in caplog.text


def test_closing_that_hangs_does_not_hold_up_the_end(caplog):
    free = threading.Lock()
    with free:
        assert not asyncio.run(closed(lambda: free.acquire() and free.release(), seconds=0.01))
    assert "was not closed" in caplog.text
