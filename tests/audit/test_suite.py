import json

import pytest

from tradeoffs.audit import suite as module
from tradeoffs.audit.finding import exact
from tradeoffs.audit.suite import as_json, audit, report
from tradeoffs.cli import main
from tradeoffs.engine import loop


def test_the_audit_covers_every_claim_once_and_repeats_itself():
    findings = audit(3)
    names = [finding.name for finding in findings]
    assert len(set(names)) == len(names)
    assert {name.split("-")[0] for name in names} >= {
        "canary", "sampled", "batch", "steps", "divided", "deviation", "models", "joint",
        "removal", "sums", "bias", "opacus",
    }  # fmt: skip
    assert audit(3) == findings
    other = {finding.name: finding.measured for finding in audit(4)}
    assert other["canary-mean"] != findings[names.index("canary-mean")].measured


def test_the_command_ends_with_0_and_its_json_can_be_read(capsys):
    assert main(["audit", "--json", "--seed", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert all(line["ok"] for line in told)
    (proven,) = [line for line in told if line["name"] == "canary-epsilon"]
    assert proven["low"] <= proven["measured"] <= proven["high"] < 1.0001
    (distance,) = [line for line in told if line["name"] == "canary-distance"]
    assert distance["low"] is None  # minus infinity, which JSON cannot say


def test_the_command_ends_with_1_on_an_alarm(capsys, monkeypatch):
    honest = loop.gradient_sigma
    monkeypatch.setattr(loop, "gradient_sigma", lambda setting: honest(setting) / 2)
    monkeypatch.setattr(module, "PARTS", [module.full_batch])
    assert main(["audit"]) == 1
    told = capsys.readouterr().out
    assert "ALARM canary-noise" in told and "findings are as expected" in told


def test_a_seed_out_of_bounds_is_refused(capsys):
    assert main(["audit", "--seed", "-1"]) == 2
    assert "seed=-1 must be in [0, 4294967295]" in capsys.readouterr().err


@pytest.mark.parametrize(("measured", "mark"), [(1.0, "ok   "), (2.0, "ALARM")])
def test_the_report_marks_each_finding_and_counts(measured, mark):
    told = report([exact("one", "what it is", measured, 1, source="a law")])
    assert told.startswith(f"{mark} one: {measured:g}, expected 1")
    assert "what it is" in told and "[a law]" in told
    assert told.endswith(f"{int(measured == 1)} of 1 findings are as expected")
    assert as_json([]) == []
