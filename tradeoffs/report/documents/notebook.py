"""Notebook: a setting computed again step by step, as a Jupyter file."""

import json

from tradeoffs.experiments.plan import resolve
from tradeoffs.language.translation import say
from tradeoffs.report.documents import script
from tradeoffs.report.documents.setting_summary import SettingSummary, privacy_lines
from tradeoffs.report.question import question
from tradeoffs.report.text import describe


def notebook(of: SettingSummary) -> str:
    """Return a notebook of nbformat 4 as JSON; its cells have not been run."""
    cells = [
        _text(f"# {question(of.here)}", f"{describe(of.here)}.", of.seeds),
        _code(script.import_text(), "", script.setting(of.here), "setting"),
        _text(say("What the Explorer shows: the front, the four objectives, and sentences.")),
        _code(script.report(of), "shown"),
        _code("shown.cards()"),
        _text(say("Whether the result is the same as on the screen that this notebook came from:")),
        _code(script.on_screen(of), script.COMPARED, "now == on_screen"),
        _text(say("Every setting of the chart, the front first:")),
        _code("shown.table()"),
        _text(f"## {say('Privacy')}", *privacy_lines(of.here)),
        *_account(of),
    ]
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)],
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _account(of: SettingSummary) -> list[dict[str, object]]:
    """Return the cell that asks the accountant again; none where nothing is promised."""
    spent = resolve(of.here).budget
    if spent is None:
        return []
    stated = {
        "sigma": spent.sigma,
        "sample_rate": spent.sample_rate,
        "steps": spent.steps,
        "delta": spent.delta,
    }
    if spent.accountant != "prv":
        stated["accountant"] = spent.accountant
    arguments = ", ".join(f"{name}={value!r}" for name, value in stated.items())
    return [_code(f"to.account({arguments})")]


def _text(*paragraphs: str) -> dict[str, object]:
    return {"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(paragraphs)}


def _code(*lines: str) -> dict[str, object]:
    source = "\n".join(lines)
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
