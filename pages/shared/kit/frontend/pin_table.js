/** The pins side by side: their values, what they differ by, and that in sentences. */

import { unmeasured, value } from "./format.js";
import { labelled, mark, translate } from "./language.js";
import { go, move, select, unpin } from "./pins.js";
import { writeInterval } from "./scale.js";
import { append, element } from "./view.js";

const NOTE = mark(
  "Each interval is right 95 times of 100 by itself; of many comparisons some are wrong by chance.",
);

export class PinTable {
  constructor(root) {
    Object.assign(this, { root, drawn: "", names: [] });
    root.setAttribute("aria-label", translate("Pinned settings"));
    root.addEventListener("keydown", (event) => this.press(event));
  }

  draw(screen, selected, pins, comparison) {
    this.columns = sideBySide(screen, pins);
    const told = [this.columns, pins, comparison, screen.values, screen.objectives];
    const wanted = JSON.stringify(told);
    if (wanted !== this.drawn) this.redraw(screen, pins, comparison);
    this.drawn = wanted;
    this.columns.forEach(({ number }, place) => {
      this.names[place].setAttribute("aria-pressed", number === selected);
    });
  }

  /** Draw all of it; what had the focus has it again. */
  redraw(screen, pins, comparison) {
    const focused = this.root.contains(document.activeElement) && document.activeElement.dataset.focus;
    this.root.hidden = !pins.length;
    this.names = [];
    const title = element("h3", "", pins.length > 1 ? translate("Pinned settings") : translate("Pinned setting"));
    const table = this.table(screen, comparison);
    this.root.replaceChildren(title, this.notes(pins), table, ...sentences(comparison));
    if (!focused) return;
    const same = this.root.querySelector(`[data-focus="${focused}"]`);
    (same ?? this.names.at(-1) ?? document.querySelector(".points-chart"))?.focus();
  }

  /** Pins that stand in no column, each with the reason. */
  notes(pins) {
    const list = element("ul", "pin-notes");
    list.hidden = pins.every(({ number }) => number !== null);
    for (const one of pins.filter(({ number }) => number === null)) {
      const line = append(list, "li");
      const why = one.why || translate("its models are not there yet.");
      line.textContent = `${labelled(one.letter, why)} `;
      const buttons = append(line, "span", "point-buttons");
      if (one.changes) buttons.append(this.button(translate("Go there"), `go ${one.letter}`, () => move(one.changes)));
      buttons.append(this.button(translate("Unpin"), `unpin ${one.letter}`, () => unpin(one.text)));
    }
    return list;
  }

  table({ objectives, values }, comparison) {
    const table = element("div", "pin-grid");
    table.setAttribute("role", "table");
    table.setAttribute("aria-label", translate("Pinned settings side by side"));
    table.style.setProperty("--columns", this.columns.length);
    if (!this.columns.length) return table;
    const head = row(table, "");
    this.columns.forEach((one) => head.append(this.header(one)));
    for (const objective of objectives) {
      const line = row(table, objective.title);
      this.columns.forEach(({ name, number }) => {
        const change = comparison.find((pair) => pair.name === name)?.differences[objective.name];
        line.append(cell(objective, values?.[number], change));
      });
    }
    return table;
  }

  header({ title, words, mine, number, text }) {
    const cell = element("div", "pin-head");
    cell.setAttribute("role", "columnheader");
    const name = append(cell, "button", "pin-name", { type: "button" });
    name.textContent = title;
    this.names.push(name);
    name.dataset.focus = `select ${title}`;
    name.onclick = () => select(number);
    append(cell, "span", "pin-words").textContent = words;
    const buttons = append(cell, "div", "point-buttons");
    if (!mine) buttons.append(this.button(translate("Go there"), `go ${title}`, () => go(number)));
    if (text) buttons.append(this.button(translate("Unpin"), `unpin ${title}`, () => unpin(text)));
    return cell;
  }

  button(text, focus, onClick) {
    const one = element("button", "point-button", text);
    Object.assign(one, { type: "button", onclick: onClick });
    one.dataset.focus = focus;
    return one;
  }

  /** The keys of the chart, on the names of the columns. */
  press(event) {
    const { names } = this;
    const at = names.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const { number, text } = this.columns[at];
    if (step) {
      const next = (at + step + names.length) % names.length;
      names[next].focus();
      select(this.columns[next].number);
    } else if (event.key === "Enter" && text) unpin(text);
    else if (event.key.toLowerCase() === "g") go(number);
    else if (event.key === "Escape") select(null);
    else return;
    event.preventDefault();
  }
}

/** What stands in the columns: the pins, or a single one beside the setting of the sliders. */
function sideBySide({ you, "changes in words": words }, pins) {
  const yours = translate("your setting");
  const known = pins
    .filter(({ number }) => number !== null)
    .map((one) => ({ ...one, name: one.letter, title: one.letter, told: words?.[one.number] }))
    .map((one) => ({ ...one, mine: !one.told, words: one.told || yours }));
  if (known.length !== 1 || you === null || you === undefined) return known;
  return [{ name: "you", title: translate("You"), mine: true, words: yours, number: you }, ...known];
}

function row(table, title) {
  const line = append(table, "div", "pin-row", { role: "row" });
  append(line, "div", "pin-title", { role: title ? "rowheader" : "cell" }).textContent = title;
  return line;
}

function cell(objective, own, change) {
  const one = element("div", "pin-cell");
  one.setAttribute("role", "cell");
  if (!own) {
    append(one, "span", "point-interval").textContent = translate("not there yet");
    return one;
  }
  const told = own[objective.name];
  append(one, "span", "point-value").textContent = value(objective, told?.[0]);
  const below = told ? writeInterval(objective, told) : objective.undefined;
  if (below) append(one, "span", "point-interval").textContent = below;
  if (change && change !== unmeasured()) append(one, "span", "pin-change").textContent = change;
  return one;
}

function sentences(comparison) {
  const found = [];
  if (comparison.length) {
    const first = translate("Numbers with a sign are differences from {first}.", comparison[0]);
    found.push(element("p", "screen-note", first));
  }
  for (const { sentences: told } of comparison) {
    const list = element("ul", "screen-words");
    list.append(...told.map((text) => element("li", "", text)));
    found.push(list);
  }
  if (comparison.length) found.push(element("p", "screen-note", translate(NOTE)));
  return found;
}
