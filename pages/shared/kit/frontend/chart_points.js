/**
 * The points of a chart as things: a ring around the one that is selected, letters at the pins, the
 * pick of a wish, and arrow keys that walk from point to point.
 *
 * What is drawn lies over plotly's drawing, so that nothing of it is drawn again.
 */

import * as choice from "./choice.js";
import { notFeasible } from "./feasible.js";
import { mark, translate } from "./language.js";
import { go, listen, pins, screen, select, toggle, you } from "./pins.js";
import { missing } from "./red_lines.js";
import { append, element } from "./view.js";

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ASIDE = 2; // a px aside counts as so many ahead
const KEYS = mark(
  "Points of the chart. Arrow keys go from point to point, Enter pins one, G moves the sliders " +
    "there, Escape clears the selection.",
);

export class ChartPoints {
  /**
   * @param box element of the chart, which gets the focus
   * @param plot of plotly; null until it is drawn
   */
  constructor(box, plot) {
    Object.assign(this, { box, plot });
    const role = { role: "application", tabindex: 0, "aria-label": translate(KEYS) };
    for (const [name, text] of Object.entries(role)) box.setAttribute(name, text);
    box.classList.add("points-chart");
    this.layer = append(box, "div", "points-layer", { "aria-hidden": "true" });
    this.faint = append(this.layer, "div");
    this.ring = append(this.layer, "div", "points-ring");
    this.wish = append(this.layer, "div", "points-pick");
    this.wish.textContent = translate("wish");
    this.letters = append(this.layer, "div");
    box.addEventListener("keydown", (event) => this.press(event));
    const stops = [choice.subscribe(() => this.draw()), listen({ onParts: () => this.draw() })];
    this.stop = () => stops.forEach((stop) => stop());
    this.draw();
  }

  /** Where every setting drawn stands, by its number, in px from the corner of the chart. */
  places() {
    const { data, _fullLayout: full } = this.plot() ?? {};
    const found = new Map();
    if (!full?.xaxis?.d2p) return found;
    for (const { customdata, x, y, visible } of data) {
      if (!customdata || visible === false || visible === "legendonly") continue;
      customdata.forEach((own, at) => {
        const place = { x: pixel(full.xaxis, x[at]), y: pixel(full.yaxis, y[at]) };
        if (Number.isFinite(place.x + place.y)) found.set(Array.isArray(own) ? own[0] : own, place);
      });
    }
    return found;
  }

  /** Draw ring and letters where the points are now, and a veil over what is left out. */
  draw() {
    const [places, { selected, pick }] = [this.places(), choice.get()];
    const out = this.leftOut().filter((number) => number !== you() && places.has(number));
    this.faint.replaceChildren(
      ...out.map((number) => put(element("div", "points-faint"), places.get(number))),
    );
    for (const [sign, number] of [[this.ring, selected], [this.wish, pick]]) {
      const place = places.get(number);
      sign.hidden = !place;
      if (place) put(sign, place);
    }
    const there = pins().filter(({ number }) => places.has(number));
    this.letters.replaceChildren(
      ...there.map(({ letter, number }) => put(element("div", "points-letter", letter), places.get(number))),
    );
  }

  /** The numbers of the settings that miss a red line, or that rules or a budget rule out, each once. */
  leftOut() {
    const { feasible, alternatives } = screen();
    const lines = choice.numbers(choice.get().at_least ?? "");
    const every = [...notFeasible(feasible, alternatives), ...missing(screen(), lines)];
    return [...new Set(every)];
  }

  press(event) {
    if (event.target !== this.box || event.altKey || event.ctrlKey || event.metaKey) return;
    const { selected } = choice.get();
    if (DIRECTIONS[event.key]) this.walk(selected, DIRECTIONS[event.key]);
    else if (event.key === "Escape" && selected !== null) select(null);
    else if (event.key === "Enter" && selected !== null) toggle(selected);
    else if (event.key.toLowerCase() === "g" && selected !== null) go(selected);
    else return;
    event.preventDefault();
  }

  /** Select the nearest point in a direction; without one that is selected, the sliders' own. */
  walk(from, [right, down]) {
    const places = this.places();
    const own = you();
    if (!places.has(from)) {
      const first = places.has(own) ? own : [...places.keys()][0];
      if (first !== undefined) select(first);
      return;
    }
    const at = places.get(from);
    let [nearest, least] = [null, Infinity];
    for (const [number, { x, y }] of places) {
      const ahead = (x - at.x) * right + (y - at.y) * down;
      const aside = Math.abs((x - at.x) * down) + Math.abs((y - at.y) * right);
      const far = ahead + ASIDE * aside;
      if (ahead > 0.5 && far < least) [nearest, least] = [number, far];
    }
    if (nearest !== null) select(nearest);
  }

  remove() {
    this.stop();
  }
}

const pixel = (axis, value) => axis._offset + axis.d2p(value);

function put(node, { x, y }) {
  node.style.translate = `${x}px ${y}px`;
  return node;
}
