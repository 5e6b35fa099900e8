"""Scheduler: workers on other machines, reached through a scheduler of Dask.

A scheduler or worker that is lost and comes back costs time and no result: what was under way is
sent again.  Tasks are functions of their arguments, and each answer is taken once.
"""

import importlib
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from tradeoffs import settings
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.parcel import Parcel, carry_out, compare, pack, unpack, versions
from tradeoffs.messages.wording import cut

CONNECT_SECONDS = 10.0
LOST_SECONDS = 60.0  # without an answer, or any worker, until a scheduler is given up
LOOK_SECONDS = 2.0  # between two looks at whether it is there
CERTIFICATES = {
    "tls_ca_file": settings.TLS_CA,
    "tls_client_cert": settings.TLS_CERT,
    "tls_client_key": settings.TLS_KEY,
    "tls_worker_cert": settings.TLS_CERT,
    "tls_worker_key": settings.TLS_KEY,
}


def load_distributed(address: str) -> Any:
    """Return the package distributed; InvalidInput if it is not installed."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise InvalidInput("no_distributed", address=address) from None


def security(address: str) -> Any:
    """Return the certificates for an address that begins with tls://, as `settings` names them.

    Raises:
        InvalidInput: one of the three is not set.
    """
    if urlsplit(address).scheme != "tls":
        return None
    files = {option: setting.read() for option, setting in CERTIFICATES.items()}
    for option, file in files.items():
        if file is None:
            raise InvalidInput("no_certificate", field=CERTIFICATES[option].name, address=address)
    return load_distributed(address).Security(
        require_encryption=True, **{k: str(v) for k, v in files.items()}
    )


def connect(address: str) -> Any:
    """Return a client of the scheduler at an address, such as tcp://host:8786.

    Raises:
        InvalidInput: the package distributed, which this one does not need, is not installed; a
            certificate is not set; no scheduler answers within CONNECT_SECONDS; or a worker there
            has other versions of what numbers depend on.
    """
    distributed = load_distributed(address)
    try:
        place = urlsplit(address)
        # First by itself: a client that cannot connect lingers, and complains when it is dropped.
        socket.create_connection((place.hostname or "", place.port or 0), CONNECT_SECONDS).close()
        client = distributed.Client(
            address, timeout=CONNECT_SECONDS, set_as_default=False, security=security(address)
        )
    except InvalidInput:
        raise
    except (OSError, ValueError) as error:
        raise unreachable(address, error) from None
    try:
        compare_workers(client)
    except BaseException:
        client.close(timeout=LOOK_SECONDS)
        raise
    return client


def unreachable(address: str, error: Exception) -> InvalidInput:
    """Return the error that says why a scheduler cannot be used."""
    told = cut(" ".join(str(error).split()) or type(error).__name__, 100)
    return InvalidInput("no_scheduler", field=settings.EXECUTOR.name, value=address, reason=told)


def compare_workers(client: Any) -> None:
    """Compare the versions of all workers that are there; those who come later see each parcel's.

    A worker that is lost at this moment is no fault.
    """
    for there in client.run(versions, on_error="return").values():
        if isinstance(there, ImportError):
            raise InvalidInput("no_package_there", reason=cut(str(there), 100))
        if isinstance(there, dict):
            compare(versions(), there)


class Scheduler(Executor):
    """The workers of a scheduler; broken once it, or its last worker, was lost for a while.

    Args:
        connect: returns a connected client, of the package distributed; asked again when the
            connection was lost for good.
        patience: seconds without an answer or a worker until the tasks are given up.
        look: seconds between two looks.
    """

    def __init__(
        self,
        connect: Callable[[], Any],
        *,
        patience: float = LOST_SECONDS,
        look: float = LOOK_SECONDS,
    ) -> None:
        """Connect, and begin to watch the scheduler."""
        self._connect, self._patience, self._look = connect, patience, look
        self._client = connect()
        self._executor = self._client.get_executor(pure=False)
        self._sent: dict[Future[Any], Parcel] = {}  # without an answer yet
        self._adrift: dict[Future[Any], None] = {}  # of these, what no scheduler has
        self._lock = threading.Lock()
        self._lost = False
        self._name = self._answering()
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Run the task on a worker; BrokenExecutor if the scheduler is lost."""
        answer: Future[Any] = Future()
        parcel = pack(partial(fn, **kwargs) if kwargs else fn, *args)
        with self._lock:
            if self._lost:
                raise BrokenExecutor("the scheduler is lost")
            self._sent[answer] = parcel
        self._send(answer, parcel)
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; what is under way is given up, as with `Workers`."""
        del wait, cancel_futures
        self._closed.set()
        self._give_up()
        self._client.close(timeout=self._look)

    def _send(self, answer: "Future[Any]", parcel: Parcel) -> None:
        try:
            found = self._executor.submit(carry_out, parcel)
        except Exception:  # whatever the package makes of a connection that is closed
            self._drift(answer)
            return
        answer.add_done_callback(partial(self._cancel, found))
        found.add_done_callback(partial(self._arrive, answer))

    def _drift(self, answer: "Future[Any]") -> None:
        with self._lock:
            if answer in self._sent:
                self._adrift[answer] = None

    def _cancel(self, found: "Future[Any]", answer: "Future[Any]") -> None:
        """Cancel on the scheduler what the caller cancelled."""
        if answer.cancelled():
            self._take(answer)
            found.cancel()

    def _take(self, answer: "Future[Any]") -> bool:
        """Return whether the answer is still waited for, which it no longer is after this."""
        with self._lock:
            self._adrift.pop(answer, None)
            return self._sent.pop(answer, None) is not None

    def _arrive(self, answer: "Future[Any]", found: "Future[Any]") -> None:
        if found.cancelled():  # by the connection's end: no caller waits for what they cancelled
            self._drift(answer)
            return
        if not (self._take(answer) and answer.set_running_or_notify_cancel()):
            return  # given up, cancelled, or here from another attempt
        try:
            if error := found.exception():  # of the network or of workers: the task's own is packed
                raise BrokenExecutor(f"{type(error).__name__}: {error}") from error
            answer.set_result(unpack(found.result()))
        except BaseException as error:
            answer.set_exception(error)

    def _watch(self) -> None:
        seen = time.monotonic()
        while not self._closed.wait(self._look):
            if name := self._answering():
                seen = time.monotonic()
                self._see(name)
                self._resend()
            elif time.monotonic() - seen >= self._patience:
                self._give_up()
                return
            elif self._client.status == "closed":
                self._reconnect()

    def _answering(self) -> str:
        """Return the name of the scheduler; empty if none answers, or it has no worker."""
        try:
            told = self._client.sync(self._client.scheduler.identity, callback_timeout=self._look)
        except Exception:  # whatever the network or the package made of it
            return ""
        return str(told["id"]) if told.get("workers") else ""

    def _see(self, name: str) -> None:
        """Have all sent again that another scheduler than before cannot know of.

        The package tells of most that it lost, but not of what it was about to fetch.
        """
        if self._name and name != self._name:
            with self._lock:
                self._adrift |= dict.fromkeys(self._sent)
        self._name = name

    def _resend(self) -> None:
        with self._lock:
            again = {answer: self._sent[answer] for answer in self._adrift}
            self._adrift.clear()
        for answer, parcel in again.items():
            self._send(answer, parcel)

    def _reconnect(self) -> None:
        """Connect anew; what the old connection still owed is sent over the new one."""
        with suppress(InvalidInput):
            client = self._connect()
            if self._closed.is_set():
                client.close(timeout=self._look)
                return
            self._client, self._executor = client, client.get_executor(pure=False)
            with self._lock:
                self._adrift |= dict.fromkeys(self._sent)

    def _give_up(self) -> None:
        with self._lock:
            self._lost = True
            given, self._sent = self._sent, {}
            self._adrift.clear()
        for answer in given:
            if answer.set_running_or_notify_cancel():
                answer.set_exception(BrokenExecutor("the scheduler is lost"))
