/**
 * A line drawn by hand: one column for each x, drawn with mouse or finger or set with arrow keys.
 *
 * Python hears of a line once every column has a value, and only when the pointer or key is let go.
 */

import { translate } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
const STEP = 0.01; // of the height
const ROOM = { top: 10, right: 8, bottom: 22, left: 48 }; // px around the columns
const NEAR = 0.15; // columns; so close to its middle a pointer stands for a column
const LETTER = 7.5; // px, of the names below the columns
const STYLE = `
.sketch { display: flex; flex-direction: column; width: 100%; height: 100%; gap: 2px;
  color: var(--st-text-color); font-family: var(--st-font); font-size: 0.8rem; }
.sketch p { margin: 0; line-height: 1.3; }
.sketch svg { flex: 1 1 0; min-height: 0; width: 100%; display: block; touch-action: none;
  cursor: crosshair; user-select: none; border-radius: var(--st-base-radius);
  background: var(--st-secondary-background-color); }
.sketch.locked svg { touch-action: auto; cursor: default; }
.sketch text { fill: var(--st-text-color); font-size: 12px; }
.sketch .grid { stroke: var(--st-text-color); stroke-opacity: 0.2; }
.sketch path { fill: none; stroke: var(--st-primary-color); stroke-width: 2.5;
  stroke-linejoin: round; pointer-events: none; }
.sketch circle { fill: var(--st-primary-color); pointer-events: none; }
.sketch .empty circle { fill: none; stroke: var(--st-text-color); stroke-opacity: 0.6;
  stroke-dasharray: 3 3; }
.sketch rect { fill: var(--st-text-color); fill-opacity: 0; }
.sketch g:hover rect { fill-opacity: 0.06; }
.sketch.locked g rect { fill-opacity: 0; }
.sketch g:focus { outline: none; }
.sketch g:focus-visible rect { fill-opacity: 0.06; stroke: var(--st-primary-color);
  stroke-width: 2; }
.sketch .axis { text-align: center; }
`;

const sketches = new WeakMap(); // element given by Streamlit -> Sketch

export default function render({ data, parentElement, setStateValue }) {
  if (!sketches.has(parentElement)) sketches.set(parentElement, new Sketch(parentElement));
  const sketch = sketches.get(parentElement);
  sketch.send = (values) => setStateValue("values", values);
  sketch.show(data);
  return () => parentElement.isConnected || sketch.remove();
}

class Sketch {
  constructor(parent) {
    this.parent = parent;
    addStyle();
    this.root = append(parent, "div", { class: "sketch" });
    this.above = append(this.root, "p");
    this.svg = append(this.root, "svg", {}, SVG);
    this.below = append(this.root, "p", { class: "axis" });
    this.hint = append(this.root, "p");
    this.svg.addEventListener("pointerdown", (event) => this.press(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.svg.addEventListener(end, () => this.release());
    }
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.svg);
  }

  /** Take what Python says; a line under way stays unless the columns are others. */
  show(data) {
    const { xs, low, high, drawn, locked } = data;
    const frame = JSON.stringify([xs, low, high, data.unit, data.x_title, data.y_title]);
    const other = frame !== this.frame;
    Object.assign(this, { data, frame });
    if (other || (locked && drawn)) {
      this.values = drawn ? [...drawn] : xs.map(() => null);
      this.sent = JSON.stringify(this.values);
    }
    if (locked || other) this.last = null; // no line is under way any more
    if (other) this.build();
    this.draw();
  }

  /** Make the parts that stay while a line is drawn, so that the focus stays too. */
  build() {
    const { xs, unit, x_title, y_title } = this.data;
    this.above.textContent = unit ? `${y_title} (${unit})` : y_title;
    this.below.textContent = x_title;
    this.svg.replaceChildren();
    this.grid = [0, 0.5, 1].map((share) => ({
      share,
      line: append(this.svg, "line", { class: "grid" }, SVG),
      text: append(this.svg, "text", { "text-anchor": "end", "aria-hidden": "true" }, SVG),
    }));
    this.columns = xs.map((x, index) => this.column(x, index));
    this.line = append(this.svg, "path", {}, SVG);
  }

  column(x, index) {
    const { low, high, x_title, y_title } = this.data;
    const group = append(this.svg, "g", { role: "slider", "aria-orientation": "vertical" }, SVG);
    set(group, { "aria-valuemin": low, "aria-valuemax": high });
    set(group, { "aria-label": `${y_title}, ${x_title} ${x}` });
    group.addEventListener("keydown", (event) => this.key(event, index));
    group.addEventListener("keyup", () => this.tell());
    const name = append(this.svg, "text", { "text-anchor": "middle", "aria-hidden": "true" }, SVG);
    name.textContent = x;
    const rect = append(group, "rect", {}, SVG);
    return { group, name, rect, dot: append(group, "circle", { r: 5 }, SVG) };
  }

  /** Put every part in its place. */
  draw() {
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (!width || !height || !this.columns) return;
    const inner = { width: width - ROOM.left - ROOM.right, height: height - ROOM.top - ROOM.bottom };
    this.inner = inner;
    const each = inner.width / this.columns.length;
    this.drawGrid(width);
    const longest = Math.max(...this.data.xs.map((x) => x.length));
    const every = Math.ceil((longest * LETTER) / each); // names that would overlap are left out
    this.columns.forEach((column, index) => {
      set(column.rect, { x: ROOM.left + index * each, y: ROOM.top, width: each });
      set(column.rect, { height: inner.height });
      set(column.name, { x: this.x(index), y: height - 6, opacity: index % every ? 0 : 1 });
    });
    this.drawLine();
  }

  drawGrid(width) {
    const { low, high } = this.data;
    for (const { share, line, text } of this.grid) {
      const y = this.y(low + share * (high - low));
      set(line, { x1: ROOM.left, x2: width - ROOM.right, y1: y, y2: y });
      set(text, { x: ROOM.left - 6, y: y + 4 });
      text.textContent = told(low + share * (high - low));
    }
  }

  drawLine() {
    const { low, high, unit, locked } = this.data;
    this.root.classList.toggle("locked", locked);
    let path = "";
    this.columns.forEach(({ group, dot }, index) => {
      const value = this.values[index];
      const empty = value === null;
      const place = [this.x(index), this.y(empty ? (low + high) / 2 : value)];
      set(dot, { cx: place[0], cy: place[1] });
      group.classList.toggle("empty", empty);
      set(group, {
        tabindex: locked ? -1 : 0,
        "aria-disabled": locked,
        "aria-valuenow": empty ? (low + high) / 2 : value,
        "aria-valuetext": empty ? translate("not drawn yet") : `${told(value)} ${unit}`.trim(),
      });
      if (!empty) path += `${path && this.values[index - 1] !== null ? "L" : "M"}${place}`;
    });
    set(this.line, { d: path });
    this.hint.textContent = this.words();
  }

  words() {
    const done = this.values.filter((value) => value !== null).length;
    if (this.data.locked)
      return done ? translate("The line as it was drawn.") : translate("No line was drawn.");
    return translate(
      "Drag across to draw the line, or set each point with Tab and the arrow keys. {done} of {all} drawn.",
      { done, all: this.values.length },
    );
  }

  x(index) {
    return ROOM.left + (index + 0.5) * (this.inner.width / this.columns.length);
  }

  y(value) {
    const { low, high } = this.data;
    return ROOM.top + (1 - (value - low) / (high - low)) * this.inner.height;
  }

  press(event) {
    if (this.data.locked || event.button || !event.isPrimary) return;
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.columns[this.last.index].group.focus({ focusVisible: false });
    this.put(this.last.index, this.last.value);
    this.drawLine();
  }

  /** Follow the pointer: a column gets what is drawn over its middle, or where it is stopped in. */
  drag(event) {
    if (!this.last || !event.isPrimary) return;
    const [from, to] = [this.last, this.place(event)];
    const [left, right] = from.along < to.along ? [from, to] : [to, from];
    for (let index = Math.ceil(left.along); index <= right.along; index += 1) {
      const share = (index - left.along) / (right.along - left.along || 1);
      this.put(index, left.value + share * (right.value - left.value));
    }
    const near = Math.abs(to.along - to.index) < NEAR;
    const steep = Math.abs(to.y - from.y) > Math.abs(to.x - from.x);
    if (near || steep || this.values[to.index] === null) this.put(to.index, to.value);
    this.last = to;
    this.drawLine();
  }

  release() {
    if (!this.last) return;
    this.last = null;
    this.tell();
  }

  /** What is below a pointer: place in columns (whole in their middles), column and value. */
  place({ clientX: x, clientY: y }) {
    const box = this.svg.getBoundingClientRect();
    const { low, high } = this.data;
    const last = this.columns.length - 1;
    const across = (x - box.left - ROOM.left) / this.inner.width;
    const along = Math.min(last + 0.49, Math.max(-0.49, across * this.columns.length - 0.5));
    const value = high - ((y - box.top - ROOM.top) / this.inner.height) * (high - low);
    return { x, y, along, index: Math.round(along) || 0, value };
  }

  key(event, index) {
    if (this.data.locked || event.altKey || event.ctrlKey || event.metaKey) return;
    const { low, high } = this.data;
    const now = this.values[index];
    const ends = { Home: low, End: high };
    if (!(event.key in STEPS) && !(event.key in ends)) return;
    event.preventDefault();
    const moved = now === null ? (low + high) / 2 : now + STEPS[event.key] * STEP * (high - low);
    this.put(index, event.key in ends ? ends[event.key] : moved);
    this.drawLine();
  }

  /** Keep a value, within the bounds and on a step. */
  put(index, value) {
    const { low, high } = this.data;
    const share = Math.round((value - low) / (high - low) / STEP) * STEP;
    const rounded = Number((low + share * (high - low)).toPrecision(12));
    this.values[index] = Math.min(high, Math.max(low, rounded));
  }

  /** Tell Python, if the line is whole and is another one. */
  tell() {
    const now = JSON.stringify(this.values);
    if (this.data.locked || this.values.includes(null) || now === this.sent) return;
    this.sent = now;
    this.send([...this.values]);
  }

  remove() {
    this.sizes.disconnect();
    this.root.remove();
    sketches.delete(this.parent);
  }
}

const told = (value) => Number(value.toPrecision(3)).toLocaleString("en");

function append(parent, tag, attributes = {}, space = "http://www.w3.org/1999/xhtml") {
  const element = parent.appendChild(document.createElementNS(space, tag));
  set(element, attributes);
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function addStyle() {
  const id = "sketch-style";
  if (document.getElementById(id)) return;
  append(document.head, "style", { id }).textContent = STYLE;
}
