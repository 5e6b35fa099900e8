"""The bill of materials has all that is installed, with licences, and nothing of the machine."""

import json
import subprocess
import sys
from importlib.metadata import distributions

from packaging.utils import canonicalize_name

from tradeoffs.paths import PROJECT

NO_LICENCE_FIELD = {"axe-playwright-python", "dp-accounting", "partd", "protobuf", "pydeck"}


def test_the_bill_of_materials_is_complete(tmp_path):
    path = tmp_path / "sbom.json"
    subprocess.run([PROJECT / "deploy/sbom", path, sys.executable], check=True)
    bill = json.loads(path.read_text(encoding="utf-8"))
    found = {str(canonicalize_name(one["name"])): one for one in bill["components"]}
    installed = {str(canonicalize_name(one.name)): one.version for one in distributions()}
    installed.pop("tradeoffs")
    assert {name: one["version"] for name, one in found.items()} == installed
    assert bill["metadata"]["component"]["name"] == "tradeoffs"
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {name for name, one in found.items() if not one.get("licenses")} <= NO_LICENCE_FIELD
    edges = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any("numpy" in ref for ref in edges[found["pandas"]["bom-ref"]])
    assert str(PROJECT) not in path.read_text(encoding="utf-8")
    assert str(sys.prefix) not in path.read_text(encoding="utf-8")
