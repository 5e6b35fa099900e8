"""What the Explorer draws and says of stored results does not change unless it is meant to."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.golden.screens import EXPECTED, SCREENS, drawn, opened, seen, stored
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.jobs.store import Store

TOLERANCE = 1e-7  # of numbers: sums may be taken in another order


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[Store]:
    found = opened(tmp_path_factory.mktemp("golden"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads(EXPECTED.read_text())


def differences(found: Any, wanted: Any, where: str = "") -> list[str]:
    """Return where two trees differ: texts exactly, numbers by more than rounding."""
    if isinstance(found, dict) and isinstance(wanted, dict) and found.keys() == wanted.keys():
        return [
            line
            for key in wanted
            for line in differences(found[key], wanted[key], f"{where}/{key}")
        ]
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        pairs = enumerate(zip(found, wanted, strict=True))
        return [line for place, pair in pairs for line in differences(*pair, f"{where}/{place}")]
    if isinstance(found, float | int) and isinstance(wanted, float | int):
        close = np.isclose(found, wanted, rtol=TOLERANCE, atol=TOLERANCE)
        return [] if close else [f"{where}: {found} instead of {wanted}"]
    return [] if found == wanted else [f"{where}: {found!r} instead of {wanted!r}"]


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_as_it_was(name, store, expected):
    found = differences(drawn(SCREENS[name], store), expected[name])
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_drawn_without_a_table(name, store, monkeypatch):
    monkeypatch.setattr(pd.DataFrame, "__init__", lambda *_, **__: pytest.fail("a table was made"))
    figure = seen(SCREENS[name], store).figure
    assert {"xaxis", "yaxis"} <= figure["layout"].keys() and figure["data"]


def test_another_result_is_another_screen(store, expected):
    name = "several groups"
    other = {**expected[name], "sentences": expected[name]["sentences"][1:]}
    assert differences(drawn(SCREENS[name], store), other)


def test_the_screens_hold_what_the_house_offers(expected):
    assert {one.here.dataset for one in SCREENS.values()} >= {"adult", "compas", "wiki_toxicity"}
    for name, screen in expected.items():
        assert screen["points"], name
        assert screen["band"], name
        assert len(screen["cards"]) == 4, name
        assert screen["sentences"], name


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SCREENS if name != "first screen"])
def test_training_again_gives_what_is_stored(name, store):
    scenarios = SCREENS[name].scenarios
    kept = {one.scenario: one.measurement for one in stored(scenarios, store)}
    again = [one for chunk in chunks(map(resolve, scenarios)) for one in run(chunk)]
    assert len(again) == len(kept)
    for one in again:
        wanted = kept[one.scenario].figures("report")
        found = one.measurement.figures("report")
        assert wanted.keys() <= found.keys()  # later figures come on top
        now = [found[figure] for figure in wanted]
        np.testing.assert_allclose(now, [*wanted.values()], atol=1e-5)
