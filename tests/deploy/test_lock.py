"""The lock fits what is required, holds exact versions and hashes, and names no host."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from deploy.lock import FOLDER, IMAGE_EXTRAS, IMAGE_PYTHON, requirements

# Numbers to the last bit (torch), the inside of a package (streamlit), releases 0.x or young.
EXACT = {"fairlearn", "moocore", "opacus", "prometheus-client", "streamlit", "torch"}
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
IMAGE = {"sys_platform": "linux", "platform_machine": "x86_64", "platform_system": "Linux"}


def lines(name: str) -> list[str]:
    """Return the requirements of a file, hashes included, one a line."""
    text = (FOLDER / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def locked(name: str) -> dict[str, Version]:
    """Return the version of every package of a file that applies to the image."""
    found = [Requirement(HASH.sub("", line)) for line in lines(name)]
    at = {**IMAGE, "python_version": IMAGE_PYTHON, "python_full_version": f"{IMAGE_PYTHON}.9"}
    return {
        canonicalize_name(one.name): Version(str(one.specifier).removeprefix("=="))
        for one in found
        if one.marker is None or one.marker.evaluate(at)
    }


def release(version: Version) -> str:
    """Return a version without the label of a build, such as torch's +cpu."""
    return version.public


@pytest.mark.parametrize("group", [name for name in requirements() if name != "build"])
def test_what_is_required_is_locked_to_a_version_that_fits(group):
    known = locked("constraints.txt")
    for one in requirements()[group]:
        version = known[canonicalize_name(one.name)]
        assert one.specifier.contains(version), f"{one}: run python -m deploy.lock"


def test_the_image_holds_what_is_tested():
    known, image = locked("constraints.txt"), locked("requirements.txt")
    assert {name: release(v) for name, v in image.items()} == {n: str(known[n]) for n in image}
    wanted = [one for group in ("", *IMAGE_EXTRAS) for one in requirements()[group]]
    assert {canonicalize_name(one.name) for one in wanted} <= image.keys()
    assert image["torch"].local == "cpu"
    assert not [name for name in image if name.startswith(("nvidia", "cuda", "triton", "pytest"))]


def test_what_builds_the_wheel_is_locked():
    known = locked("build.txt")
    for one in requirements()["build"]:
        assert one.specifier.contains(known[one.name])


@pytest.mark.parametrize("name", ["requirements.txt", "build.txt"])
def test_every_package_of_the_image_has_hashes(name):
    assert lines(name)
    assert [line for line in lines(name) if not HASH.search(line)] == []


@pytest.mark.parametrize("name", ["constraints.txt", "requirements.txt", "build.txt"])
def test_a_lock_names_exact_versions_and_no_host(name):
    for line in lines(name):
        assert re.match(r"[\w.-]+==[\w.+]+( |$)", line), line
        assert "://" not in line and "--index" not in line and "@" not in line


def test_people_get_ranges_up_to_the_next_major_release():
    for one in requirements()[""]:
        found = {part.operator: Version(part.version) for part in one.specifier}
        if canonicalize_name(one.name) in EXACT:
            assert found.keys() == {"=="}, one
        else:
            assert found.keys() == {">=", "<"}, one
            assert found["<"] == Version(str(found[">="].major + 1)), one
