"""The pages Glossary and Methods without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.glossary.terms import link_sources
from tradeoffs.report.glossary import GROUPS, glossary
from tradeoffs.report.methodology import methods

APP = str(Path(__file__).parents[2] / "app.py")
HOSTILE = ["<script>x</script>", "**", "[a](javascript:1)", "\0", "ε" * 80, "$x$ :red[y]"]


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page(f"pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def test_the_glossary_opens_with_its_first_group():
    app = opened("glossary")
    assert not app.exception
    shown = [one.value for one in app.header]
    assert len(shown) == sum(term.group == GROUPS[0] for term in glossary())


def test_search_finds_a_term_in_every_group():
    app = opened("glossary")
    app.text_input(key="search").set_value("epsilon").run()
    assert not app.exception
    assert app.header[0].value == r"Privacy budget (epsilon)"
    assert f"{len(app.header)} of {len(glossary())} terms" == app.caption[0].value


def test_a_link_opens_one_term_and_a_button_leads_to_all():
    app = opened("glossary", term="hypervolume")
    assert [one.value for one in app.header] == ["hypervolume"]
    assert "(<https://doi.org/10.1109/4235.797969>)" in app.markdown[-1].value
    next(one for one in app.button if one.label == "All terms").click().run()
    assert len(app.header) > 1 and not app.exception


@pytest.mark.parametrize("text", HOSTILE)
def test_a_link_or_search_with_anything_in_it_is_answered(text):
    app = opened("glossary", term=text)
    assert not app.exception
    assert "has no term" in app.warning[0].value
    app.text_input(key="search").set_value(text).run()
    assert not app.exception


def test_the_methods_page_shows_every_part():
    app = opened("methods")
    assert not app.exception
    assert [one.value for one in app.header] == [part.title for part in methods()]
    assert len(app.dataframe) == sum(part.table is not None for part in methods())


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            "A 2020, arXiv 1912.08142 (b)",
            "A 2020, [arXiv 1912.08142](<https://arxiv.org/abs/1912.08142>) (b)",
        ),
        (
            "doi 10.24432/C5XW20; files",
            "[doi 10.24432/C5XW20](<https://doi.org/10.24432/C5XW20>); files",
        ),
        ("B, ch. 7 *", r"B, ch. 7 \*"),
    ],
)
def test_sources_are_links_where_they_can_be(source, told):
    assert link_sources(source) == told
