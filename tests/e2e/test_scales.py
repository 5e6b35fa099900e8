"""Parallel scales in a browser: red lines, what counts in dominance, and the setting before."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server

FOLDER = """() => performance.getEntriesByType("resource").map((one) => one.name)
    .find((name) => name.endsWith("/choice.js"))?.replace("choice.js", "")"""
HANDLE = "Red line: "
# Few settings with few values, so that red lines often conflict, and some are not measurable.
LAWS = """async (folder) => {
  const { conflict, keeps, left, sentences } = await import(folder + "red_lines.js");
  const { place, stepAt, steps } = await import(folder + "scale.js");
  const objectives = [
    { name: "a", better: "high", scale: "linear", low: 0, high: 1 },
    { name: "b", better: "low", scale: "log", low: 0.05, high: 50, infinity: "none" },
    { name: "c", better: "low", scale: "linear", low: 0, high: 0.25 },
  ];
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const pick = (list) => list[Math.floor(random() * list.length)];
  const remain = (of, lines) => left(of, lines).length;
  const faults = [];
  for (let round = 0; round < 300; round += 1) {
    const numbers = [...Array(4).keys()];
    const value = (one) => (random() < 0.2 ? null : [pick([...steps(one).slice(1), "inf"])]);
    const values = numbers.map(() => Object.fromEntries(objectives.map((o) => [o.name, value(o)])));
    const of = { numbers, values };
    const strict = (objective) => pick(steps(objective).slice(1));
    const lines = objectives.map((objective) => ({ objective, line: strict(objective) }));
    const few = conflict(of, lines);
    if (few.length ? remain(of, few) : !remain(of, lines)) faults.push("no conflict");
    const smaller = (n) => few.filter((_, k) => k !== n);
    if (few.some((_, n) => few.length > 1 && !remain(of, smaller(n)))) faults.push("not smallest");
  }
  for (const objective of objectives) {
    const every = steps(objective);
    const places = every.slice(1).map((one) => place(objective, one));
    if (places.some((at, k) => k && at <= places[k - 1])) faults.push("stricter is not higher");
    if (every.some((one) => one !== null && stepAt(objective, place(objective, one)) !== one))
      faults.push("a step is not found where it stands");
  }
  const none = { b: ["inf", null, null] };
  if (keeps(none, objectives[1], 50) || place(objectives[1], Infinity) !== 0)
    faults.push("no promise keeps a bound on epsilon");
  const some = { numbers: [0, 1], values: [{ a: [0.5], b: [1.00004] }, { a: null, b: [2] }] };
  const [a, b] = objectives.map((one) => ({ ...one, title: `Value ${one.name}` }));
  const front = { numbers: new Set([0]), hypervolume: 0.25 };
  const line = { objective: b, line: 0.9999 };
  const kept = { objective: a, line: 0.4 };
  const own = { ...some, mine: { a: [0.3], b: [1] } };
  const told = [[], [line]].map((lines) => sentences(some, lines, front, [a, b]));
  return { faults, told: [...told, sentences(own, [kept], front, [a, b])] };
}"""
TOLD = [
    [
        "1 of 2 settings is on the front of value a and value b.",
        "1 setting has no value a and is not compared.",
        "Hypervolume 0.250.",
    ],
    [
        "None of 2 settings is left.",
        "No setting keeps value b at most 1: the best has 1.00004.",
        "1 setting has no value a and is not compared.",
        "Hypervolume 0.250.",
    ],
    [
        "1 of 2 settings is left; 1 of them is on the front.",
        "Your own setting misses value a at least 0.4.",
        "1 setting has no value a and is not compared.",
        "Hypervolume 0.250.",
    ],
]


def sentence(page: Page) -> str:
    return page.locator(".scales-told").inner_text()


def left(page: Page) -> int:
    """Return how many settings are left."""
    told = re.match(r"(None|\d+) of \d+ settings? (is|are) left", sentence(page))
    assert told, sentence(page)
    return 0 if told[1] == "None" else int(told[1])


def test_red_lines_follow_the_keys_and_say_which_of_them_conflict(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore")
    page.locator(".scales-you").wait_for(state="attached")
    found = page.evaluate(LAWS, page.wait_for_function(FOLDER).json_value())
    assert found == {"faults": [], "told": TOLD}
    accuracy = page.get_by_role("slider", name=f"{HANDLE}Accuracy")
    expect(accuracy).to_have_attribute("aria-valuetext", "no red line")
    accuracy.press("ArrowUp")
    expect(page.locator(".scales-bound")).to_have_text(["at least", re.compile(r"^\d+(\.\d)? %$")])
    few = left(page)
    accuracy.press("PageUp")
    assert left(page) <= few
    accuracy.press("End")
    assert left(page) == 0
    assert "the best has 8" in sentence(page)  # one red line alone that nobody keeps
    page.wait_for_url("**at_least=accuracy**")
    page.locator(".points-layer").wait_for(state="attached")
    assert page.locator(".points-faint").count() > 20  # in the large chart too
    accuracy.press("ArrowDown")
    accuracy.press("ArrowDown")
    gap = page.get_by_role("slider", name=f"{HANDLE}Gap in selection rates")
    gap.press("End")
    for _ in range(6):
        gap.press("ArrowDown")
    expect(page.locator(".scales-told")).to_contain_text("keeps these red lines together: accuracy")
    expect(page.locator(".scales-told")).to_contain_text("Without the red line on")
    page.get_by_role("button", name="Remove all red lines").click()
    expect(page.locator(".scales-told")).to_contain_text("on the front of accuracy, gap")


def test_what_is_ticked_decides_the_front_and_a_line_the_selection(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore&counted=accuracy%2Bfairness%2Bprivacy")
    page.locator(".scales-you").wait_for(state="attached")
    expect(page.locator(".scales-told")).to_contain_text("gap in selection rates and privacy")
    before = sentence(page), page.locator(".scales-line.front").count()
    page.get_by_label("Privacy budget (epsilon)", exact=True).uncheck()
    expect(page.locator(".scales-told")).to_contain_text("accuracy and gap in selection rates.")
    assert before != (sentence(page), page.locator(".scales-line.front").count())
    told = re.match(r"(\d+) of", sentence(page))
    assert told and int(told[1]) == page.locator(".scales-line.front").count()
    expect(page.get_by_label("Accuracy", exact=True)).to_be_disabled()  # two at least
    page.get_by_label("Model parameters", exact=True).check()
    expect(page.get_by_role("slider", name=f"{HANDLE}Model parameters")).to_be_visible()
    page.wait_for_url("**counted=accuracy%2Bfairness%2Bcost**")
    box = page.locator(".scales-box").bounding_box()
    assert box is not None
    own = page.locator(".yours .scales-readout").all_inner_texts()
    page.mouse.click(box["x"] + 0.2 * box["width"], box["y"] + 0.3 * box["height"])
    expect(page.locator(".scales-selected")).to_have_count(1)
    other = page.locator(".scales-other .scales-words")
    expect(other).to_have_text(re.compile("^Selected: .*no shift"))
    assert page.locator(".yours .scales-readout").all_inner_texts() == own  # yours stay
    bar = page.get_by_role("group", name="Selected setting")
    bar.get_by_role("button", name="Show").click()
    expect(page.locator(".point-box")).to_be_in_viewport()
    expect(page.locator(".point-card")).to_be_focused()
    expect(bar).to_be_hidden()
    page.get_by_role("link", name="Glossary").click()
    page.get_by_role("link", name="Explorer").click()
    page.locator(".scales-you").wait_for(state="attached")
    expect(page.get_by_text("Drag a triangle")).to_be_visible()
    expect(other).to_be_hidden()  # whoever comes back has nothing selected


def test_the_setting_before_stays_and_scales_keep_their_ends(open_page, site: Server):
    page = open_page(f"{site.url}/?level=story")
    page.locator(".scales-you").wait_for(state="attached")
    ends = page.locator(".scales-number").all_inner_texts()
    was = page.locator(".scales-you").get_attribute("d")
    page.get_by_role("slider").first.press("ArrowLeft")
    expect(page.locator(".scales-before")).to_have_attribute("d", was or "")
    expect(page.locator(".scales-arrow").first).to_be_attached()
    assert set(ends) <= set(page.locator(".scales-number").all_inner_texts())
    assert page.locator(".scales-handle, .scales-tick").count() == 0  # to read alone


def test_a_pair_becomes_the_large_chart_and_follows_what_counts(open_page, site: Server):
    page = open_page(f"{site.url}/?level=explore")
    pairs = page.get_by_role("group", name="Pairs of objectives").get_by_role("button")
    expect(pairs).to_have_count(6)
    expect(pairs.first).to_have_attribute("aria-pressed", "true")
    chosen = page.get_by_role("button", name="Gap in selection rates and privacy budget (epsilon)")
    chosen.press("Enter")
    page.wait_for_url("**x=privacy&y=fairness**")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(pairs.first).to_have_attribute("aria-pressed", "false")
    page.get_by_label("Model parameters", exact=True).check()
    expect(pairs).to_have_count(10)
