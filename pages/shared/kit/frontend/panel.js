/**
 * Draw a part of the page Remedies as it comes: heading, cards, a picture of rows, a figure, words.
 *
 * The picture is a table whose cells hold marks on one scale, so that everybody reads the same.
 * remedies.css has the look.
 */

import { apart, translate } from "./language.js";
import { Status } from "./screen.js";
import { append, attach, element, onChange, say } from "./view.js";

const WAITING = ["waiting", "running"];

export const panel = (component, chart, plotlyUrl) =>
  attach(component, (root) => new Panel(root, chart, plotlyUrl));

/** While the next look has nothing yet, what was there before stays, faintly. */
class Panel {
  constructor(root, chart, plotlyUrl) {
    this.status = new Status(root);
    this.root = append(root, "div", "panel");
    this.heading = append(this.root, "h2", "panel-heading", { "aria-live": "polite" });
    this.views = [
      cards(append(this.root, "div", "panel-cards")),
      new Picture(append(this.root, "div", "panel-picture")),
      new Figure(append(this.root, "div", "panel-figure"), chart, plotlyUrl),
      words(append(this.root, "ul", "screen-words"), "sentences"),
      grids(append(this.root, "div")),
      numbers(append(this.root, "details", "screen-more")),
      words(append(this.root, "ul", "panel-notes"), "notes"),
    ];
  }

  draw(parts, component) {
    this.status.draw(parts, component);
    const waits = WAITING.includes(parts.status?.state);
    this.status.root.classList.toggle("done", parts.status?.state === "done");
    this.root.classList.toggle("old", Boolean(parts.status?.failure));
    this.root.setAttribute("aria-busy", String(waits));
    say(this.heading, parts.heading);
    for (const view of this.views) view.draw(parts);
  }

  refresh() {
    for (const view of this.views) view.refresh?.();
  }

  remove() {
    for (const view of this.views) view.remove?.();
  }
}

const cards = (root) =>
  onChange(["cards"], ({ cards }) => {
    root.hidden = !cards?.length;
    root.replaceChildren(...(cards ?? []).map(card));
  });

function card({ title, value, detail, text, tone }) {
  const one = element("section", "panel-card");
  one.append(element("h3", "", title), element("p", "panel-value", value));
  if (detail) one.append(element("p", `panel-detail ${tone}`, detail));
  if (text) one.append(element("p", "panel-text", text));
  return one;
}

/** Rows keep their elements, so that marks glide to where they stand next. */
class Picture {
  constructor(root) {
    this.root = root;
    this.table = append(root, "table", "lines", { role: "table" });
    this.caption = append(this.table, "caption");
    this.head = append(append(this.table, "thead", "", { role: "rowgroup" }), "tr", "", { role: "row" });
    this.body = append(this.table, "tbody", "", { role: "rowgroup" });
    this.legend = append(root, "p", "lines-legend");
    this.rows = new Map(); // name -> Row
    root.hidden = true;
  }

  draw({ picture }) {
    const text = JSON.stringify(picture);
    if (text === this.text) return;
    this.text = text;
    this.root.hidden = !picture?.lines.length;
    if (this.root.hidden) return;
    const { title, columns, lines, ticks, references, legend } = picture;
    say(this.caption, title);
    const place = scale(ticks);
    this.drawHead(columns, ticks, place);
    const before = this.rows;
    this.rows = new Map(lines.map(({ name }) => [name, before.get(name) ?? new Row()]));
    const every = lines.flatMap((line) => {
      const row = this.rows.get(line.name);
      row.draw(line, references, place, ticks);
      return line.heading ? [heading(line.heading), row.root] : [row.root];
    });
    reorder(this.body, every);
    const compared = references.map(([, text], number) => [`reference r${number}`, text]);
    this.legend.replaceChildren(...[...legend, ...compared].map(entry));
  }

  drawHead([name, marks, value], ticks, place) {
    const cell = (className, text) => {
      const one = element("th", className, text);
      one.scope = "col";
      one.setAttribute("role", "columnheader");
      return one;
    };
    const axis = cell("lines-axis", "");
    axis.append(element("span", "unseen", marks));
    for (const [at, text] of ticks) {
      const tick = append(axis, "i", "", { "aria-hidden": "true" });
      tick.textContent = text;
      tick.style.left = place(at);
    }
    this.head.replaceChildren(cell("", name), axis, cell("lines-value", value));
  }
}

class Row {
  constructor() {
    this.root = element("tr");
    this.root.setAttribute("role", "row");
    this.name = append(this.root, "th", "", { scope: "row", role: "rowheader" });
    this.track = append(append(this.root, "td", "lines-track", { role: "cell" }), "div", "track");
    this.value = append(this.root, "td", "lines-value", { role: "cell" });
    this.marks = [];
  }

  draw({ name, note, marks, value, detail, tone, home, faint }, references, place, ticks) {
    const states = [tone, home && "home", faint && "faint", !marks.length && "empty"];
    this.root.className = states.filter(Boolean).join(" ");
    this.name.replaceChildren(element("span", "", name), element("small", "", note));
    this.value.replaceChildren(element("b", "", value), element("small", "", detail));
    const lines = ticks.map(([at]) => line("tick", place(at)));
    const compared = references.map(([at], number) => line(`reference r${number}`, place(at)));
    const kept = this.marks.length === marks.length ? this.marks : marks.map(() => new Shape());
    this.marks = kept;
    marks.forEach((mark, number) => kept[number].draw(mark, place));
    const said = marks.length ? marks.map(({ text }) => text).reduce(apart) : "";
    const unseen = element("span", "unseen", said);
    const shapes = [...kept.map(({ bar }) => bar), ...kept.map(({ dot }) => dot)]; // dots on top
    const still = new Set(shapes);
    for (const child of [...this.track.children]) if (!still.has(child)) child.remove();
    this.track.prepend(unseen, ...lines, ...compared);
    for (const shape of shapes) if (!shape.isConnected) this.track.append(shape);
    this.track.title = said;
  }
}

class Shape {
  constructor() {
    this.bar = element("i", "interval");
    this.dot = element("i", "dot");
    for (const one of [this.bar, this.dot]) one.setAttribute("aria-hidden", "true");
  }

  draw({ at, low, high, kind }, place) {
    this.dot.className = `dot ${kind}`;
    this.dot.style.left = place(at);
    this.bar.hidden = low === null || high === null;
    if (this.bar.hidden) return;
    const [left, right] = [place(low), place(high)].map(parseFloat).sort((a, b) => a - b);
    this.bar.style.left = `${left}%`;
    this.bar.style.width = `${right - left}%`;
  }
}

/** From values to places in per cent of the width; what is beyond an end stands at it. */
function scale(ticks) {
  const [first, last] = [ticks[0]?.[0] ?? 0, ticks.at(-1)?.[0] ?? 1];
  const share = (value) => (value - first) / (last - first || 1);
  return (value) => `${(100 * Math.min(1, Math.max(0, share(value)))).toFixed(2)}%`;
}

function line(className, left) {
  const one = element("i", className);
  one.style.left = left;
  one.setAttribute("aria-hidden", "true");
  return one;
}

function heading(text) {
  const row = element("tr", "lines-heading");
  row.setAttribute("role", "row");
  append(row, "th", "", { colspan: 3, scope: "colgroup", role: "columnheader" }).textContent = text;
  return row;
}

const DRAWN = { bar: "interval", before: "dot before", after: "dot after", other: "dot other" };

function entry([kind, text]) {
  const mark = element("i", DRAWN[kind] ?? kind);
  mark.setAttribute("aria-hidden", "true");
  const one = element("span", "", text);
  one.prepend(mark);
  return one;
}

function reorder(parent, children) {
  const same = children.every((child, number) => parent.children[number] === child);
  if (!same || parent.children.length !== children.length) parent.replaceChildren(...children);
}

/** A plotly figure; its library is fetched when the first one comes. */
class Figure {
  constructor(root, chart, plotlyUrl) {
    Object.assign(this, { root, plotlyUrl });
    root.hidden = true;
    chart.then(({ Chart }) => {
      this.Chart = Chart;
      this.draw({ figure: this.figure });
    });
  }

  draw({ figure }) {
    this.figure = figure;
    this.root.hidden = !figure;
    if (!figure || !this.Chart) return;
    this.root.style.height = `${figure.height}px`;
    this.chart ??= new this.Chart(this.root, this.plotlyUrl);
    this.chart.component ??= { setTriggerValue() {}, setStateValue() {} };
    this.chart.payload = JSON.stringify(figure);
    this.chart.draw();
  }

  refresh() {
    this.chart?.draw();
  }

  remove() {
    this.chart?.remove();
  }
}

const words = (root, name) =>
  onChange([name], ({ [name]: texts }) => {
    root.hidden = !texts?.length;
    root.replaceChildren(...(texts ?? []).map((text) => element("li", "", text)));
  });

const grids = (root) =>
  onChange(["grids"], ({ grids }) => {
    root.hidden = !grids?.length;
    root.replaceChildren(...(grids ?? []).map(grid));
  });

function numbers(root) {
  append(root, "summary").textContent = translate("The numbers as a table");
  const box = append(root, "div");
  return onChange(["table"], ({ table }) => {
    root.hidden = !table;
    box.replaceChildren(...(table ? [grid(table)] : []));
  });
}

/** A table of texts that scrolls by itself where it has no room. */
function grid({ caption, columns, rows }) {
  const box = element("div", "panel-grid");
  Object.assign(box, { tabIndex: 0, role: "region", ariaLabel: caption });
  const table = append(box, "table");
  append(table, "caption").textContent = caption;
  const head = append(append(table, "thead"), "tr");
  for (const name of columns) append(head, "th", "", { scope: "col" }).textContent = name;
  const body = append(table, "tbody");
  for (const [name, ...cells] of rows) {
    const row = append(body, "tr");
    append(row, "th", "", { scope: "row" }).textContent = name;
    for (const cell of cells) append(row, "td").textContent = cell;
  }
  return box;
}
