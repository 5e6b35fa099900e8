"""Choose in a browser: by keys alone a wish picks a setting, which all pictures then mark."""

from playwright.sync_api import expect

from tests.e2e.conftest import Server


def test_points_given_by_keys_mark_their_pick_in_the_pictures_and_a_step_goes_there(
    open_page, site: Server
):
    page = open_page(f"{site.url}/?level=explore")
    page.locator(".scales-you").wait_for(state="attached")
    expect(page.locator(".scales-pick")).to_have_count(0)
    page.get_by_role("radio", name="Choose").press("Enter")
    points = page.get_by_role("slider", name="Gap in selection rates: points")
    points.press("End")
    page.wait_for_url("**wish=points*")
    expect(points).to_be_focused()
    expect(page.locator(".scales-pick")).to_have_count(1)
    expect(page.get_by_text("meets your wish best is:")).to_be_visible()
    page.get_by_role("button", name="Fairness: groups treated alike; accuracy").press("Enter")
    page.wait_for_url("**max_gap=0.02*")
    page.get_by_role("radio", name="Target values").press("Enter")
    page.wait_for_url("**by%3Aaspiration*")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
