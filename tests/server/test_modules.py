"""The scripts of a page's elements, and what they import, are named in its HTML once."""

from pathlib import Path

from streamlit.file_util import get_static_dir

from server.modules import ELEMENTS, preloads


def test_what_a_script_imports_is_fetched_with_it_unless_the_page_names_it(tmp_path):
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<link href="./static/js/base.1.js">')
    (folder / "Radio.2.js").write_text('import{a}from"./base.1.js";import"./label.3.js";')
    (folder / "label.3.js").write_text('import{r}from"./Radio.2.js";import(`./later.4.js`)')
    (folder / "later.4.js").write_text("")
    html = preloads(tmp_path, ["Radio", "Nowhere"])
    assert [part.split('"')[0] for part in html.split('href="./static/js/')[1:]] == [
        "Radio.2.js",
        "label.3.js",
    ]


def test_streamlit_has_a_script_of_each_element():
    html = preloads(Path(get_static_dir()))
    assert all(f"/{name}." in html for name in ELEMENTS)
