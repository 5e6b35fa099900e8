/**
 * Settings as lines over parallel scales: all of them, yours, the one before, and the baseline.
 *
 * Source of the display: Inselberg 1985, The plane with parallel coordinates, The Visual Computer 1.
 */

import { mean, numeric, place, ticks, write } from "./scale.js";

const SVG = "http://www.w3.org/2000/svg";
const PAD = { top: 10, bottom: 14 }; // px
const NEAR = 14; // px around a line that still point at it
const ROOM = 180; // px between scales where words beside them have room
const PICK = "wish"; // names what a wish picks
const BASELINE = ["no constraint,", "no privacy"]; // in two lines where there is no room
const LINE = 13; // px between lines of text

export class ScaleLines {
  /**
   * @param box that the lines are drawn in
   * @param every whether all settings are drawn, not only yours and the baseline
   */
  constructor(box, every) {
    Object.assign(this, { every, lines: new Map() });
    this.svg = shape(box, "svg", "", { "aria-hidden": "true" }); // readouts have the words
  }

  /** Draw settings on some objectives anew, in a size in px. */
  draw(settings, objectives, { width, height }) {
    Object.assign(this, { settings, objectives, width, height });
    this.svg.replaceChildren();
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", height);
    this.objectives.forEach((objective, column) => this.drawScale(objective, this.x(column)));
    this.drawSettings();
    this.drawLine("before", settings.before);
    this.drawLine("baseline", settings.values[settings.baseline]);
    this.drawLine("you", settings.mine);
    if (settings.mine) this.objectives.forEach((one, column) => this.drawMove(one, column));
    this.drawNames();
    this.marked = shape(this.svg, "g");
  }

  x(column) {
    return ((column + 0.5) * this.width) / this.objectives.length;
  }

  /** Where a share of a scale is, 0 its lower end. */
  y(share) {
    return PAD.top + (1 - share) * (this.height - PAD.top - PAD.bottom);
  }

  share(y) {
    return 1 - (y - PAD.top) / (this.height - PAD.top - PAD.bottom);
  }

  drawScale(objective, x) {
    shape(this.svg, "path", "scales-axis", { d: `M${x},${this.y(0)}V${this.y(1)}` });
    const reference = this.drawReference(objective, x);
    for (const mark of ticks(objective)) {
      const y = this.y(place(objective, mark));
      shape(this.svg, "path", "scales-axis", { d: `M${x - 3},${y}h6` });
      if (reference !== null && Math.abs(y - reference) < LINE) continue;
      shape(this.svg, "text", "scales-number", { x: x + 7, y: y + 3.5 }, write(objective, mark));
    }
  }

  /** Draw what a value is called; returns where its words take the room of a number, or null. */
  drawReference({ reference, reference_words: words, ...objective }, x) {
    if (!words || reference < objective.low || reference > objective.high) return null;
    const y = this.y(place(objective, reference));
    shape(this.svg, "path", "scales-reference", { d: `M${x - 9},${y}h18` });
    const beside = this.isWide() ? ["scales-number end", x - 12] : ["scales-number", x + 12];
    shape(this.svg, "text", beside[0], { x: beside[1], y: y + 3.5 }, words);
    return this.isWide() ? null : y;
  }

  isWide() {
    return this.width / this.objectives.length > ROOM;
  }

  drawSettings() {
    const { values, numbers } = this.settings;
    const group = shape(this.svg, "g");
    this.points = new Map(numbers.map((number) => [number, this.heights(values[number])]));
    this.lines = new Map();
    if (!this.every) return;
    for (const [number, heights] of this.points)
      this.lines.set(number, shape(group, "path", "scales-line", { d: this.path(heights) }));
  }

  drawLine(name, values) {
    if (values) shape(this.svg, "path", `scales-${name}`, { d: this.path(this.heights(values)) });
  }

  /** The interval of your setting, and an arrow from the setting before. */
  drawMove(objective, column) {
    const { before, mine } = this.settings;
    const x = this.x(column);
    const [to, from] = [mine, before].map((values) => this.heights(values)[column]);
    if (to === null) return;
    const ends = mine[objective.name].slice(1).map(numeric);
    if (!ends.includes(null)) {
      const [low, high] = ends.map((end) => this.y(place(objective, end)));
      shape(this.svg, "path", "scales-interval", { d: `M${x},${low}V${high}` });
    }
    if (from !== null) this.drawArrow(x - 9, from, to);
    shape(this.svg, "circle", "scales-point", { cx: x, cy: to, r: 4 });
  }

  drawArrow(x, from, to) {
    const length = to - from;
    if (Math.abs(length) < 2) return;
    const head = Math.min(6, Math.abs(length)) * Math.sign(length);
    const d = `M${x},${from}V${to}M${x - 4},${to - head}L${x},${to}L${x + 4},${to - head}`;
    shape(this.svg, "path", "scales-arrow", { d });
  }

  /** Names on the lines, between the two scales where yours and the baseline are farthest apart. */
  drawNames() {
    const { mine, values, baseline } = this.settings;
    const both = [mine, values[baseline]].map((one) => this.middles(this.heights(one)));
    const apart = (k) => (both.some((one) => one[k] === null) ? -1 : Math.abs(both[0][k] - both[1][k]));
    const gaps = both[0].map((_, k) => k);
    const at = gaps.reduce((most, k) => (apart(k) > apart(most) ? k : most), 0);
    const x = (this.x(at) + this.x(at + 1)) / 2;
    const below = both[0][at] > both[1][at];
    const name = (lines, y, under) => {
      const first = under ? y + LINE + 2 : y - 7 - LINE * (lines.length - 1);
      lines.forEach((words, k) =>
        shape(this.svg, "text", "scales-name", { x, y: first + LINE * k }, words),
      );
    };
    if (mine && both[0][at] !== null) name(["you"], both[0][at], below);
    const other = this.isWide() ? [BASELINE.join(" ")] : BASELINE;
    if (apart(at) > LINE) name(other, both[1][at], !below);
  }

  /** Show which lines are on a front, left out and marked; nothing else is drawn anew. */
  mark({ front, left, pins, selected, pick, pointed }) {
    for (const [number, line] of this.lines) {
      line.classList.toggle("front", front.has(number));
      line.classList.toggle("out", !left.has(number));
    }
    this.marked.replaceChildren();
    for (const { number, letter } of pins) this.drawMark(number, "scales-pin", letter);
    this.drawMark(pick, "scales-pick", PICK);
    this.drawMark(selected, "scales-selected");
    this.drawMark(pointed, "scales-pointed-at");
  }

  drawMark(number, className, letter = "") {
    const heights = this.points.get(number);
    if (!heights) return;
    shape(this.marked, "path", className, { d: this.path(heights) });
    const at = heights.findIndex((y) => y !== null);
    if (!letter || at < 0) return;
    const place = { x: this.x(at) - 14, y: heights[at] + 4 };
    shape(this.marked, "text", "scales-name", place, letter);
  }

  /** The number of the setting whose line is next to a place in the box; null where none is near. */
  nearest(x, y) {
    const column = (x * this.objectives.length) / this.width - 0.5;
    const first = Math.min(Math.max(Math.floor(column), 0), this.objectives.length - 2);
    const share = Math.min(Math.max(column - first, 0), 1);
    let [found, least] = [null, NEAR];
    for (const [number, heights] of this.points) {
      const [one, other] = heights.slice(first, first + 2);
      if (one === null || other === null) continue;
      const distance = Math.abs(one + share * (other - one) - y);
      if (distance < least) [found, least] = [number, distance];
    }
    return found;
  }

  /** Where a setting stands on each scale; null where it is not measurable. */
  heights(values) {
    return this.objectives.map((objective) => {
      const value = mean(values, objective);
      return value === null ? null : this.y(place(objective, value));
    });
  }

  middles(heights) {
    const pairs = heights.slice(1).map((next, k) => [heights[k], next]);
    return pairs.map(([one, next]) => (one === null || next === null ? null : (one + next) / 2));
  }

  /** A line over the scales, which breaks where a value is not measurable. */
  path(heights) {
    let pen = "M";
    const parts = heights.map((y, column) => {
      const part = y === null ? "" : `${pen}${this.x(column).toFixed(1)},${y.toFixed(1)}`;
      pen = y === null ? "M" : "L";
      return part;
    });
    return parts.join("");
  }
}

/** Draw a shape of SVG. */
export function shape(parent, tag, className = "", attributes = {}, text = "") {
  const node = parent.appendChild(document.createElementNS(SVG, tag));
  if (className) node.setAttribute("class", className);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}
