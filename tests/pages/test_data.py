"""The page Data without a browser: datasheets, sizes, and a table of one's own."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from pages.shared.data import upload as page_upload
from pages.shared.explorer import live
from pages.shared.settings import visitor_table, wording
from pages.shared.settings.fields import fitted
from pages.shared.settings.wording import FLAGS
from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.load import load_codebook
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.parser import FileParser
from tradeoffs.jobs.store import Store

APP = str(Path(__file__).parents[2] / "app.py")
SECRET = "Quetzalcoatl"


@pytest.fixture
def manager(tmp_path, monkeypatch):
    config.set_option("server.maxUploadSize", 10)  # as serve.py does
    store, reader = Store(tmp_path / "store.sqlite", None), FileParser(Synchronous)
    found = Manager(store, lambda machine: Synchronous(), reader=reader)
    monkeypatch.setattr(live, "manager", lambda: found)
    monkeypatch.setattr(page_upload, "PATIENCE_SECONDS", 30.0)
    yield found
    config.set_option("server.maxUploadSize", 0)
    found.close()
    found.store.close()


def run() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60).switch_page("pages/data.py").run()


def texts(*elements) -> str:
    return "\n".join(str(one.value) for kind in elements for one in kind)


def everything(app: AppTest) -> str:
    return texts(app.markdown, app.text, app.warning, app.caption, app.error, app.header)


def brought(content: bytes, choose=("sex",), book: bytes | None = None) -> AppTest:
    return bring(run(), content, choose, book)


def bring(app: AppTest, content: bytes, choose=("sex",), book: bytes | None = None) -> AppTest:
    app.file_uploader(key="own file 0").set_value(("people.csv", content, "text/csv")).run()
    app.selectbox(key="own label").set_value("hired").run()
    values = app.multiselect(key="own Favourable answers hired")
    values.set_value([place for place, told in enumerate(values.options) if "yes" in told]).run()
    app.multiselect(key="own protected").set_value(list(choose)).run()
    if book:
        app.file_uploader(key="own codebook 0").set_value(("book.json", book, "application/json"))
    next(b for b in app.button if b.label == "Use this table").click().run()
    return app


def test_every_table_shows_its_sizes_licence_terms_and_datasheet(manager):
    app = run()
    for dataset in DATASETS.values():
        app.selectbox(key="table None").set_value(dataset.name).run()
        assert not app.exception, dataset.name
        told = everything(app)
        book = load_codebook(dataset.name)
        assert book.licence in told
        assert "# Datasheet" in told
        if book.terms:
            assert book.terms in [one.value for one in app.text]
        if dataset.name == "meps":  # in full
            assert "No one will attempt to link this data set" in texts(app.text)
        sizes = app.dataframe[0].value
        by = set(sizes["by"].tolist())
        assert {p.title for p in book.protected} <= by
        assert {mark.title for mark in (book.place, book.time) if mark} <= by


def pictures(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_a_table_opens_on_who_is_in_it_and_every_column_by_group(manager):
    app = run()
    drawn = pictures(app)
    assert drawn.index("Who is in the table, by sex") < drawn.index("Marital status")
    assert "“income over 50,000 dollars a year” is true of 30.4 % of “Male”" in texts(app.markdown)
    app.selectbox(key="groups in adult").set_value("race").run()
    assert not app.exception
    assert '<th scope="col">Asian or Pacific Islander</th>' in pictures(app)


def test_values_of_an_own_table_are_drawn_as_text(manager):
    towns = {"town": ["<b>West</b>", "South", "North"] * 200}
    app = brought(as_csv({**people(), **towns}), ("sex",))
    assert not app.exception
    assert "Who is in the table" in pictures(app) and "<b>West" not in pictures(app)


def test_a_file_that_is_brought_is_drawn_before_anything_is_decided(manager):
    app = run()
    content = as_csv({**people(), "town": ["<i>North</i>", "South", "South"] * 200})
    app.file_uploader(key="own file 0").set_value(("x.csv", content, "text/csv")).run()
    assert not app.exception
    town = pictures(app).split("<strong>town</strong>")[1].split("</table>")[0]
    assert "South" in town and "66.7 %" in town and "<i>North" not in town


def test_another_label_counts_other_answers(manager):
    app = run()
    app.selectbox(key="table None").set_value("compas").run()
    before = app.dataframe[0].value["with an answer"][0]
    app.selectbox(key="label of compas").set_value("rearrest_filtered").run()
    assert (before, app.dataframe[0].value["with an answer"][0]) == (7_214, 6_172)


def test_a_file_becomes_a_table_with_its_warning_and_sizes(manager):
    app = brought(as_csv({**people(), "town": [SECRET, "South", "<b>West</b>"] * 200}))
    assert not app.exception
    assert "epsilon does not cover them" in texts(app.warning)
    name = own_of(app)
    assert app.selectbox(key=f"table {name}").value == name
    sizes = app.dataframe[-2].value
    assert int(sizes["rows"].iloc[0]) == 600
    assert "- Each row counts as one person" in texts(app.markdown)
    assert "Counted as yes: yes; as no: no; left out: nothing." in texts(app.caption)
    assert "of these for training" not in sizes
    assert "are exact, and epsilon does not cover them" in texts(app.caption)
    assert "<b>" not in everything(app)


def test_with_a_given_codebook_no_group_tells_how_many_of_it_are_trained_on(manager):
    """Someone alone in their group: in the file, and on which side of the split is not told."""
    content = as_csv({**people(), "town": ["North", "South"] * 299 + ["North", SECRET]})
    book = own_table(content, replace(CHOICES, protected=("town",))).book
    app = brought(content, ("town",), book.model_dump_json().encode())
    assert not app.exception
    sizes = app.dataframe[-2].value
    assert sizes[sizes["group"] == SECRET]["rows"].tolist() == [1]
    assert "of these for training" not in sizes
    told = texts(app.warning)
    assert "Epsilon covers the rest only if they, and your other statements" in told
    assert "For a small group, the two together reveal who was in the training data." in told


def test_words_of_an_import_name_the_fields_of_the_page(manager):
    towns = ["NA", "North", "north", "unknown"] * 150
    person = [n // 2 for n in range(600)]
    ages = ["018", "0", "unknown", "17"] * 150
    content = as_csv({"person": person, **people(), "town": towns, "age": ages})
    app = run()
    app.file_uploader(key="own file 0").set_value(("people.csv", content, "text/csv")).run()
    noted = "\n".join([*(one.value for one in app.caption), *app.dataframe[1].value["noted"]])
    assert "Words of missing cells" in noted and " --" not in noted
    app = brought(content)
    assert not app.exception
    notes, warnings = app.session_state[visitor_table.NOTES]
    told = "\n".join(wording.rephrase(one, fitted({})) for one in (*notes, *warnings))
    assert "“town=” under “Words of missing cells” takes such words as values" in told
    assert "as some may by person (“Whose row it is”)" in told
    assert "--" not in told


def test_a_field_that_words_of_an_import_name_is_on_the_page(manager):
    app = run()
    app.file_uploader(key="own file 0").set_value(("x.csv", as_csv(people()), "text/csv")).run()
    app.selectbox(key="own label").set_value("hired").run()
    fields = (*app.selectbox, *app.multiselect, *app.text_area, *app.text_input)
    for name in FLAGS.values():
        assert any(one.label.startswith(name.partition(":")[0]) for one in fields), name


def own_of(app: AppTest) -> str:
    handle = live.manager().tables.of(app.session_state["owner"])
    assert handle is not None
    return str(handle)


def test_another_session_does_not_see_it(manager):
    name = own_of(brought(as_csv(people())))
    other = run()
    assert not other.exception
    assert len(other.selectbox(key="table None").options) == len(DATASETS)
    assert name not in everything(other)


def test_forgetting_it_leaves_nothing(manager):
    app = brought(as_csv(people()))
    next(b for b in app.button if b.label == "Forget my table").click().run()
    assert not app.exception
    assert not len(manager.tables)
    assert app.selectbox(key="table None").value == next(iter(DATASETS))


def test_the_end_of_the_session_forgets_it(manager):
    app = brought(as_csv(people()))
    visitor_table.leave(visitor_table.Guest(owner=app.session_state["owner"], manager=manager))
    assert not len(manager.tables)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n", "The file is empty"),
        (b"PK\x03\x04bomb", "a damaged workbook or zip archive"),
        (b"a,b\n1,2,3\n", "Line 2 has 3 cells, the first row has 2"),
        (as_csv({"<script>": [1]}), "The first row has 1 cell, '‹script›'"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(manager, content, told):
    app = run()
    app.file_uploader(key="own file 0").set_value(("x.csv", content, "text/csv")).run()
    assert not app.exception
    assert told in texts(app.error)


def test_a_label_that_cannot_be_is_told(manager):
    app = brought(as_csv({**people(), "hired": ["yes"] * 600}))
    assert not app.exception
    assert "column 'hired' is favourable in 600 of 600 rows" in texts(app.error)


def test_what_a_file_leaves_open_is_asked_and_taken_once_it_is_stated(manager):
    app = run()
    header, rows = as_csv(people()).split(b"\r\n", 1)
    app.file_uploader(key="own file 0").set_value(("x.csv", rows, "text/csv")).run()
    assert not app.exception
    assert header and "The first row looks like data" in texts(app.warning)
    app.selectbox(key="own header").set_value(False).run()
    assert not texts(app.warning)
    assert app.selectbox(key="own label").options[:2] == ["column 1", "column 2"]


def test_nothing_about_the_label_is_preset_and_every_answer_is_listed(manager):
    app = run()
    content = as_csv({**people(), "hired": ["YES", "yes", "no", "NO", "?", "later"] * 100})
    app.file_uploader(key="own file 0").set_value(("x.csv", content, "text/csv")).run()
    assert app.selectbox(key="own label").value is None
    app.selectbox(key="own label").set_value("hired").run()
    assert app.multiselect(key="own Favourable answers hired").options == [
        f"{value} (100 rows)" for value in ("YES", "yes", "no", "NO", "later")
    ]
    app.multiselect(key="own Favourable answers hired").set_value([0, 1]).run()
    app.multiselect(key="own protected").set_value(["sex"]).run()
    next(b for b in app.button if b.label == "Use this table").click().run()
    assert "state which are unfavourable" in texts(app.error)
    app.multiselect(key="own Unfavourable answers hired").set_value([2, 3]).run()
    assert "Left out, with their rows: later (100 rows)." in texts(app.caption)
    next(b for b in app.button if b.label == "Use this table").click().run()
    assert not app.exception
    assert "left out: later (100 rows), no value (100 rows)" in texts(app.caption)


def test_uploads_can_be_switched_off(manager, monkeypatch):
    monkeypatch.setenv("TRADEOFFS_UPLOADS", "off")
    app = run()
    assert not app.exception
    assert not list(app.file_uploader)


def test_a_deployment_shows_the_tables_it_offers(manager, monkeypatch):
    monkeypatch.setenv("TRADEOFFS_TABLES", "gss,compas")
    app = run()
    assert app.selectbox(key="table None").value == "gss"
    assert len(app.selectbox(key="table None").options) == 2


def test_a_link_to_the_table_of_another_session_is_refused_everywhere(manager):
    name = own_of(brought(as_csv(people())))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["dataset"] = name
    app.query_params["label"] = "hired"
    app.run()
    assert not app.exception
    assert "kept for their tab alone" in texts(app.warning)
    assert name not in texts(app.markdown, app.caption)
    other = AppTest.from_file(APP, default_timeout=60).switch_page("pages/shifts.py")
    other.query_params["dataset"] = name
    other.run()
    assert not other.exception
    assert other.selectbox[0].value == next(iter(DATASETS))


def at(app: AppTest, page: str) -> AppTest:
    """Go to a page by the menu, which leaves the address bare."""
    app.query_params.clear()
    app.switch_page(page).run()
    assert not app.exception
    return app


def test_going_about_by_the_menu_keeps_the_own_table_and_the_setting(manager):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.run().select_slider(key="epsilon").set_value("0.3").run()
    name = own_of(bring(at(app, "pages/data.py"), as_csv(people())))
    for _ in range(2):
        assert at(app, "app.py").selectbox(key="dataset").value == name
        assert app.select_slider(key="epsilon").value == "0.3"
        assert at(app, "pages/shifts.py").selectbox[0].value == name
        at(app, "pages/lessons.py")
        assert at(app, "pages/data.py").selectbox(key=f"table {name}").value == name


def test_the_page_about_shifts_is_as_it_was_left(manager):
    app = at(AppTest.from_file(APP, default_timeout=60).run(), "pages/shifts.py")
    app.selectbox[0].set_value("gss").run()
    app.selectbox[1].set_value(app.selectbox[1].options[-1]).run()
    left = [app.selectbox[0].value, app.selectbox[1].value, app.multiselect[0].value]
    at(app, "pages/lessons.py")
    at(app, "pages/shifts.py")
    assert [app.selectbox[0].value, app.selectbox[1].value, app.multiselect[0].value] == left


def test_the_explorer_goes_on_with_another_table_once_it_is_forgotten(manager):
    app = brought(as_csv(people()))
    at(app, "app.py")
    at(app, "pages/data.py")
    next(b for b in app.button if b.label == "Forget my table").click().run()
    assert at(app, "app.py").selectbox(key="dataset").value == next(iter(DATASETS))
    assert at(app, "pages/shifts.py").selectbox[0].value == next(iter(DATASETS))
