"""An audit tells vulnerable packages from a service that does not answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from deploy.audit import NONE_KNOWN, NOT_AUDITED, VULNERABLE, audit, main, read

FLAW = {
    "id": "GHSA-xxxx-yyyy-zzzz",
    "schema_version": "1.6.0",
    "summary": "Reads what it should not.",
    "affected": [
        {
            "package": {"name": "tqdm", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
        }
    ],
}


@contextmanager
def service(flaws: dict[str, list], status: int = 200) -> Iterator[str]:
    """Answer as OSV does, on loopback; yield the address."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = flaws.get(query["package"]["name"], [])
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()
        thread.join()


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "lock.txt"
    path.write_text("tqdm==4.70.1\ntorch==2.13.0\n")
    return path


def test_every_package_of_the_lock_is_asked_about(capsys):
    with service({}) as url:
        assert main(["--osv-url", url]) == NONE_KNOWN
    assert int(capsys.readouterr().out.split()[-2]) > 100


def test_a_vulnerable_package_is_an_alarm_with_its_remedy(capsys, lock):
    with service({"tqdm": [FLAW]}) as url:
        assert main(["--lock", str(lock), "--osv-url", url]) == VULNERABLE
    out = capsys.readouterr().out
    assert "VULNERABLE: tqdm==4.70.1: GHSA-xxxx-yyyy-zzzz, mended in 9.9" in out
    assert "no known vulnerability: 1 packages" in out


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_service_that_fails_is_not_a_clean_bill(capsys, lock, status):
    with service({}, status) as url:
        assert main(["--lock", str(lock), "--osv-url", url]) == NOT_AUDITED
    assert "NOT AUDITED: every package" in capsys.readouterr().out


def test_a_service_that_cannot_be_reached_is_not_a_clean_bill(capsys, lock):
    with service({}) as url:
        pass
    assert main(["--lock", str(lock), "--osv-url", url]) == NOT_AUDITED
    assert "NOT AUDITED: every package" in capsys.readouterr().out


def test_a_package_that_the_service_does_not_know_is_named_and_never_hides_a_vulnerable_one():
    unknown = {"name": "a", "skip_reason": "not found"}
    clean = {"name": "b", "version": "1", "vulns": []}
    bad = {"name": "c", "version": "2", "vulns": [{"id": "A", "fix_versions": []}]}
    found = read({"dependencies": [unknown, clean]})
    assert found.code == NOT_AUDITED
    assert (found.clean, found.missing) == (("b==1",), {"a": "not found"})
    found = read({"dependencies": [unknown, clean, bad]})
    assert found.code == VULNERABLE
    assert found.text().startswith("VULNERABLE: c==2: A, mended in no release")


def test_another_failure_is_neither(tmp_path):
    with pytest.raises(RuntimeError, match="pip-audit ended with"):
        audit(tmp_path / "nowhere.txt")
