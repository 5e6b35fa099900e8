"""Part of a page: the front of a setting with drawing, sentences, table and one script.

The drawing is there at once and stays where scripts are not run or plotly cannot be fetched; its
maker's server is asked for it, and the browser uses nothing but the very file that is meant.
"""

import json
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import escape
from typing import Any

from tradeoffs.language.current import language
from tradeoffs.language.translation import say
from tradeoffs.report.caption import source, subtitle
from tradeoffs.report.charts.figure_json import figure_json
from tradeoffs.report.charts.front_chart import named_in_words
from tradeoffs.report.charts.front_svg import front_svg
from tradeoffs.report.charts.hover import setting_text
from tradeoffs.report.charts.light_theme import in_light
from tradeoffs.report.charts.plotly_words import configuration
from tradeoffs.report.documents.setting_summary import SettingSummary
from tradeoffs.report.payload import Picture
from tradeoffs.report.sentences.value_text import value_text

HEIGHT = 420  # px
ADDRESS = "https://cdn.plot.ly/plotly-{version}.min.js"
SCRIPT = """(() => {{
const box = document.currentScript.previousElementSibling.querySelector("div");
const {{ data, layout }} = {figure};
const touched = {touched};
for (const one of data) one.hovertemplate = one.hovertemplate?.map((text) => text ?? touched);
const script = document.createElement("script");
script.src = "{address}";
script.integrity = "{integrity}";
script.crossOrigin = "anonymous";
script.onload = () => {{
  box.replaceChildren();
  Plotly.newPlot(box, data, layout, {configuration});
}};
document.head.append(script);
}})();"""
PART = """<figure lang="{language}" style="max-width:60rem;margin:1rem auto">
<p><strong>{title}</strong></p><p><small>{subtitle}</small></p>
<div role="img" aria-label="{alternative}"><img alt="" style="width:100%" src="{drawing}"/></div>
<figcaption>{sentences}<p><small>{source}{link}</small></p></figcaption>
<details><summary>{numbers}</summary><div style="overflow-x:auto">{table}</div></details>
</figure>
<script>{script}</script>
"""


def front_part(of: SettingSummary) -> str:
    """Return a part of a page, in ASCII, so that it reads alike in every encoding."""
    shown = of.picture
    drawing = b64encode(front_svg(shown.view, shown.alternative).encode()).decode()
    opened = escape(say("Open the setting"))
    link = f' <a href="{escape(of.link)}">{opened}</a>' if of.link else ""
    part = PART.format(
        language=language(),
        numbers=escape(say("The numbers")),
        title=escape(shown.finding or subtitle(shown.view)),
        subtitle=escape(subtitle(shown.view) if shown.finding else ""),
        alternative=escape(shown.alternative),
        drawing=f"data:image/svg+xml;base64,{drawing}",
        sentences="".join(f"<p>{escape(one)}</p>" for one in shown.sentences[: shown.leading]),
        source=escape(source(shown.view)),
        link=link,
        table=_table(shown),
        script=_script(shown),
    )
    return part.encode("ascii", "xmlcharrefreplace").decode()


def _script(shown: Picture) -> str:
    """Return what fetches plotly and draws; curves along a slider are left out."""
    from plotly.offline import get_plotlyjs, get_plotlyjs_version

    every = named_in_words(shown.figure["data"])
    drawn = [one for one in every if one.get("visible") is not False]
    figure = figure_json(in_light({**shown.figure, "data": drawn}).to_dict())
    figure["layout"] |= {"height": HEIGHT, "showlegend": True}
    touched = _shared(figure["data"])
    digest = b64encode(sha256(get_plotlyjs().encode()).digest()).decode()
    return SCRIPT.format(
        figure=_as_script(figure),
        touched=_as_script(touched),
        address=ADDRESS.format(version=get_plotlyjs_version()),
        configuration=configuration(),
        integrity=f"sha256-{digest}",
    )


def _shared(traces: list[dict[str, Any]]) -> str:
    """Take the text that most marks say when touched out of them, and return it: it is long."""
    lists = [one["hovertemplate"] for one in traces if "hovertemplate" in one]
    ((most, _),) = Counter(text for one in lists for text in one).most_common(1)
    for one in lists:
        one[:] = [None if text == most else text for text in one]
    return most


def _as_script(content: Any) -> str:
    return json.dumps(content, separators=(",", ":")).replace("</", "<\\/")


def _table(shown: Picture) -> str:
    """Return every setting that is drawn, with both objectives and how it stands to the front."""
    axes = (shown.view.x, shown.view.y)
    head = (
        f'<th scope="col">{escape(one)}</th>'
        for one in (say("Setting"), *(axis.title for axis in axes), "")
    )
    rows = (
        f'<tr><th scope="row">{escape(setting_text(point))}</th>'
        f"{''.join(f'<td>{escape(value_text(one, point[one.column]))}</td>' for one in axes)}"
        f"<td>{escape(point['standing_words'])}</td></tr>"
        for point in shown.view.points
    )
    return f"<table><thead><tr>{''.join(head)}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
