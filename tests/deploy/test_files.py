"""The files that start the explorer elsewhere agree with each other and with the project."""

import re
import tomllib

import pytest

from tradeoffs import settings
from tradeoffs.paths import PROJECT

DEPLOY = PROJECT / "deploy"
PAGE = PROJECT / "docs" / "operate.md"
FILES = {
    str(file.relative_to(PROJECT)): file.read_text(encoding="utf-8")
    for file in (*DEPLOY.rglob("*"), PAGE)
    if file.is_file() and file.suffix not in (".pem", ".pyc", ".txt")
}
ENVIRONMENT = dict(
    line.split("=", 1)
    for line in FILES["deploy/environment"].splitlines()
    if line and not line.startswith("#")
)


@pytest.mark.parametrize("name", FILES)
def test_every_variable_is_a_setting(name):
    named = set(re.findall(r"TRADEOFFS_[A-Z_]+", FILES[name]))
    assert named <= {one.name for one in settings.SETTINGS}


def test_the_settings_of_the_demo_are_within_their_bounds(monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for one in settings.SETTINGS:
        one.read()


def test_the_path_is_the_same_everywhere():
    path = f"/{ENVIRONMENT['STREAMLIT_SERVER_BASE_URL_PATH']}/"
    assert f"location {path} {{" in FILES["deploy/nginx/tradeoffs.conf"]
    assert f"http://localhost:8501{path}ready" in FILES["deploy/compose.yaml"]


def test_the_image_is_built_of_all_that_the_package_holds():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = {*wheel["only-include"], *wheel["force-include"], project["project"]["readme"]}
    wanted |= {"LICENSE", "pyproject.toml", "deploy/install"}
    wanted |= set(re.findall(r"-r (deploy/\S+)", FILES["deploy/install"]))
    lines = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert wanted <= {line.removeprefix("!") for line in lines if line.startswith("!")}


def test_the_page_names_files_that_are_there():
    named = set(re.findall(r"deploy/[\w.@/-]+", FILES["docs/operate.md"]))
    made = {"deploy/nginx/explorer.conf", "deploy/nginx/tls"}
    assert len(named) > 5
    for one in named:
        given = one.rstrip("./")
        assert (PROJECT / given).exists() or given.startswith(tuple(made)), given


def test_no_scheduler_serves_pages_to_other_machines():
    lines = [line for text in FILES.values() for line in text.splitlines()]
    begun = [line for line in lines if re.search(r"dask,? scheduler\b.*--", line)]
    assert len(begun) == 3
    assert all(re.search(r'--dashboard-address,? "?127\.0\.0\.1:0', line) for line in begun)
