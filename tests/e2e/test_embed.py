"""In a frame of somebody's page: neither menu nor title, but controls and charts."""

import http.server
import threading
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Server
from tradeoffs.report.iframe import iframe


@pytest.mark.parametrize("path", ["/?level=explore", "/lesson?lesson=small_town&step=1"])
def test_menu_and_title_are_hidden_and_controls_stay(open_page, site: Server, path):
    page = open_page(f"{site.url}{path}&embed=true")
    expect(page.locator("[role=slider], button").first).to_be_visible()
    expect(page.locator(".st-key-menu")).to_have_count(0)
    expect(page.locator("h1").first).to_be_hidden()


def test_the_frame_to_copy_leads_to_the_same_screen_without_menu(open_page, site: Server):
    page = open_page(f"{site.url}/lesson?lesson=small_town&step=2")
    page.get_by_text("For teachers").click()
    told = page.get_by_text("<iframe").first
    expect(told).to_contain_text("step=2")
    expect(told).to_contain_text("embed=true")
    expect(told).to_contain_text('title="Small town, big city"')


def test_a_front_for_a_page_draws_without_a_network_and_takes_plotly_where_it_is(
    browser, tmp_path, embedded
):
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=latin1>{embedded}")
    serving = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        address = f"http://127.0.0.1:{server.server_port}/page.html"
        page.route("https://cdn.plot.ly/**", lambda route: route.abort())
        page.goto(address)
        expect(page.locator("figure img")).to_be_visible()
        assert page.locator("figure img").evaluate("one => one.naturalWidth") > 0
        page.unroute("https://cdn.plot.ly/**")
        page.route("https://cdn.plot.ly/**", _plotly)
        page.goto(address)
        expect(page.locator("figure .main-svg").first).to_be_visible()
        page.close()
        server.shutdown()


def _plotly(route) -> None:
    """Answer with what plotly's server has: the file that the package brings."""
    from plotly.offline import get_plotlyjs

    headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
    route.fulfill(body=get_plotlyjs(), headers=headers)


@pytest.fixture(scope="module")
def embedded() -> str:
    from tradeoffs.api.setting_report import report

    return report(store=True, progress=False).document("embed")


def test_a_frame_keeps_the_setting_of_its_address():
    told = iframe("https://a.example/x/?rows=300&embed=true&pins=a%2Bb", "T")
    assert told.count("embed=true") == 1 and "rows=300&amp;pins=a%2Bb&amp;embed=true" in told
