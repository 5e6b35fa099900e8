"""A room on somebody's own table: it has results, and no value of a row but the groups' names."""

import json

import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tests.report.conftest import job, model
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.report.alternatives import alternatives
from tradeoffs.report.documents.stakeholder_cards import stakeholder_cards
from tradeoffs.report.stakeholders import Stakeholder
from tradeoffs.rooms.options import Options, options_of
from tradeoffs.scenario import Scenario

SECRET = "Quetzalcoatl"
COUNTS = {"people": 100.0, "positives": 40.0, "selected": 30.0, "true_positives": 20.0}


@pytest.fixture(scope="module")
def handle() -> TableHandle:
    columns = people(2_000)
    towns = [SECRET if n % 7 == 0 else town for n, town in enumerate(columns["town"])]
    return TableHandle(own_table(as_csv({**columns, "town": towns}), CHOICES).whole)


@pytest.fixture(scope="module")
def options(handle: TableHandle) -> Options:
    here = Scenario.of(dataset=handle, label="hired", protected="sex", epsilon=1.0, rows=500)
    figures = {f"{name}[sex={sex}]": n for name, n in COUNTS.items() for sex in ("F", "M")}
    there = [
        model(one, figures=figures, accuracy=accuracy)
        for one, accuracy in ((here, 0.7), (here.but(epsilon=None), 0.8))
    ]
    found = alternatives(job([one.scenario for some in there for one in some], *there), here)
    assert found is not None
    return options_of(found)


def test_a_room_has_results_and_neither_rows_nor_the_name_of_the_table(options, handle):
    told = json.dumps(options.to_json())
    assert SECRET not in told and str(handle) not in told
    assert options.link == "" and {one["link"] for one in options.settings} == {""}
    assert options.people["table"] == ""


def test_its_cards_are_of_the_groups_of_the_table(options):
    cards = [Stakeholder.from_json(one) for one in options.people["stakeholders"]]
    assert {one.title for one in cards[:2]} == {"F", "M"}
    page = stakeholder_cards(cards, options.people["question"])
    assert "Of 1,000 of you, 300" in page and SECRET not in page
