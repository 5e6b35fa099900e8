"""What follows from numbers, told in French: whole sentences, and no English word within one."""

import re

import pytest

from tests.report.conftest import HERE, UNTOUCHED, Models, halved, model, shown
from tests.report.test_pick import COUNTED, among, wish
from tradeoffs.fronts.bands import Band
from tradeoffs.language.current import in_language
from tradeoffs.report.glossary import glossary
from tradeoffs.report.pick import pick
from tradeoffs.report.sentences.front_finding import finding
from tradeoffs.report.sentences.headline import sentences
from tradeoffs.report.sentences.pick_reasons import impossible, reasons, title
from tradeoffs.values.preferences.wish import Wish
from tradeoffs.values.regulations.catalogue import REGULATIONS
from tradeoffs.values.regulations.regulation import Evidence

ENGLISH_WORDS = re.compile(r"\b(?:the|of|where|which|when|is|are|and|not|with|by|to|for)\b")
METHODS = "Private aggregation of teacher ensembles"  # a published name, which stays
WIDE = HERE.but(width=8)


@pytest.fixture(autouse=True)
def french():
    with in_language("fr"):
        yield


def mixed(*texts: str) -> list[str]:
    return [one for one in texts if ENGLISH_WORDS.search(one.replace(METHODS, ""))]


def found(*models: Models, x: str, y: str) -> str:
    every = finding(shown(*models, x=x, y=y), lambda scenario: {})
    return " ".join(one.text for one in every)


def test_a_finding_names_the_budget_of_its_front_if_it_has_one():
    models = model(HERE, sd=0.002), model(WIDE, accuracy=0.86, gap=0.2, sd=0.002)
    told = found(*models, x="fairness", y="accuracy")
    assert told.startswith("Le long du front (ε = 1), écart des taux de sélection de ")
    assert found(*models, x="privacy", y="accuracy").startswith(("Le long du front,", "Un des "))
    assert mixed(told) == []


@pytest.mark.parametrize(
    "models",
    [
        (model(HERE), model(WIDE, accuracy=0.86, gap=0.15)),
        (model(HERE, accuracy=0.8), model(UNTOUCHED, accuracy=0.86, gap=0.05)),
        (model(HERE, accuracy=0.8), model(WIDE, accuracy=0.86, gap=0.05)),
        (halved(model(HERE, accuracy=0.84, gap=0.1), accuracy=0.9), model(WIDE, accuracy=0.85)),
        (model(HERE, gap=0.2, bound={"bound_unheld": ["Women (positives); Men"] * 8}),),
        (model(HERE, selection_rate=0.005),),
    ],
)
def test_sentences_of_a_setting_are_french(models):
    told = sentences(shown(*models), [])
    assert told and mixed(*told) == []


def test_who_gets_no_yes_is_told_as_the_models_answer():
    told = sentences(shown(model(HERE, selection_rate=0.005)), [])
    assert told[0].startswith("Dans 8 graines sur 8, le modèle prédit presque toujours non")


def test_a_pick_is_explained_in_french():
    asked = {"accuracy": 0.85, "fairness": 0.05, "privacy": 50.0}
    none = pick(among(), Wish(), COUNTED, asked)
    one = pick(among(), wish(accuracy=60.0, fairness=40.0), COUNTED, {})
    told = [title(one), *reasons(one), title(none), *impossible(none, asked)]
    assert mixed(*told) == [] and "exactitude d’au moins" in " ".join(told)


def test_a_regulation_says_in_the_language_of_the_run_why():
    nobody = Evidence(people={"a": 50}, rates={}, group_seen=True, group_at_decision=True)
    assert mixed(*(one.screen(nobody).reason for one in REGULATIONS.values())) == []


def test_a_band_kept_from_another_run_is_told_in_the_language_of_this_one():
    kept = Band(levels=(25.0, 50.0, 75.0), seeds=8, stairs={})
    assert kept.label == "médiane et 25 à 75\u00a0% de 8 graines"
    with in_language("en"):
        assert kept.label == "median and 25 to 75 % of 8 seeds"


def test_no_entry_of_the_glossary_is_half_english():
    for term in glossary():
        told = (term.name, term.meaning, term.unit, term.direction, term.limits, term.seen)
        assert mixed(*told) == [], term.name
