"""Recipes on a few rows made here, in the form of the original files."""

import importlib
import io
import sys

import pandas as pd
import pytest

from tradeoffs.paths import DATA

sys.path.insert(0, str(DATA))


def made(name: str, content: bytes) -> pd.DataFrame:
    recipe = importlib.import_module(f"recipes.{name}").RECIPE
    (path,) = recipe.files
    return recipe.table({path.rpartition("/")[2]: content}).to_pandas()


def pickled(**columns: list) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_pickle(buffer, compression="xz")
    return buffer.getvalue()


@pytest.fixture
def compas():
    lines = [
        "name,compas_screening_date,sex,age,race,juv_fel_count,juv_misd_count,juv_other_count,"
        "priors_count,c_charge_degree,days_b_screening_arrest,is_recid,score_text,decile_score,"
        "is_violent_recid,two_year_recid",
        "ann x,2013-06-30,Female,30,Other,0,0,0,1,F,-1,1,Low,2,1,1",
        "bob y,2014-04-01,Male,40,Caucasian,0,0,0,2,M,-31,0,Low,1,0,0",
        "cyn z,2014-04-02,Female,50,Hispanic,0,1,0,3,F,,1,High,9,0,1",
    ]
    return made("compas", "\n".join(lines).encode())


def test_labels_of_compas_follow_their_definitions(compas):
    assert compas["rearrest"].tolist() == [True, False, True]
    assert compas["rearrest_cutoff"].tolist() == [True, False, None]
    assert compas["rearrest_filtered"].tolist() == [True, None, None]
    assert compas["violent_rearrest"].tolist() == [True, False, False]


def test_compas_keeps_half_years_and_no_name(compas):
    assert compas["screened"].tolist() == ["2013 first half", "2014 first half", "2014 first half"]
    assert not any("ann x" in str(value) for value in compas.to_numpy().ravel())


def test_gss_reads_the_lower_bound_of_an_income_class():
    same = dict.fromkeys(("workstat", "region", "reg16", "divorce", "widowed", "attend"), ["x"] * 3)
    numbers = dict.fromkeys(("prestige", "educ", "babies", "preteen", "teens", "tvhours"), [1] * 3)
    content = pickled(
        year=[1994, 1996, 2006],
        income=["lt $1000", "$25000 or more", None],
        vhappy=[1, 0, 1],
        black=[1, 0, 0],
        female=[0, 1, 1],
        mothfath16=[1, 0, None],
        unem10=[None, 1, 0],
        **same,
        **numbers,
    )
    frame = made("gss", content)
    assert frame["income_from"].fillna(-1).tolist() == [0, 25_000, -1]
    assert frame["race"].tolist() == ["black", "not black", "not black"]
    assert frame["sex"].tolist() == ["male", "female", "female"]
    assert frame["very_happy"].tolist() == [True, False, True]
    assert frame["mothfath16"].isna().tolist() == [False, False, True]


def test_hmda_turns_denied_into_approved():
    words = dict.fromkeys(("phist", "selfemp", "condomin", "single", "hschool"), ["no", "yes"])
    numbers = dict.fromkeys(("hirat", "lvrat", "unemp", "chist", "mhist"), [1, 2])
    content = pickled(
        deny=["no", "yes"],
        pirat=[0.2139999961853027, 0.5],
        afam=["yes", "no"],
        insurance=["no", "yes"],
        **words,
        **numbers,
    )
    frame = made("hmda", content)
    assert frame["approved"].tolist() == [True, False]
    assert frame["race"].tolist() == ["black", "not black"]
    assert frame["pirat"].tolist() == [0.214, 0.5]
    assert "insurance" not in frame  # an insurer's denial is nearly the answer


def test_loanapp_keeps_what_is_not_known_missing():
    module = importlib.import_module("recipes.loanapp")
    columns = {name: [1, 0, 1] for name in (*module.NUMBERS, *module.FLAGS)}
    columns["self"] = columns.pop("self_employed")
    columns |= {
        "approve": [1, 0, 1],
        "gdlin": [1, 0, 666],
        "term": [360, 999_999.375, 180],
        "male": [1, 0, None],
        "black": [1, 0, 0],
        "hispan": [0, 1, 0],
        "white": [0, 0, 1],
        "loanprc": [0.800000011920929, 0.5, 0.699999988079071],
        "typur": [1, 0, 2],
    }
    frame = made("loanapp", pickled(**columns))
    assert frame["term"].isna().tolist() == [False, True, False]
    assert frame["meets_guidelines"].tolist() == [True, False, None]
    assert frame["gdlin"].isna().tolist() == frame["male"].isna().tolist() == [False, False, True]
    assert frame["race"].tolist() == ["black", "hispanic", "white"]
    assert frame["loanprc"].tolist() == [0.8, 0.5, 0.7]
    assert not {"typur", "review", "inson"} & set(frame)
