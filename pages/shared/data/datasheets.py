"""The screen of the page Data: a table's sizes, base rates, licence, terms and datasheet."""

import re
from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.data.upload import upload
from pages.shared.kit.bars import bars, legend, numbers
from pages.shared.kit.download import download
from pages.shared.settings import visitor_table, wording
from tradeoffs import settings
from tradeoffs.data.catalogue import Dataset, dataset
from tradeoffs.data.codebook_words import word, words
from tradeoffs.data.coding import Grouping
from tradeoffs.data.composition import Stratum, rate_text, strata
from tradeoffs.data.load import load_encoded
from tradeoffs.data.table_handle import is_own
from tradeoffs.errors import TradeoffsError
from tradeoffs.fields import FIELDS
from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.message import Message
from tradeoffs.paths import DATA
from tradeoffs.report.data_panels import column_panels, finding, group_panels
from tradeoffs.report.text import capital

if TYPE_CHECKING:
    import pandas as pd

SHORT = 6  # columns that are drawn at once
READING = "Bars of one chart have the same scale; lines on them are 95 % intervals."
_HEADING = re.compile(r"^(#+ )", re.MULTILINE)


def datasheets() -> None:
    """Draw the page: the own table first where there may be one, then the chosen table."""
    try:
        if settings.UPLOADS.read() and st.get_option("server.maxUploadSize"):
            with st.expander(
                say("Your own table (CSV, Excel, Parquet)"),
                expanded=visitor_table.own_name() is not None,
            ):
                upload()
        _table(_chosen())
    except TradeoffsError as error:
        st.error(wording.sentence(error))


def _chosen() -> Dataset:
    names = visitor_table.tables()
    mine = visitor_table.own_name()
    name = st.selectbox(
        FIELDS["dataset"].title,
        names,
        index=len(names) - 1 if mine else 0,
        format_func=lambda one: dataset(one).title,
        key=f"table {mine}",  # a new own table is shown at once
    )
    return dataset(visitor_table.named(name))


def _table(data: Dataset) -> None:
    book = data.codebook
    st.header(data.title)
    st.write(data.help)
    for warning in visitor_table.cautions(data.name):
        st.warning(wording.rephrase(warning))
    label, protected = _compared(data)
    parts = strata(load_encoded(data.name), label)
    _pictures(data, label, protected, parts)
    _parts(data, label, parts)
    st.markdown(
        say(
            "**Source** {source}  \n**Licence** {licence}", source=book.source, licence=book.licence
        )
    )
    if book.terms:
        st.markdown(say("**Terms of use, which travel with the data**"))
        st.text(book.terms)
    _limits(data)
    _link(data, label)
    _sheet(data)


def _compared(data: Dataset) -> tuple[str, str]:
    """Draw what is asked of people and between which groups; return label and attribute."""
    titles = {one.name: one.title for one in data.codebook.protected}
    left, right = st.columns(2)
    label = left.selectbox(
        FIELDS["label"].title,
        data.labels,
        format_func=lambda one: data.label(one).title,
        key=f"label of {data.name}",
    )
    protected = right.selectbox(
        FIELDS["protected"].title,
        list(titles),
        format_func=titles.__getitem__,
        key=f"groups in {data.name}",
    )
    return label, protected


def _pictures(data: Dataset, label: str, protected: str, parts: list[Stratum]) -> None:
    """Draw who is in the table, how many of them are yes, and what else tells groups apart."""
    chosen = data.label(label)
    (by,) = (one.title for one in data.codebook.protected if one.name == protected)
    st.markdown(f"### {finding(parts, by, chosen.title)}")
    st.caption(
        say(
            "{question} {derivation}. Favourable: {answer}.",
            question=word(chosen.question),
            derivation=capital(word(chosen.derivation)),
            answer=word(chosen.wanted),
        )
    )
    people = group_panels(parts, by, chosen.title)
    columns = column_panels(data.name, label, protected)
    bars(people)
    st.markdown(say("### Every column, by {attribute}", attribute=by))
    if len(columns[0].of.parts) == 2:
        legend(words(columns[0].of.parts))
    bars(columns[:SHORT])
    if rest := columns[SHORT:]:
        with st.expander(say("{n} more columns", n=len(rest))):
            bars(rest)
    st.caption(translate(READING))
    numbers([*people, *columns], f"{data.name}_distributions.csv")


def _parts(data: Dataset, label: str, parts: list[Stratum]) -> None:
    """Draw the sizes of the groups and how many of each are yes."""
    st.markdown(say("**How many there are, and how many of them have a positive outcome**"))
    st.dataframe(_sizes(data, parts), hide_index=True, height="content")
    told = [say("A share of fewer than 30 rows is not measurable.")]
    if weight := data.codebook.weight:
        told.append(say("Shares are weighted by “{weight}”.", weight=weight))
    if is_own(data.name):
        told.append(wording.rephrase(Message("counts")))
    st.caption(" ".join(told))

    def sizes() -> "pd.DataFrame":
        with in_language(ENGLISH):
            return _sizes(data, strata(load_encoded(data.name), label))

    download(sizes, "groups.csv", say("Download these sizes"))


def _sizes(data: Dataset, parts: list[Stratum]) -> "pd.DataFrame":
    """Return the sizes of the groups in words."""
    import pandas as pd

    columns = {
        say("by"): [word(part.by) for part in parts],
        say("group"): [word(part.group) for part in parts],
        say("rows"): [part.rows for part in parts],
        say("with an answer"): [part.answered for part in parts],
        say("of these for training"): [part.train for part in parts],
        say("share of positive outcomes (95 %)"): [rate_text(part) for part in parts],
    }
    if is_own(data.name):  # a group of one would tell whether that person is trained on
        del columns[say("of these for training")]
    return pd.DataFrame(columns)


def _limits(data: Dataset) -> None:
    """Say what the table can show and what not, as its codebook and sizes tell."""
    book = data.codebook
    told = [
        _place(book.place),
        _time(book.time),
        say(
            "{unit} Models see {columns} columns.",
            unit=_unit(book.unit, own=is_own(data.name)),
            columns=len(book.features),
        ),
    ]
    if len(book.labels) > 1:
        told.append(
            say("What is predicted can be chosen from {labels} labels.", labels=len(book.labels))
        )
    st.markdown(say("**What it can and cannot show**"))
    st.markdown("\n".join(f"- {line}" for line in told))


def _unit(unit: str, *, own: bool) -> str:
    if not own:
        return say("One row is one {unit}.", unit=translate(unit))
    return wording.rephrase(Message("person") if unit == "person" else Message("row"))


def _place(grouping: Grouping | None) -> str:
    if grouping is None:
        return say("The place of a row is not recorded: nothing can be said about another place.")
    return say(
        "The place of a row is recorded ({count}): people can be compared by it.",
        count=len(grouping.names),
    )


def _time(grouping: Grouping | None) -> str:
    if grouping is None:
        return say("The time of a row is not recorded: nothing can be said about another time.")
    return say(
        "The time of a row is recorded ({count}): people can be compared by it.",
        count=len(grouping.names),
    )


def _link(data: Dataset, label: str) -> None:
    st.page_link(
        "app.py",
        label=say("Open in the Explorer"),
        query_params={"dataset": data.name, "label": label, "protected": data.protected[0]},
    )


def _sheet(data: Dataset) -> None:
    """Draw the datasheet of a bundled table, or the codebook of an own one."""
    import pandas as pd

    if is_own(data.name):
        for note in visitor_table.import_notes()[0]:
            st.caption(wording.rephrase(note))
        features = data.codebook.features
        bins = {
            say("column"): [f.title for f in features],
            say("bins"): [semicolon_text(words(f.bins)) for f in features],
        }
        st.dataframe(pd.DataFrame(bins), hide_index=True)
        st.download_button(
            say("Download this codebook (JSON)"),
            data.codebook.model_dump_json(indent=1),
            file_name="codebook.json",
            mime="application/json",
            on_click="ignore",
        )
        return
    with st.expander(say("Datasheet")):
        text = (DATA / f"{data.name}.md").read_text(encoding="utf-8")
        with st.container(key="datasheet"):  # follow.js says in which language it is
            st.markdown(_HEADING.sub(r"##\1", text))
