"""The page Remedies without a browser."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from pages.shared.remedies.panel import KEY
from pages.shared.remedies.source import PanelSource, panel_source
from pages.shared.remedies.way import promise
from tradeoffs.experiments.total_privacy import ComposedLoss, composition
from tradeoffs.field import LEVELS
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.language.current import in_language
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.composition_table import composition_at_home
from tradeoffs.report.remedies.catalogue import PARTS, values_of
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import measurable, scenario_of

APP = str(Path(__file__).parents[2] / "app.py")
QUERY = {"level": "explore", "part": "who_gains", "communities": "sex", "rows": "50"}


@pytest.fixture(autouse=True)
def manager(tmp_path, monkeypatch):
    """A manager that computes at once."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    yield found
    found.close()
    found.store.close()


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=120)
    app.switch_page("pages/remedies.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def shown(app: AppTest) -> PanelSource:
    source = app.session_state["channel"].shown()[KEY]
    assert isinstance(source, PanelSource)
    return source


def test_a_part_tells_of_each_community_when_all_models_are_there():
    app = opened(**QUERY)
    assert not app.exception and not app.warning
    source = shown(app)
    assert source.job.wait(100)
    panel = source.panel()
    assert panel.picture is not None
    names = {line.name for line in panel.picture.lines}
    assert names == set(measurable("gss", "income_25k", "sex")) and all(
        line.value.endswith("points") for line in panel.picture.lines
    )
    assert panel.heading.startswith("With “federated averaging") and source.parts()["heading"]


def test_the_levels_have_more_and_more_controls():
    counts = {}
    for level in LEVELS:
        app = opened(**{**QUERY, "level": level})
        drawn = (app.selectbox, app.select_slider, app.text_input, app.multiselect)
        counts[level] = sum(map(len, drawn))
    assert counts["story"] < counts["explore"] < counts["lab"]
    labels = [one.label for one in opened(**{**QUERY, "level": "lab"}).text_input]
    assert labels == ["Privacy budgets of communities", "Random seed"]


def test_a_wrong_link_is_told_and_what_can_be_used_is_kept():
    app = opened(**{**QUERY, "home": "Atlantis", "colour": "red"})
    told = texts(app.warning)
    assert "home='Atlantis' is not offered; use one of: " in told
    assert "there is nothing called 'colour' to choose on this page" in told
    assert app.query_params["communities"] == "sex" and "home" not in app.query_params


def test_what_is_typed_and_cannot_be_used_leaves_what_was_there():
    app = opened(**{**QUERY, "level": "lab", "seed": "3"})
    (seed,) = (one for one in app.text_input if one.label == "Random seed")
    assert seed.value == "3"
    seed.set_value("many").run()
    assert not app.exception and "seed='many' is not possible: it must be" in texts(app.warning)
    (seed,) = (one for one in app.text_input if one.label == "Random seed")
    assert seed.value == "3" and app.query_params["seed"] == "3"


def test_what_is_not_possible_is_refused_in_the_words_of_the_page():
    app = opened(**{**QUERY, "remedy": "split", "epsilon": "1"})
    assert not app.exception and "“Split learning”" in texts(app.error)


def test_a_way_that_is_not_possible_takes_no_other_way_from_who_looks_at_all():
    app = opened(**{**QUERY, "part": "at_home", "remedy": "split", "epsilon": "1"})
    assert not app.exception and not app.error
    assert "“Split learning”" in texts(app.warning)
    picture = shown(app).panel().picture
    assert picture is not None
    (chosen,) = (line for line in picture.lines if line.home)
    assert chosen.name == "Split learning" and chosen.detail and len(picture.lines) > 20


def test_a_way_that_needs_a_network_is_given_one_and_its_size_to_choose():
    app = opened(**QUERY)
    assert "remedies-width" not in [one.key for one in app.select_slider]
    app.selectbox(key="remedies-remedy").set_value("split").run()
    assert not app.exception and not app.error
    assert app.select_slider(key="remedies-width").value == "8"
    assert "so changed: Model size, hidden units (8" in texts(app.warning)
    assert shown(app).look.here.width == 8
    app.selectbox(key="remedies-remedy").set_value("fedavg").run()
    assert app.select_slider(key="remedies-width").value == "8"


def test_who_looks_at_the_same_sees_the_same():
    values = values_of(QUERY)
    look = Look(here=scenario_of(values), values=values)
    part = PARTS["who_gains"]
    first = panel_source(part, look)
    assert panel_source(part, Look(here=look.here, values=dict(values))) is first
    other = values_of({**QUERY, "rows": "100"})
    assert panel_source(part, Look(here=scenario_of(other), values=other)) is not first


def test_a_panel_is_told_in_the_language_of_who_looks_and_its_file_in_english():
    values = values_of({**QUERY, "part": "price_and_control"})
    with in_language("fr"):
        source = panel_source(
            PARTS["price_and_control"], Look(here=scenario_of(values), values=values)
        )
    assert source.panel().grids[0].rows[0][1] == "rien"
    assert source.numbers()["leaves"].iloc[0] == "nothing"


@pytest.mark.parametrize(
    ("table", "unit"), [("gss", "person"), ("wiki_toxicity", "comment"), ("hmda", "applicant")]
)
def test_a_promise_protects_what_a_row_of_the_table_is(table, unit):
    assert promise(REMEDIES["fedavg"], table).startswith(f"protects one {unit}'s record; ")
    assert not any(
        "person" in promise(one, table).partition(";")[0] and unit != "person"
        for one in REMEDIES.values()
        if "dp" in one.mechanisms
    )


def test_what_looking_at_every_way_spends_is_told_at_home(monkeypatch):
    price: Future[ComposedLoss] = Future()
    price.set_result(ComposedLoss(together=79.3, accountant="gdp", best=None))
    monkeypatch.setattr(live, "composed_loss", lambda seen: price)
    query = {**QUERY, "part": "at_home"}
    assert "nothing is promised to people of Female" in texts(opened(**query).caption)
    app = opened(**query, epsilon="3")
    assert not app.exception
    seen = composition(shown(app).job.scenarios)
    assert composition_at_home(seen, 79.3, "Female") in texts(app.caption)
