"""Nginx with the configuration of `deploy/nginx`, on ports of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tradeoffs.paths import PROJECT

CONFIGURATION = PROJECT / "deploy" / "nginx"
START_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Proxy:
    """A running nginx.

    Attributes:
        port: behind which it speaks TLS.
        plain: port of HTTP.
        folder: of its configuration, its log and all that it writes.
    """

    port: int
    plain: int
    folder: Path

    @property
    def url(self) -> str:
        """Where the explorer is."""
        return f"https://127.0.0.1:{self.port}/explorer"

    @property
    def log(self) -> str:
        """What it has logged."""
        return (self.folder / "log.txt").read_text()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def proxying(folder: Path, upstreams: Sequence[int], variant: str) -> Iterator[Proxy]:
    """Run nginx in front of servers at these ports of loopback.

    It cannot write a request or an answer to a file: the folders for that are taken away.

    Args:
        folder: that does not exist yet.
        upstreams: ports, as many as the variant has.
        variant: "one" or "several", a file of the configuration.
    """
    program = _program("nginx")
    proxy = Proxy(port=free_port(), plain=free_port(), folder=folder)
    shutil.copytree(CONFIGURATION, folder)
    shutil.copy(folder / f"{variant}.conf", folder / "explorer.conf")
    changes = {"8443": str(proxy.port), "8080": str(proxy.plain)}
    changes |= {f"850{number}": str(port) for number, port in enumerate(upstreams, 1)}
    changes |= {"/tmp/tradeoffs-nginx": f"{folder}/run", "/dev/stdout": f"{folder}/log.txt"}
    for file in folder.glob("*.conf"):
        text = file.read_text()
        for before, after in changes.items():
            text = text.replace(before, after)
        file.write_text(f"daemon off;\n{text}" if file.name == "nginx.conf" else text)
    certify(folder / "tls")
    configured = [program, "-e", f"{folder}/errors.txt", "-c", f"{folder}/nginx.conf"]
    with (
        (folder / "stderr.txt").open("wb") as told,
        subprocess.Popen(configured, stderr=told) as process,
    ):
        try:
            _wait(proxy, process)
            for one in folder.glob("run-*"):
                if one.is_dir():
                    shutil.rmtree(one)
            yield proxy
        finally:
            process.terminate()


def certify(folder: Path) -> None:
    """Make a key, and a certificate that it signs itself."""
    folder.mkdir()
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(
        [_program("openssl"), "req", "-x509", "-days", "2", *key, *files, *subject],
        check=True,
        capture_output=True,
    )


def _program(name: str) -> str:
    """Return the path of a program; without it the test is skipped, but fails where CI is set."""
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no {name} on this machine")
    return path


def _wait(proxy: Proxy, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", proxy.port), 1.0).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    told = (proxy.folder / "stderr.txt").read_text(errors="replace")
    raise RuntimeError(f"nginx did not start: {told}")
