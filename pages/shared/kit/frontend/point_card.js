/** The card of the selected point: its setting, values, groups, and what its models look at. */

import { interval, percent, value } from "./format.js";
import { mark, translate } from "./language.js";
import { explain, go, select, toggle } from "./pins.js";
import { writeInterval } from "./scale.js";
import { append, element, say } from "./view.js";

const HINT = mark(
  "Select a point to see its setting, its values and its groups: click it in a picture, or focus " +
    "the chart and use the arrow keys.",
);
const LOOKS = mark(
  "How far each feature moves the models’ answers away from the average person, as a share of all " +
    "features; means over seeds with their 95 % interval over seeds.",
);
const KEYS = {
  go: mark("{action} (G in the chart)"),
  pin: mark("{action} (Enter in the chart)"),
  clear: mark("{action} (Escape in the chart)"),
};
const NOTHING = mark("What its models look at is not measurable, or not there yet.");

export class PointCard {
  constructor(root) {
    root.setAttribute("aria-label", translate("Selected point"));
    this.hint = append(root, "p", "screen-note");
    this.hint.textContent = translate(HINT);
    this.box = append(root, "div", "point-box");
    this.box.hidden = true; // until there is a point to tell
    const head = append(this.box, "header", "point-head");
    this.title = append(head, "h3");
    this.buttons = append(head, "div", "point-buttons");
    this.go = this.button(translate("Go there"), KEYS.go, () => go(this.number));
    this.pin = this.button(translate("Pin"), KEYS.pin, () => toggle(this.number));
    this.close = this.button(translate("Clear selection"), KEYS.clear, () => select(null));
    this.values = append(this.box, "dl", "point-values");
    this.notes = append(this.box, "ul", "point-notes");
    this.groups = append(this.box, "div", "point-groups");
    this.looks = append(this.box, "details", "point-looks");
    append(this.looks, "summary").textContent = translate("What its models look at");
    this.features = append(this.looks, "div");
    this.looks.addEventListener("toggle", () => this.looks.open && explain());
  }

  button(text, key, onClick) {
    const one = append(this.buttons, "button", "point-button", { type: "button" });
    one.textContent = text;
    one.title = translate(key, { action: text });
    one.addEventListener("click", onClick);
    return one;
  }

  /** Draw the point of a number; `looked` is the part features, or nothing yet. */
  draw(screen, number, pins, looked) {
    const own = screen.values?.[number];
    this.number = number;
    const focused = this.box.contains(document.activeElement);
    this.hint.hidden = Boolean(own);
    this.box.hidden = !own;
    if (!own && focused) document.querySelector(".points-chart")?.focus();
    if (!own) return;
    const there = pins.find((one) => one.number === number);
    const yours = number === screen.you;
    say(this.title, yours ? translate("Your setting") : capital(screen["changes in words"]?.[number] ?? ""));
    this.go.hidden = yours;
    say(this.pin, there ? translate("Unpin {letter}", there) : translate("Pin"));
    this.values.replaceChildren(...screen.objectives.map((one) => measured(one, own[one.name])));
    const notes = screen.notes?.[number] ?? []; // only of the chart's points
    this.notes.hidden = !notes.length;
    this.notes.replaceChildren(...notes.map((text) => element("li", "", capital(text))));
    this.groups.replaceChildren(...rates(screen.groups?.[number]));
    this.features.replaceChildren(...shares(looked, number));
  }
}

function measured(objective, told) {
  const one = element("div");
  one.append(element("dt", "", objective.title));
  one.append(element("dd", "point-value", value(objective, told?.[0])));
  const below = told ? writeInterval(objective, told) : objective.undefined;
  if (below) one.append(element("dd", "point-interval", below));
  return one;
}

/** How often each group is told yes, with intervals. */
function rates(groups) {
  if (!groups?.length) return [];
  const list = element("ul", "point-bars");
  list.append(...groups.map(([name, rate, low, high]) => bar(name, rate, low, high)));
  return [element("h4", "", translate("Favourable decisions by group")), list];
}

function shares(part, number) {
  if (!part) return [element("p", "screen-note", translate("What they look at is being read."))];
  const own = part.shares[number];
  if (!own)
    return [element("p", "screen-note", translate(NOTHING))];
  const list = element("ul", "point-bars");
  list.append(...own.map(([place, mean, low, high]) => bar(part.titles[place], mean, low, high)));
  return [element("p", "screen-note", translate(LOOKS)), list];
}

/** A share as a bar with its interval, said in words beside it. */
function bar(name, share, low, high) {
  const one = element("li");
  const ends = typeof low === "number" ? ` (${interval({ share: true }, [share, low, high])})` : "";
  const drawn = append(one, "span", "point-bar", { "aria-hidden": "true" });
  drawn.style.setProperty("--share", share);
  if (ends) {
    drawn.style.setProperty("--low", Math.max(low, 0));
    drawn.style.setProperty("--high", Math.min(high, 1));
  }
  drawn.classList.toggle("ranged", Boolean(ends));
  one.prepend(element("span", "", name));
  append(one, "span").textContent = `${percent(share)}${ends}`;
  return one;
}

/** A text with a capital letter, but for a symbol: ε is none at the beginning either. */
const capital = (text) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
