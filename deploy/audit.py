"""Audit: known vulnerabilities of the locked packages, as the service of pip-audit tells them.

`python -m deploy.audit` ends with 0 where none is known, with 1 where one is, and with 3 where no
answer came for a package: its service cannot be reached, or does not know the package.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.lock import FOLDER

NONE_KNOWN, VULNERABLE, NOT_AUDITED = 0, 1, 3
# What pip-audit's last lines hold when its service does not answer; its exit code is 1 then, too.
NO_ANSWER = re.compile(r"requests\.exceptions\.\w+|ServiceError|ConnectionError|vulnerability feed")


@dataclass(frozen=True, slots=True)
class Audit:
    """What is known of the locked packages.

    Attributes:
        clean: packages without known vulnerability, as name==version.
        vulnerable: package -> a line for each vulnerability, with the versions that mend it.
        missing: package, or "every package" -> why there is no answer.
    """

    clean: tuple[str, ...]
    vulnerable: dict[str, tuple[str, ...]]
    missing: dict[str, str]

    @property
    def code(self) -> int:
        """The exit code: a vulnerability counts before an answer that is missing."""
        return VULNERABLE if self.vulnerable else NOT_AUDITED if self.missing else NONE_KNOWN

    def text(self) -> str:
        """Return it in lines, the worst first."""
        lines = [
            f"VULNERABLE: {one}: {flaw}" for one, all in self.vulnerable.items() for flaw in all
        ]
        lines += [f"NOT AUDITED: {one}: {why}" for one, why in self.missing.items()]
        return "\n".join([*lines, f"no known vulnerability: {len(self.clean)} packages"])


def audit(lock: Path, *options: str) -> Audit:
    """Ask about every package of a lock that applies to this machine.

    Args:
        lock: a file of exact versions.
        options: of pip-audit, such as `--osv-url`.

    Raises:
        RuntimeError: pip-audit failed for another reason than its service.
    """
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "-f", "json"]
    asked = [*command, "--progress-spinner", "off", "-r", str(lock), *options]
    done = subprocess.run(asked, capture_output=True, text=True)
    if done.stdout.startswith("{"):
        return read(json.loads(done.stdout))
    if NO_ANSWER.search(done.stderr):
        return Audit((), {}, {"every package": done.stderr.strip().splitlines()[-1]})
    raise RuntimeError(f"pip-audit ended with {done.returncode}: {done.stderr}")


def read(answer: dict[str, Any]) -> Audit:
    """Return what an answer of pip-audit in JSON says."""
    known = answer["dependencies"]
    asked = {f"{one['name']}=={one['version']}": one["vulns"] for one in known if "vulns" in one}
    return Audit(
        clean=tuple(name for name, flaws in asked.items() if not flaws),
        vulnerable={name: tuple(map(flaw, all)) for name, all in asked.items() if all},
        missing={one["name"]: one["skip_reason"] for one in known if "skip_reason" in one},
    )


def flaw(one: dict[str, Any]) -> str:
    """Return a vulnerability in a line."""
    mended = ", ".join(one["fix_versions"]) or "no release"
    return f"{one['id']}, mended in {mended}: {one.get('description', '')[:200]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is known of the locked packages, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.audit", description="Look for known vulnerabilities."
    )
    parser.add_argument("--lock", type=Path, default=FOLDER / "constraints.txt", metavar="FILE")
    parser.add_argument("--osv-url", metavar="URL", help="of another service that speaks OSV's API")
    asked = parser.parse_args(arguments)
    service = ("--vulnerability-service", "osv", "--timeout", "30")
    found = audit(asked.lock, *service, *(("--osv-url", asked.osv_url) if asked.osv_url else ()))
    sys.stdout.write(f"{found.text()}\n")
    return found.code


if __name__ == "__main__":
    sys.exit(main())
