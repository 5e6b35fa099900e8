"""The files of the static site: positions, what pages hold, and folders that are refused."""

import json
import re
from itertools import product

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.kit.positions import positions, start
from tradeoffs.kit.site import write_site
from tradeoffs.kit.site_index import glossary_page, index_page
from tradeoffs.kit.site_lesson import lesson_page
from tradeoffs.kit.site_page import data
from tradeoffs.kit.words import words
from tradeoffs.language.current import in_language
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.report.charts.figure_json import figure_json

SAY = words("en")
DATA = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)


def parts(page):
    return {name: json.loads(text) for name, text in DATA.findall(page)}


def test_every_move_of_one_slider_is_a_position():
    entry = LESSONS["learning_by_heart"]
    for place, step in enumerate(entry.steps):
        found, opens = [at for at, _ in positions(entry, place)], start(entry, place)
        assert found[0] == opens and len(set(found)) == len(found)
        for slider, choice in enumerate(step.sliders):
            for at in range(len(choice.choices)):
                assert (*opens[:slider], at, *opens[slider + 1 :]) in found


def test_what_can_be_computed_makes_every_position():
    entry = LESSONS["learning_by_heart"]
    place = next(n for n, step in enumerate(entry.steps) if len(step.sliders) == 2)
    table = shipped_answer(entry.steps[place], entry.setting(place))
    found = {at for at, _ in positions(entry, place, lambda step, setting: table)}
    assert set(product(*(range(len(s.choices)) for s in entry.steps[place].sliders))) <= found


def test_a_page_holds_what_the_lesson_says_at_each_position():
    entry = LESSONS["small_town"]
    found = parts(lesson_page(entry, SAY))
    for place, step in enumerate(entry.steps):
        of_step = found[f"data-{place + 1}"]["positions"]
        assert len(of_step) == max(len(entry.settings(place)), 1)
        for at, one in positions(entry, place):
            shown = of_step[",".join(map(str, at))]
            assert all(re.sub("[’']", "", s)[:20] in shown["said"] for s in one.sentences)
            assert shown["figure"]["data"] and step.title


def test_a_number_that_is_guessed_is_compared_as_on_the_page():
    entry, place = LESSONS["whose_fairness"], 0
    compared = parts(lesson_page(entry, SAY))["data-1"]["guess"]
    _, one = next(positions(entry, place))
    asked = one.step.prediction
    assert asked is not None
    told = asked.verdict(30.0, one.table, one.setting)
    number = f"{30:.{compared['digits']}f}{compared['unit']['other']}"
    assert compared["text"].replace("{guess}", number) == told.text
    low, high = compared["near"]
    near = "near" if low <= 30 <= high else ""
    off = abs(30 - compared["value"])
    assert (near or ("partly" if off <= compared["part"] else "far")) == told.near


def test_search_finds_lessons_and_terms():
    found = parts(index_page([LESSONS["small_town"]], SAY, "made"))["pages"]
    assert found[0]["path"] == "lessons/small_town.html" and len(found) > 100
    terms = glossary_page(SAY)
    linked = [one["path"].partition("#")[2] for one in found[1:]]
    assert all(f'id="{one}"' in terms for one in linked)


def test_no_text_ends_the_part_of_a_page_that_scripts_read():
    hard = "</script><!-- <script>"
    part = data("x", {"text": hard})
    assert part.count("</script") == 1 and parts(part) == {"x": {"text": hard}}


def test_a_figure_as_json_has_numbers_that_json_has():
    import numpy as np
    import plotly.graph_objects as go

    figure = go.Figure(layout={"title": "a"})
    figure.add_scatter(x=np.array([0.123456789, np.nan]), y=[float("inf"), 1])
    found = json.loads(json.dumps(figure_json(figure.to_dict()), allow_nan=False))
    assert found["data"][0]["x"] == [0.123457, None] and found["data"][0]["y"] == [None, 1]
    assert "template" not in found["layout"]


def test_a_folder_that_holds_something_is_refused_and_nothing_written(tmp_path):
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(InvalidInput, match="is not an empty folder"):
        write_site(tmp_path, iter([("index.html", "x")]), str)
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


def test_every_page_leads_to_itself_in_the_other_languages():
    page = lesson_page(LESSONS["small_town"], SAY, others=["fr"])
    assert '<a href="../../fr/lessons/small_town.html" lang="fr" hreflang="fr">Français</a>' in page
    assert 'href="../fr/glossary.html"' in glossary_page(SAY, ["fr"])


def test_charts_of_french_pages_write_and_speak_french():
    with in_language("fr"):
        found = parts(lesson_page(LESSONS["small_town"], words("fr")))
    figure = next(iter(found["data-1"]["positions"].values()))["figure"]
    assert figure["layout"]["separators"] == ",\u202f"
    assert found["setup"]["locales"]["fr"]["dictionary"]["Reset axes"] != "Reset axes"
