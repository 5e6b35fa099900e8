"""The files that start the explorer elsewhere agree with each other and with the project."""

import re
import shutil
import subprocess
import tomllib

import pytest
import yaml

from tradeoffs import cli, settings
from tradeoffs.paths import PROJECT

DEPLOY = PROJECT / "deploy"
COMPOSE = ("compose", "compose.workers")
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


def test_compose_files_hold_together():
    compose, more = (yaml.safe_load(FILES[f"deploy/{name}.yaml"]) for name in COMPOSE)
    services = more["services"] | compose["services"]
    for name, one in services.items():
        assert set(one.get("depends_on", {})) <= services.keys(), name
        assert set(one.get("networks", ())) <= compose["networks"].keys(), name
        for place in one.get("volumes", ()):
            source = place.partition(":")[0]
            there = source in compose["volumes"] or (DEPLOY / source).exists()
            assert there or source == "./nginx/tls", place  # made by hand, as the page says
    assert not services["explorer"].keys() & {"ports"}  # nginx alone is reached from outside
    assert compose["networks"]["inside"]["internal"]


def test_settings_in_compose_files_are_within_their_bounds():
    known = {one.name: one for one in settings.SETTINGS}
    stated = [
        (name, value)
        for file in COMPOSE
        for one in yaml.safe_load(FILES[f"deploy/{file}.yaml"])["services"].values()
        for name, value in one.get("environment", {}).items()
    ]
    assert {name for name, _ in stated} == {
        "TRADEOFFS_PROXIES",
        "TRADEOFFS_EXECUTOR",
        "TRADEOFFS_WORKERS",
    }
    for name, value in stated:
        known[name].of(value)
    inside = yaml.safe_load(FILES["deploy/compose.yaml"])["networks"]["inside"]
    assert dict(stated)["TRADEOFFS_PROXIES"] == inside["ipam"]["config"][0]["subnet"]


def test_nginx_in_a_container_is_configured_as_without():
    upstream = yaml.safe_load(FILES["deploy/compose.yaml"])["configs"]["upstream"]["content"]
    alone = FILES["deploy/nginx/one.conf"].replace("127.0.0.1:8501", "explorer:8501")
    assert upstream.replace("$$", "$").split() == alone.partition("\n")[2].split()


def test_commands_in_containers_are_commands():
    images = re.search(r"CMD (\[.*\])", FILES["deploy/Dockerfile"])
    assert images is not None
    services = yaml.safe_load(FILES["deploy/compose.workers.yaml"])["services"].values()
    found = [*(one["command"] for one in services if "command" in one), yaml.safe_load(images[1])]
    assert sorted(words[0] for words in found) == ["dask", "tradeoffs", "tradeoffs"]
    for program, *words in found:
        if program == "tradeoffs":
            assert cli.parser().parse_args(words).run


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_unit_is_one(tmp_path):
    text = FILES["deploy/tradeoffs@.service"].replace("/opt/tradeoffs/bin/tradeoffs", "/bin/true")
    unit = tmp_path / "tradeoffs@8501.service"
    unit.write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
