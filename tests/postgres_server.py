"""A private PostgreSQL server for tests: in a folder of its own, run by a user that is not root."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tradeoffs.settings import DatabaseUrl

PATIENCE = 60.0  # seconds until the server has failed to start
NOBODY = 65534


def program(name: str) -> str | None:
    """Return the path of one of PostgreSQL's programs, None without it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(debian[-1]) if debian else shutil.which(name)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class PostgresServer:
    """Begins when made; `kill` and `start` it at will, and `close` it at the end."""

    def __init__(self) -> None:
        self.password = f"it's/{secrets.token_hex(8)}@"
        self._folder = Path(tempfile.mkdtemp(prefix="postgres"))
        self._port, self._process = free_port(), None
        self._as: dict[str, Any] = {"user": NOBODY} if os.geteuid() == 0 else {}
        words = self._folder / "password"
        words.write_text(self.password)
        if self._as:
            for one in (self._folder, words):
                os.chown(one, NOBODY, -1)
        self._run("initdb", "--no-sync", "-U", "tester", "-A", "scram-sha-256", f"--pwfile={words}")
        self.start()

    @property
    def url(self) -> DatabaseUrl:
        return DatabaseUrl(
            f"postgresql://tester:{self.password.replace('/', '%2F').replace('@', '%40')}"
            f"@127.0.0.1:{self._port}/postgres"
        )

    def _command(self, name: str, *arguments: str) -> dict[str, Any]:
        command = [str(program(name)), "-D", str(self._folder / "data"), *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return {"args": command, "cwd": self._folder, **quiet, **self._as}

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(**self._command(name, *arguments), check=True)

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {
            "port": self._port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
        }
        stated = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(**self._command("postgres", *stated))
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return psycopg.connect(self.url.text, connect_timeout=5).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None and time.monotonic() < end
                time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, with all connections, as a crash would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE)
            self._process = None

    def execute(self, statement: str, *values: Any) -> Any:
        """Do something behind the store's back; return the first cell, if any."""
        options = "-c search_path=tradeoffs"
        with psycopg.connect(self.url.text, options=options, autocommit=True) as connection:
            cursor = connection.execute(statement, values)  # pyright: ignore[reportArgumentType]
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._folder)
