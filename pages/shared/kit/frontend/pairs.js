/**
 * Every pair of objectives as a small chart, better to the right and up; a click makes it the large
 * one.
 *
 * Red lines, the selection and pins are drawn at once, without the server. pairs.css has the look.
 */

import { get, go, numbers, subscribe } from "./choice.js";
import { mark, translate } from "./language.js";
import { listen, pins } from "./pins.js";
import { left, redLines } from "./red_lines.js";
import { lower, mean, place } from "./scale.js";
import { shape } from "./scale_lines.js";
import { Settings } from "./settings.js";
import { append, attach } from "./view.js";

const TOLD = mark(
  "Two objectives at a time, better up and to the right; what stands out is on the front, as the " +
    "large chart draws it. A click makes a pair the large chart.",
);
const SIZE = { width: 120, height: 84, pad: 7 }; // of a small chart, in its own unit

export const pairs = (component) => attach(component, (root) => new Pairs(root));

class Pairs {
  constructor(root) {
    Object.assign(this, { root, settings: new Settings(), charts: new Map() });
    append(root, "p", "pairs-told").textContent = translate(TOLD);
    this.grid = append(root, "div", "pairs", { role: "group", "aria-label": translate("Pairs of objectives") });
    const onParts = () => this.mark();
    this.ends = [subscribe(onParts), listen({ onParts })];
  }

  draw(parts) {
    this.axes = parts.axes ?? this.axes;
    if (this.settings.update(parts)) this.redraw();
    this.root.classList.toggle("old", this.settings.stale);
  }

  remove() {
    for (const end of this.ends) end();
  }

  redraw() {
    this.shown = this.settings.shown(get());
    const wanted = couples(this.shown);
    const names = wanted.map(([y, x]) => `${x.name} ${y.name}`);
    for (const [name, chart] of this.charts) {
      if (names.includes(name)) continue;
      chart.button.remove();
      this.charts.delete(name);
    }
    wanted.forEach(([y, x], k) => {
      if (!this.charts.has(names[k])) this.charts.set(names[k], new Pair(this.grid));
      const chart = this.charts.get(names[k]);
      this.grid.append(chart.button); // in their order
      chart.draw(this.settings, x, y, this.axes);
    });
    this.mark();
  }

  /** Show the marks of choice.js; only where other objectives are wanted is all drawn anew. */
  mark() {
    const { settings } = this;
    if (!settings.objectives) return;
    if (settings.shown(get()).length !== this.shown.length) return void this.redraw();
    const lines = redLines(settings.objectives, numbers(get().at_least));
    const { selected, pick } = get();
    const kept = settings.admitted(left(settings, lines));
    const marks = { left: kept, selected, pick, pins: pins() };
    for (const chart of this.charts.values()) chart.mark(marks);
  }
}

/** One pair: a button with a chart on it. */
class Pair {
  constructor(parent) {
    this.button = append(parent, "button", "pair", { type: "button" });
    const box = { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, "aria-hidden": "true" };
    this.svg = shape(this.button, "svg", "", box);
    this.up = append(this.button, "span");
    this.right = append(this.button, "span");
  }

  draw(settings, x, y, axes = []) {
    Object.assign(this, { settings, x, y });
    const large = axes.includes(x.name) && axes.includes(y.name);
    this.button.setAttribute("aria-pressed", large);
    this.button.setAttribute("aria-label", translate("{up} and {right}", { up: y.title, right: lower(x) }));
    this.button.onclick = () => go({ x: x.name, y: y.name });
    [this.up.textContent, this.right.textContent] = [`↑ ${y.title}`, `→ ${x.title}`];
    this.drawPoints(settings.pair([y, x]));
    this.marked = shape(this.svg, "g");
    this.drawBefore();
    this.drawBaseline(this.at(settings.values[settings.baseline]));
    this.circle(this.svg, this.at(settings.mine), 4.5, "pair-you");
  }

  drawPoints(front) {
    const { values, numbers: every } = this.settings;
    const { width, height, pad } = SIZE;
    this.svg.replaceChildren();
    const axes = `M${pad - 3},${pad - 3}V${height - pad + 3}H${width - pad + 3}`;
    shape(this.svg, "path", "pair-axes", { d: axes });
    this.points = new Map();
    for (const number of every) {
      const point = this.circle(this.svg, this.at(values[number]), 1.8, "pair-point");
      if (!point) continue;
      point.classList.toggle("front", front.has(number));
      this.points.set(number, point);
    }
  }

  drawBefore() {
    const { before, mine } = this.settings;
    const [from, to] = [this.at(before), this.at(mine)];
    if (from && to) shape(this.svg, "path", "pair-before", { d: `M${from}L${to}` });
  }

  drawBaseline(at) {
    if (at) shape(this.svg, "path", "pair-baseline", { d: `M${at}m-3,-3l6,6m0,-6l-6,6` });
  }

  mark({ left: kept, selected, pick, pins: pinned }) {
    for (const [number, point] of this.points) point.classList.toggle("out", !kept.has(number));
    this.marked.replaceChildren();
    for (const { number } of pinned) this.ring(number, "pair-pin");
    this.ring(pick, "pair-pick");
    this.ring(selected, "pair-selected");
  }

  ring(number, className) {
    this.circle(this.marked, this.at(this.settings.values[number]), 4, className);
  }

  circle(parent, at, r, className) {
    return at && shape(parent, "circle", className, { cx: at[0], cy: at[1], r });
  }

  /** Where values stand; null where one of the two is not measurable. */
  at(values) {
    const [right, up] = [mean(values, this.x), mean(values, this.y)];
    if (right === null || up === null) return null;
    const { width, height, pad } = SIZE;
    const across = pad + place(this.x, right) * (width - 2 * pad);
    const down = height - pad - place(this.y, up) * (height - 2 * pad);
    return [across.toFixed(1), down.toFixed(1)];
  }
}

/** Every pair of some items, the earlier one first. */
function couples(items) {
  return items.flatMap((one, k) => items.slice(k + 1).map((other) => [one, other]));
}
