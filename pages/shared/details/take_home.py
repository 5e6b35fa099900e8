"""Take home: documents of the setting, and the link that restores the screen."""

from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from pages.shared.explorer.screen import Screen
from pages.shared.kit import language
from pages.shared.settings.fields import query
from pages.shared.settings.visitor_table import own_name
from tradeoffs.data.table_handle import is_own
from tradeoffs.language.current import keep_language
from tradeoffs.language.translation import say
from tradeoffs.report.choice import Choice
from tradeoffs.report.documents.catalogue import DOCUMENTS, Document
from tradeoffs.report.documents.setting_summary import SettingSummary, setting_summary
from tradeoffs.report.iframe import iframe
from tradeoffs.report.question import question


def take_home(shown: Screen) -> None:
    """Draw a button for each document; it is made when the button is pressed."""
    address = link()
    st.markdown(
        say(
            "**The link** restores this screen: setting, level, axes, marks, pins, and the part "
            "that was open before this one. It does not include the selected point: pin it, and "
            "it is included."
        )
    )
    st.code(address, language=None, wrap_lines=True)
    if limit := reach(address):
        st.caption(limit)
    st.markdown(say("**In a page of yours**, without menu and title:"))
    frame(address, question(shown.here))
    picture = shown.picture()
    if shown.job.active:
        st.info(say("Documents can be downloaded once all models are trained."))
        return
    if picture is None:
        st.info(say("There are no numbers to download, or none that can be measured."))
        return
    own = is_own(shown.here.dataset)
    marked = Choice.of(st.session_state["setting"], own_name() or "")
    summary = partial(setting_summary, shown.job, shown.here, picture, shown.pins, address, marked)
    for document in DOCUMENTS.values():
        _offer(document, summary, alone=own and document.computes)


def frame(address: str, title: str) -> None:
    """Draw the HTML that shows an address within another page, to copy."""
    st.code(iframe(address, title), language="html", wrap_lines=True)
    st.caption(
        say("The server has to allow that page: `TRADEOFFS_EMBED` names the sites that may.")
    )


def link() -> str:
    """Return the whole address of the screen."""
    values = st.session_state["setting"]
    said = language.kept(query(values) or {"level": values["level"]})
    where = urlsplit(st.context.url or "")
    return urlunsplit(where._replace(path=where.path or "/", query=urlencode(said), fragment=""))


def reach(address: str) -> str:
    """Return where alone an address works; empty if that is anywhere.

    >>> reach("http://localhost:8501/"), reach("https://example.org/")
    ('This address works on this computer only.', '')
    """
    host = urlsplit(address).hostname or ""
    try:
        number = ip_address(host)
    except ValueError:
        number = None
    if host == "localhost" or (number and number.is_loopback):
        return say("This address works on this computer only.")
    if host.endswith(".local") or (number and number.is_private):
        return say("This address works in this network only.")
    return ""


def _offer(document: Document, summary: Callable[[], SettingSummary], *, alone: bool) -> None:
    """Draw the button of a document, and what it is.

    Args:
        document: which.
        summary: returns what is known of the setting.
        alone: whether it would need a table that only this visitor has.
    """
    left, right = st.columns([1, 3], vertical_alignment="center")
    left.download_button(
        document.title,
        keep_language(lambda: document.make(summary())),
        file_name=document.file_name,
        mime=document.mime,
        on_click="ignore",
        disabled=alone,
        width="stretch",
        key=f"take-{document.name}",
    )
    told = [document.help]
    if alone:
        told.append(say("Your own table stays with you, so nobody else can reproduce this."))
    right.caption(" ".join(told))
