"""Lock: the exact versions that are tested, and those of the image with their hashes.

`python -m deploy.lock` writes, beside this file and without changing a version that still fits:

- `constraints.txt`: every package of every extra, on any system, for `pip install -c`.
- `requirements.txt`: what the image holds, with hashes: Linux on x86-64, torch's CPU build.
- `build.txt`: what builds the wheel, with hashes.
"""

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

FOLDER = Path(__file__).parent
PROJECT = FOLDER.parent / "pyproject.toml"
IMAGE_PYTHON = "3.11"
IMAGE_EXTRAS: tuple[str, ...] = ("dask", "postgres")
IMAGE = ("--python-version", IMAGE_PYTHON, "--python-platform", "x86_64-manylinux_2_28")
HASHED = ("--generate-hashes", *IMAGE)


def requirements() -> dict[str, list[Requirement]]:
    """Return what pyproject.toml requires: of the package by "", of its extras, of its "build"."""
    known = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    project = known["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    groups["build"] = known["build-system"]["requires"]
    return {name: [Requirement(one) for one in group] for name, group in groups.items()}


def torch_requirement() -> str:
    """Return the requirement of torch's CPU build, which only PyTorch's own index has."""
    (found,) = (one for one in requirements()[""] if one.name == "torch")
    return f"{found}+cpu"


def compile_lock(name: str, source: str, *options: str, stdin: str = "") -> None:
    """Write one file with uv.

    Args:
        name: the file, in FOLDER.
        source: a file of requirements, or "-" for `stdin`.
        options: of `uv pip compile`.
        stdin: what uv reads instead of files named "-".

    Raises:
        CalledProcessError: uv found no versions that fit together, or no registry.
    """
    from uv import find_uv_bin

    command = [find_uv_bin(), "pip", "compile", "-q", source, "-o", str(FOLDER / name)]
    subprocess.run(
        [*command, "--no-annotate", "--no-header", "--no-emit-find-links", *options],
        input=stdin,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main(arguments: list[str] | None = None) -> None:
    """Write the three files."""
    parser = argparse.ArgumentParser(prog="python -m deploy.lock", description="Lock versions.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    parser.add_argument(
        "--torch", metavar="FOLDER", help="with the wheel of torch's CPU build; default: its index"
    )
    asked = parser.parse_args(arguments)
    upgrade = ("--upgrade",) if asked.upgrade else ()
    torch = ("--find-links", asked.torch) if asked.torch else ("--torch-backend", "cpu")
    everywhere = ("--all-extras", "--universal", "--fork-strategy", "fewest")
    compile_lock(
        "constraints.txt", str(PROJECT), *everywhere, "--python-version", IMAGE_PYTHON, *upgrade
    )
    locked = ("-c", str(FOLDER / "constraints.txt"))
    extras = (part for one in IMAGE_EXTRAS for part in ("--extra", one))
    image = (*HASHED, *locked, *extras, "--override", "-", *torch)
    compile_lock("requirements.txt", str(PROJECT), *image, *upgrade, stdin=torch_requirement())
    build = "\n".join(str(one) for one in requirements()["build"])
    compile_lock("build.txt", "-", *HASHED, *upgrade, stdin=build)


if __name__ == "__main__":
    sys.exit(main())
