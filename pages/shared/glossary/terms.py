"""The screen of the glossary: a search, a choice of group, and the entries."""

import re

import streamlit as st

from tradeoffs.language.translation import say, translate
from tradeoffs.report.glossary import GROUPS, Term, find_term, glossary, search

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$:+!-])")  # what Markdown would read as more than text
CITED = re.compile(r"(arXiv |doi )([0-9][0-9.]+(?:/[^\s;,)]+)?)")
ADDRESSES = {"arXiv ": "https://arxiv.org/abs/", "doi ": "https://doi.org/"}


def terms() -> None:
    """Draw the term of the link, else what the search finds, else one group."""
    entries = glossary()
    asked = st.query_params.get("term", "")
    one = find_term(asked, entries) if asked else None
    text = st.text_input(
        translate("Search"),
        key="search",
        max_chars=80,
        placeholder=translate("a word, such as epsilon or seed"),
    )
    if asked and one is None:
        st.warning(say("The glossary has no term {term}.", term=plain(asked)))
    if text.strip():
        found = search(entries, text)
        st.caption(say("{found} of {every} terms", found=len(found), every=len(entries)))
        _list(found)
    elif one is not None:
        _entry(one)
        st.button(translate("All terms"), on_click=st.query_params.clear)
    else:
        group = st.pills(
            translate("Group"),
            GROUPS,
            default=GROUPS[0],
            format_func=translate,
            required=True,
            key="group",
        )
        _list([term for term in entries if term.group == group])


def plain(text: str) -> str:
    """Return a text such that Markdown shows it as it stands."""
    return SPECIAL.sub(r"\\\1", text)


def link_sources(source: str) -> str:
    """Return a source as Markdown, in which each arXiv number and DOI is a link."""
    parts, end = [], 0
    for cited in CITED.finditer(source):
        kind, number = cited.groups()
        parts += [plain(source[end : cited.start()]), f"[{plain(cited[0])}]"]
        parts.append(f"(<{ADDRESSES[kind]}{number}>)")
        end = cited.end()
    return "".join([*parts, plain(source[end:])])


def _list(found: list[Term]) -> None:
    for term in found:
        _entry(term)
    if not found:
        st.info(translate("No term contains all of these words."))


def _entry(term: Term) -> None:
    st.header(plain(term.name), anchor=term.slug.replace("_", "-"))
    lines = [plain(term.meaning)]
    if term.formula:
        lines.append(f"**{translate('Formula')}** `{term.formula}`")
    told = {
        translate("Unit"): plain(term.unit),
        translate("Direction"): plain(term.direction),
        translate("Source"): link_sources(term.source),
        translate("Limits"): plain(term.limits),
        translate("Where"): plain(term.seen),
    }
    lines += [f"**{name}** {value}" for name, value in told.items() if value]
    lines.append(f"[{translate('Link to this term')}](?term={term.slug})")
    st.markdown("  \n".join(lines))
