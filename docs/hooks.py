"""Hooks of the documentation: executed notebooks as pages, and what is made from the code."""

import json
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from annotated_types import Ge, Le

import tradeoffs
from tradeoffs import settings
from tradeoffs.catalogue import Catalogue
from tradeoffs.cli import EXIT_CODES, parser
from tradeoffs.fields import FIELDS, ScenarioFields
from tradeoffs.report.methodology import methods
from tradeoffs.rooms.local_privacy import chances, largest_error
from tradeoffs.rooms.rounds import EPSILONS, PEOPLE
from tradeoffs.rooms.workshop_script import script_text

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

FIGURE = "application/vnd.plotly.v1+json"
DRAW = """<script src="plotly.min.js"></script>
<script>
for (const place of document.querySelectorAll(".figure")) {
  const figure = JSON.parse(place.firstElementChild.textContent);
  Plotly.newPlot(place, figure.data, figure.layout, {responsive: true, displaylogo: false});
}
</script>"""


def on_files(files: "Files", config: Any) -> "Files":
    """Put the page of each notebook in its place, and what draws their figures beside them."""
    from mkdocs.structure.files import File
    from plotly.offline import get_plotlyjs

    for one in list(files):
        if one.src_uri.endswith(".ipynb"):
            page = notebook(json.loads(one.content_string))
            files.append(File.generated(config, f"{one.src_uri[:-6]}.md", content=page))
    script = File.generated(config, "notebooks/plotly.min.js", content=get_plotlyjs())
    files.append(script)
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Fill in what is made from the code, where a page says {{ name }}."""
    for name, make in MADE.items():
        if f"{{{{ {name} }}}}" in markdown:
            markdown = markdown.replace(f"{{{{ {name} }}}}", make())
    return markdown


def notebook(content: dict[str, Any]) -> str:
    """Return a notebook as a page: texts, code, and what the code showed."""
    parts = []
    for cell in content["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
        else:
            parts += [f"```python\n{source}\n```", *map(output, cell["outputs"])]
    return "\n\n".join([*parts, DRAW])


def output(shown: dict[str, Any]) -> str:
    """Return one output of a cell: its figure, its HTML or its text; no progress bars."""
    data = shown.get("data", {})
    if FIGURE in data:
        figure = json.dumps(data[FIGURE]).replace("</", "<\\/")
        return f'<div class="figure"><script type="application/json">{figure}</script></div>'
    if "text/html" in data:
        return f'<div class="output">{"".join(data["text/html"])}</div>'
    if shown.get("name") == "stderr":
        return ""
    return f"```text\n{''.join(shown.get('text') or data['text/plain'])}\n```"


def fields() -> str:
    """Return the fields of a scenario as a Markdown table."""
    lines = ["| field | term | what it is | bounds | default |", "|---|---|---|---|---|"]
    for name, info in ScenarioFields.model_fields.items():
        ends = [one.ge if isinstance(one, Ge) else one.le for one in info.metadata if ends_at(one)]
        bounds = " to ".join(f"{end:,}" for end in ends)
        default = "none" if info.default is None else info.default
        one = FIELDS[name]
        default = "-" if default == () else default
        lines.append(f"| `{name}` | {one.title} | {one.help} | {bounds} | {default} |")
    return "\n".join(lines)


def ends_at(part: object) -> bool:
    """Say whether a part of a type is a bound of numbers."""
    return isinstance(part, (Ge, Le))


def api() -> str:
    """Return what asks mkdocstrings for every public name, and lists the entries of catalogues."""
    parts = []
    for name in tradeoffs.__all__:
        found = getattr(tradeoffs, name)
        if isinstance(found, Catalogue):
            lines = [f"| `{one}` | {entry.title} |" for one, entry in found.items()]
            parts += [f"## {name}", "\n".join(["| name | title |", "|---|---|", *lines])]
        elif not isinstance(found, str):
            home = f"{found.__module__}.{found.__name__}"
            parts.append(f"::: {home}\n    options:\n      heading: {name}")
    return "\n\n".join(parts)


def methodology() -> str:
    """Return the parts of the app's page Methods."""
    parts = []
    for one in methods():
        parts += [f"## {one.title}", "\n".join(f"- {line}" for line in one.lines)]
        if one.table is not None:
            parts.append(one.table.to_html(index=False, border=0))
    return "\n\n".join(parts)


def commands() -> str:
    """Return the exit codes, and the help of every command and its actions."""
    lines = [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    helps = [f"## {one.prog}\n\n```text\n{one.format_help()}```" for one in parsers(parser())]
    return "\n\n".join(["\n".join(["| exit code | means |", "|---|---|", *lines]), *helps])


def parsers(whole: ArgumentParser) -> Iterator[ArgumentParser]:
    """Yield the parsers of all commands that do something themselves."""
    groups = [one for one in whole._actions if isinstance(one, _SubParsersAction)]
    if not any(group.required for group in groups):
        yield whole
    for group in groups:
        for one in group.choices.values():
            yield from parsers(one)


def epsilons() -> str:
    """Return the rows of a table: of each epsilon that a room can vote for, what it costs."""
    return "\n".join(
        f"| {epsilon:g} | {100 * chances(epsilon, 2)[0]:.0f} % | "
        f"{100 * largest_error(epsilon, PEOPLE):.0f} points |"
        for epsilon in EPSILONS
    )


MADE = {
    "api": api,
    "commands": commands,
    "epsilons": epsilons,
    "fields": fields,
    "methods": methodology,
    "script": script_text,
    "settings": settings.table,
}
