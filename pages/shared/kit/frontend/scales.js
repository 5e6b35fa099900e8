/**
 * Parallel scales: every setting on all objectives, better is up on each.
 *
 * Red lines, what counts in dominance and the selection are marks of choice.js: whoever sets one, it
 * is drawn at once, without the server. scales.css has the look.
 */

import { get, numbers, set, subscribe } from "./choice.js";
import { toldOfFeasible } from "./feasible.js";
import { value } from "./format.js";
import { Handle } from "./handle.js";
import { labelled, mark, translate } from "./language.js";
import { listen, pins } from "./pins.js";
import { left, redLines, sentences } from "./red_lines.js";
import { writeInterval } from "./scale.js";
import { ScaleLines } from "./scale_lines.js";
import { Settings } from "./settings.js";
import { append, attach, element, say } from "./view.js";

const HEIGHT = { full: 290, phone: 220, compact: 180 }; // px
const PHONE = 430; // px of width and less
const COUNTS = mark("Ticked objectives count when settings are compared");
const HINT = mark(
  "Drag a triangle, or focus it and use the arrow keys, to say the worst value that you accept.",
);
const FEWEST = 2; // objectives that count: with one alone there is no trade-off

export const scales = (component) => attach(component, (root) => new Scales(root));
export const compact = (component) => attach(component, (root) => new CompactScales(root));

/** The scales to read alone: your setting, the one before, and the baseline. */
class CompactScales {
  constructor(root, every = false) {
    Object.assign(this, { root, settings: new Settings(), shown: [] });
    root.classList.add("scales");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", translate("Objectives side by side, better is up"));
    this.heads = append(root, "div", "scales-columns");
    this.box = append(root, "div", "scales-box");
    this.lines = new ScaleLines(this.box, every);
    this.readouts = append(root, "div", "scales-columns yours");
    this.resized = new ResizeObserver(() => this.resize());
    this.resized.observe(this.box);
  }

  draw(parts) {
    if (this.settings.update(parts)) this.redraw();
    this.root.classList.toggle("old", this.settings.stale);
  }

  remove() {
    this.resized.disconnect();
  }

  /** Keep the width: asking for it while marks are drawn would lay the page out each time. */
  resize() {
    if (this.width === this.box.clientWidth) return;
    this.width = this.box.clientWidth;
    this.redraw();
  }

  /** Draw everything anew. */
  redraw() {
    if (!this.settings.objectives || !this.width) return;
    this.shown = this.settings.shown(this.marksOf());
    this.root.style.setProperty("--scales", this.shown.length);
    this.heads.replaceChildren(...this.shown.map((one) => this.head(one)));
    this.lines.draw(this.settings, this.shown, { width: this.width, height: this.height() });
    this.read(this.readouts, this.settings.mine);
  }

  height() {
    return HEIGHT.compact;
  }

  /** Marks of choice.js that count here: none. */
  marksOf() {
    return {};
  }

  head(objective) {
    const head = element("div", "scales-head");
    head.append(this.title(objective), element("span", "scales-up", `↑ ${objective.words}`));
    return head;
  }

  title({ title }) {
    return element("strong", "", title);
  }

  /** Say the values of a setting below the scales; nothing where there are none yet. */
  read(row, values) {
    row.replaceChildren(...this.shown.map((one) => this.readout(one, values)));
  }

  readout(objective, values) {
    const readout = element("div", "scales-readout");
    if (!values) return readout;
    const told = values[objective.name];
    append(readout, "span", "unseen").textContent = labelled(objective.title, ""); // read apart from its head
    append(readout, "strong").textContent = value(objective, told?.[0]);
    append(readout, "span").textContent = told ? writeInterval(objective, told) : objective.undefined;
    return readout;
  }
}

/** The scales to work with: every setting, red lines, and what counts in dominance. */
class Scales extends CompactScales {
  constructor(root) {
    super(root, true);
    this.handles = new Map();
    this.pointed = null;
    this.told = append(root, "p", "scales-told");
    const more = append(root, "div", "scales-more");
    this.optional = append(more, "span");
    this.yours = element("p", "scales-words");
    this.readouts.before(this.yours);
    this.other = element("div", "scales-other");
    this.readouts.after(this.other);
    this.hint = append(this.other, "p", "scales-hint");
    this.hint.textContent = translate(HINT);
    this.words = append(this.other, "p", "scales-words");
    this.otherReadouts = append(this.other, "div", "scales-columns");
    this.clear = append(more, "button", "scales-clear", { type: "button" });
    this.clear.textContent = translate("Remove all red lines");
    this.clear.onclick = () => set({ at_least: "" });
    this.box.onpointermove = (event) => this.point(event);
    this.box.onpointerleave = () => this.point(null);
    // Clicks come in whole pixels, moves in parts of them: where lines cross, another may be nearest.
    this.box.onclick = (event) => this.select(this.pointed ?? this.nearest(event));
    const onParts = () => this.mark(); // where pins are known later
    this.ends = [subscribe(onParts), listen({ onParts })];
  }

  remove() {
    super.remove();
    for (const end of this.ends) end();
  }

  redraw() {
    super.redraw();
    if (!this.shown.length) return;
    const hidden = this.settings.objectives.filter((one) => !this.shown.includes(one));
    this.optional.replaceChildren(...hidden.map((one) => this.title(one)));
    if (hidden.length) this.optional.prepend(translate("Also count: "));
    for (const [name, handle] of this.handles) {
      if (this.shown.some((one) => one.name === name)) continue;
      handle.remove();
      this.handles.delete(name);
    }
    this.mark();
  }

  height() {
    return this.width > PHONE ? HEIGHT.full : HEIGHT.phone;
  }

  marksOf() {
    return get();
  }

  /** A box to tick: whether an objective counts in dominance. */
  title({ name, title }) {
    const label = element("label", "scales-tick");
    label.title = translate(COUNTS);
    const box = append(label, "input", "", { type: "checkbox", value: name });
    label.append(title);
    box.onchange = () => this.count(name, box.checked);
    return label;
  }

  count(name, counts) {
    const names = this.settings.named(get().counted).map((one) => one.name);
    const wanted = this.settings.objectives.map((one) => one.name);
    const now = wanted.filter((one) => (one === name ? counts : names.includes(one)));
    set({ counted: now.join("+") });
  }

  /** Show the marks of choice.js; only where another scale is wanted is all drawn anew. */
  mark() {
    const { settings } = this;
    if (!settings.objectives || !this.width) return;
    if (settings.shown(get()).length !== this.shown.length) return void this.redraw();
    const { counted: text, at_least, selected, pick } = get();
    const [counted, values] = [settings.named(text), numbers(at_least)];
    const lines = redLines(settings.objectives, values);
    const front = settings.front(counted);
    const kept = settings.admitted(left(settings, lines));
    this.marks = { front: front.numbers, left: kept, lines, selected, pick, pins: pins() };
    this.lines.mark({ ...this.marks, pointed: this.pointed });
    this.drawHandles(values);
    this.drawTicks(counted);
    this.told.ariaLive = this.root.contains(document.activeElement) ? "polite" : "off"; // not at a move
    const told = [...sentences(settings, lines, front, counted), toldOfFeasible(settings.feasible)];
    say(this.told, told.join(" "));
    this.clear.hidden = !lines.length;
    this.describe();
  }

  drawHandles(values) {
    this.shown.forEach((objective, column) => {
      const { name } = objective;
      if (!this.handles.has(name))
        this.handles.set(name, new Handle(this.box, this.lines, (line) => this.setLine(name, line)));
      this.handles.get(name).draw(objective, column, values[name]);
    });
  }

  drawTicks(counted) {
    for (const box of this.root.querySelectorAll(".scales-tick input")) {
      box.checked = counted.some(({ name }) => name === box.value);
      box.disabled = box.checked && counted.length <= FEWEST;
    }
  }

  setLine(name, line) {
    const lines = Object.entries({ ...numbers(get().at_least), [name]: line });
    const kept = lines.filter(([, value]) => value !== null);
    set({ at_least: kept.map(([one, value]) => `${one}:${value}`).join("+") });
  }

  nearest(event) {
    const { left: x, top: y } = this.box.getBoundingClientRect();
    return this.lines.nearest(event.clientX - x, event.clientY - y);
  }

  point(event) {
    const pointed = event && this.settings.objectives ? this.nearest(event) : null;
    if (pointed === this.pointed) return;
    this.pointed = pointed;
    this.box.classList.toggle("on-line", pointed !== null);
    this.lines.mark({ ...this.marks, pointed });
    this.describe();
  }

  select(number) {
    if (number !== null) set({ selected: number === get().selected ? null : number });
  }

  /** Below your values, read those of the setting that is pointed at or selected. */
  describe() {
    const { values, words, you, mine } = this.settings;
    const { selected } = get();
    const number = this.pointed ?? selected;
    const other = number !== null && number !== you ? values[number] : null;
    this.yours.textContent = mine ? translate("Your setting") : "";
    const setting = words?.[number] ?? translate("another setting");
    const head =
      number === selected
        ? translate("Selected: {setting}", { setting })
        : translate("Pointed at: {setting}", { setting });
    say(this.words, other && head);
    this.hint.hidden = Boolean(other);
    this.otherReadouts.hidden = !other;
    if (other) this.read(this.otherReadouts, other);
  }
}
