"""The documents on offer, each made of the summary of a setting."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translates import translates
from tradeoffs.report.documents.front_part import front_part
from tradeoffs.report.documents.html_report import html_report
from tradeoffs.report.documents.model_card import model_card
from tradeoffs.report.documents.notebook import notebook
from tradeoffs.report.documents.script import script
from tradeoffs.report.documents.setting_summary import SettingSummary


@translates("title", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A kind of document, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: for people.
        help: what it holds and what it is for.
        file_name: what its file is called.
        mime: type of its content.
        make: from the summary of a setting to the whole text.
        computes: whether it computes the setting again, which needs a table that is on offer.
    """

    name: str
    title: str
    help: str
    file_name: str
    mime: str
    make: Callable[[SettingSummary], str]
    computes: bool = False

    @property
    def ending(self) -> str:
        """What tells its files from others: `.html`, `.embed.html`."""
        return "".join(PurePath(self.file_name).suffixes)


DOCUMENTS = Catalogue(
    "document",
    (
        Document(
            name="report",
            title="Report",
            help=(
                "One page with the question, the chart, the sentences, who pays, what is "
                "promised and how to reproduce it. Open it and print it to make a PDF."
            ),
            file_name="report.html",
            mime="text/html",
            make=html_report,
        ),
        Document(
            name="model_card",
            title="Model card",
            help="The same numbers under the headings that model cards have, as Markdown.",
            file_name="model-card.md",
            mime="text/markdown",
            make=model_card,
        ),
        Document(
            name="embed",
            title="For a page",
            help=(
                "The front with its sentences and numbers, to paste into a page of your own. It "
                "loads plotly from its makers' server; without it, a drawing stands there."
            ),
            file_name="front.embed.html",
            mime="text/html",
            make=front_part,
        ),
        Document(
            name="notebook",
            title="Notebook",
            help="Jupyter cells that compute this setting again and compare it with the screen.",
            file_name="notebook.ipynb",
            mime="application/x-ipynb+json",
            make=notebook,
            computes=True,
        ),
        Document(
            name="script",
            title="Python script",
            help="The same as a single file for the command line.",
            file_name="explore.py",
            mime="text/x-python",
            make=script,
            computes=True,
        ),
        Document(
            name="scenario",
            title="Scenario file",
            help="The setting alone, as JSON; tradeoffs report and tradeoffs sweep read it with "
            "--scenario.",
            file_name="scenario.json",
            mime="application/json",
            make=lambda of: json.dumps(json.loads(of.here.to_json()), indent=2) + "\n",
            computes=True,
        ),
    ),
)
