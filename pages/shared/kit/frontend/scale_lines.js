/**
 * Settings as lines over parallel scales: all of them, yours, the one before, and the baseline.
 *
 * Source of the display: Inselberg 1985, The plane with parallel coordinates, The Visual Computer 1.
 */

import { mark, translate } from "./language.js";
import { bound, boundLines } from "./red_lines.js";
import { mean, numeric, place, ticks, write } from "./scale.js";
import { beside, named } from "./scale_names.js";

const SVG = "http://www.w3.org/2000/svg";
const PAD = { top: 10, bottom: 14 }; // px
const NEAR = 14; // px around a line that still point at it
const ROOM = 180; // px between scales where words beside them have room
const PICK = mark("wish"); // names what a wish picks
const BASELINE = mark("no\nconstraint,\nno privacy"); // in lines where there is no room
const LINE = 13; // px between lines of text
const POINT = 4; // px, radius of where you are
const NUMBER = 6; // px of a letter at a scale, about
const LETTER = [0.55, 0.1]; // where letters stand between two scales: the first, and each one more

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
    Object.assign(this, { settings, objectives, width, height, taken: [] });
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
      this.tick("scales-number", x + 7, y, write(objective, mark));
    }
  }

  /** Draw what a value is called; returns where its words take the room of a number, or null. */
  drawReference({ reference, reference_words: words, ...objective }, x) {
    if (!words || reference < objective.low || reference > objective.high) return null;
    const y = this.y(place(objective, reference));
    shape(this.svg, "path", "scales-reference", { d: `M${x - 9},${y}h18` });
    if (this.isWide()) this.tick("scales-number end", x - 12, y, words);
    else this.tick("scales-number", x + 12, y, words);
    return this.isWide() ? null : y;
  }

  /** Write at a scale, and remember where. */
  tick(className, x, y, words) {
    shape(this.svg, "text", className, { x, y: y + 3.5 }, words);
    const width = NUMBER * words.length;
    this.taken.push({ x: className.endsWith("end") ? x - width : x, y, width, height: LINE });
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
    shape(this.svg, "circle", "scales-point", { cx: x, cy: to, r: POINT });
  }

  drawArrow(x, from, to) {
    const length = to - from;
    if (Math.abs(length) < 2) return;
    const head = Math.min(6, Math.abs(length)) * Math.sign(length);
    const d = `M${x},${from}V${to}M${x - 4},${to - head}L${x},${to}L${x + 4},${to - head}`;
    shape(this.svg, "path", "scales-arrow", { d });
  }

  /** Names on the lines, where they cover neither numbers nor lines. */
  drawNames() {
    const { mine, values, baseline: untouched } = this.settings;
    const baseline = translate(BASELINE).split("\n");
    const [you, other] = [mine, values[untouched]].map((one) => this.heights(one));
    const apart = you.map((y, k) => (mine ? Math.abs((y ?? other[k]) - (other[k] ?? y)) : Infinity));
    const lines = [
      { words: [translate("you")], heights: you },
      { words: this.isWide() ? [baseline.join(" ")] : baseline, heights: other },
    ].slice(0, Math.max(...apart) > LINE ? 2 : 1);
    const paths = lines.map(({ heights }) => this.corners(heights));
    const scales = this.objectives.map((_, k) => [1, 0].map((end) => [this.x(k), this.y(end)]));
    const area = { left: 0, right: this.width, top: 0, bottom: this.height };
    const own = you.map((y, k) => ({ at: [this.x(k), y], radius: POINT + 2 }));
    const points = own.filter(({ at }) => at[1] !== null);
    const there = { area, scales, points, taken: this.taken };
    for (const { words, at } of named(lines.map((one) => one.words), paths, there))
      this.write(this.svg, "scales-name", at.x + at.width / 2, at.y, words);
  }

  /** Show which lines are on a front, left out and marked; nothing else is drawn anew. */
  mark({ front, left, lines, pins, selected, pick, pointed }) {
    for (const [number, line] of this.lines) {
      line.classList.toggle("front", front.has(number));
      line.classList.toggle("out", !left.has(number));
    }
    this.marked.replaceChildren();
    pins.forEach(({ number, letter }, k) => this.drawMark(number, "scales-pin", letter, k));
    this.drawMark(pick, "scales-pick", translate(PICK), pins.length);
    this.drawMark(selected, "scales-selected");
    this.drawMark(pointed, "scales-pointed-at");
    for (const one of lines) this.drawBound(one);
  }

  /** Draw a setting, and on its first piece a letter, which leaves both scales free. */
  drawMark(number, className, letter = "", nth = 0) {
    const heights = this.points.get(number);
    if (!heights) return;
    shape(this.marked, "path", className, { d: this.path(heights) });
    const [from, to] = this.corners(heights)[0] ?? [];
    if (!letter || !to) return;
    const share = LETTER[0] + LETTER[1] * nth;
    const [x, y] = [0, 1].map((k) => from[k] + share * (to[k] - from[k]));
    shape(this.marked, "text", "scales-name", { x, y: y + 4 }, letter);
  }

  /** Say a red line at its handle, between the numbers of its scale. */
  drawBound(one) {
    const column = this.objectives.findIndex(({ name }) => name === one.objective.name);
    if (column < 0) return;
    const words = this.isWide() ? [bound(one)] : boundLines(one);
    const x = this.x(column);
    const own = this.taken.filter((other) => other.x > x && other.x < x + LINE);
    const y = beside(this.y(place(one.objective, one.line)), words.length * LINE, own, this.height);
    this.write(this.marked, "scales-bound", x + 8, y, words);
  }

  /** Write lines of text around a height. */
  write(parent, className, x, y, lines) {
    const first = y + 4 - (LINE * (lines.length - 1)) / 2;
    lines.forEach((text, k) => shape(parent, "text", className, { x, y: first + LINE * k }, text));
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

  /** The straight pieces of a line, each from one scale to the next. */
  corners(heights) {
    const places = heights.map((y, column) => [this.x(column), y]);
    const pieces = places.slice(1).map((to, k) => [places[k], to]);
    return pieces.filter((ends) => ends.every(([, y]) => y !== null));
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
