"""Rules: what the regulations of places ask, what they say of the setting, and what they leave."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from pages.shared.explorer import live
from pages.shared.kit.download import download
from pages.shared.settings.fields import options, words
from tradeoffs.experiments.plan import resolve
from tradeoffs.fields import FIELDS
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say
from tradeoffs.report.admissibility import decidable_at
from tradeoffs.report.regulation_table import budget_table, regulation_table
from tradeoffs.report.sentences.admissible_settings import admissible
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.protected_unit import unit_text
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.regulation import NOT_LAW

SIGNS = {"admissible": "✓", "not admissible": "✕", "cannot be told": "?", "duty": "§"}
PLACE = FIELDS["place"]
Row = Mapping[str, Any]


def rules(job: Job, here: Scenario) -> None:
    """Draw the choice of a place, how many settings it leaves, and the table of rules."""
    import pandas as pd

    st.caption(say(NOT_LAW))
    place = _place()
    found = live.admissibility_of_job(job, job.version, here)
    if found is None:
        st.info(say("The models at your setting are still being trained."))
        return
    st.markdown("\n".join(f"- {text}" for text in admissible(found, place)))
    if place in JURISDICTIONS:
        told = [JURISDICTIONS[place].help]
        if decidable_at(place):
            told.append(
                say("Settings that are not admissible there are drawn faintly in the charts above.")
            )
        st.caption(" ".join(told))
    table = regulation_table(found.own, place)
    _regulations(table)
    st.caption(
        say(
            "The groups by {attribute} are compared. Where there are several, intervals are "
            "widened to hold for all of them at once.",
            attribute=attribute(here),
        )
    )
    kept = [{name: value for name, value in row.items() if name != "chosen"} for row in table]
    download(pd.DataFrame(kept), "rules.csv")
    _budgets(here)


def _regulations(table: Sequence[Row]) -> None:
    """Draw the rules of the chosen place, and the others folded; all of them without a place."""
    heads = (say("Rule"), say("What is asked"), say("Your setting"))
    here = [row for row in table if row["chosen"]]
    st.html(_table(say("Regulations"), heads, map(_rule, here or table)))
    if here:
        with st.expander(say("Rules of other places")):
            rest = [row for row in table if not row["chosen"]]
            st.html(_table(say("Regulations of other places"), heads, map(_rule, rest)))


def _place() -> str:
    """Draw the choice of a place; the pictures follow it, so the whole screen is run again."""
    values = st.session_state["setting"]
    st.session_state.setdefault(PLACE.name, values[PLACE.name])
    chosen = st.selectbox(
        PLACE.title,
        options(PLACE.name),
        format_func=lambda one: (
            say("no place") if one == "none" else words(PLACE.name, one, values)
        ),
        key=PLACE.name,
        help=PLACE.help,
    )
    if chosen != values[PLACE.name]:
        st.rerun()
    return chosen


def _budgets(here: Scenario) -> None:
    st.markdown(say("**Published privacy budgets**"))
    spent = resolve(here).budget
    own = {}
    if spent is not None:
        own = {
            "title": say("Your setting"),
            "epsilon": spent.epsilon_spent,
            "delta": spent.delta,
            "unit": unit_text(spent.unit),
        }
    rows = map(_budget, budget_table(own))
    heads = (say("Deployment"), say("Budget"), say("Protects"))
    st.html(_table(say("Published privacy budgets"), heads, rows))
    told = [] if spent else [say("Your setting adds no noise, so it declares no epsilon.")]
    told.append(
        say(
            "No regulation here sets an epsilon; these are budgets that others have declared. "
            "Epsilons can be compared only if they protect the same unit."
        )
    )
    st.caption(" ".join(told))


def _table(title: str, heads: Sequence[str], rows: Any) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return (
        f'<table class="rules" aria-label="{escape(title)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _rule(row: Row) -> str:
    told = {name: escape(str(value)) for name, value in row.items()}
    kind = told["verdict"].replace(" ", "-")
    number = f'<p class="number">{told["number"]}</p>' if told["number"] else ""
    compared = ""
    if told["compared"]:
        compared = f"<small>{say('Compared: {groups}.', groups=told['compared'])}</small>"
    return (
        f"<tr{_mark(row)}>"
        f'<th scope="row"><b>{told["rule"]}</b><small>{told["place"]}, {told["year"]}</small>'
        f"<small>{_source(told)}</small></th>"
        f"<td>{told['asks']}<small>{told['limits']}</small></td>"
        f'<td><span class="verdict {kind}"><i aria-hidden="true">{SIGNS[row["verdict"]]}</i> '
        f"{told['verdict in words']}</span>{number}<p>{told['reason']}</p>{compared}</td></tr>"
    )


def _budget(row: Row) -> str:
    told = {name: escape(str(value)) for name, value in row.items()}
    where = ", ".join(filter(None, (told["place"], told["year"])))
    return (
        f'<tr{_mark(row)}><th scope="row"><b>{told["title"]}</b><small>{where}</small>'
        f"<small>{_source(told)}</small></th><td>{told['told']}</td><td>{told['unit']}</td></tr>"
    )


def _mark(row: Row) -> str:
    return ' class="chosen"' if row["chosen"] else ""


def _source(told: Mapping[str, str]) -> str:
    """Return the citation, which is in English, as a link; your own setting has none."""
    if not told["url"]:
        return ""
    return (
        f'<a href="{told["url"]}" lang="en" target="_blank" rel="noreferrer">{told["source"]}</a>'
    )
