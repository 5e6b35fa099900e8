/**
 * Draw an icon array: a hundred people a group, told apart by shape, who did and did not get an answer.
 *
 * Heads change in place, and a ring marks those that the last move of a slider changed.
 */

import { translate } from "./language.js";
import { append, attach, element, onChange, say } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";
const HEADS = 100;
const PHONE = matchMedia("(max-width: 860px)"); // there rows are longer: sliders need the height
const KINDS = ["kept", "lost", "gained", "never"]; // in this order: who got it before stays in place
const PERSON = "M5 1.2a1.75 1.75 0 1 1 0 3.5a1.75 1.75 0 1 1 0-3.5zM2.1 9.2v-1.6a2.2 2.2 0 0 1 2.2-2.2h1.4a2.2 2.2 0 0 1 2.2 2.2v1.6z";
const SHAPES = {
  kept: [["solid", PERSON]],
  gained: [["solid", PERSON], ["sign", "M8.2 .8v3.4M6.5 2.5h3.4"]],
  lost: [["line", PERSON], ["sign", "M1 9.3L9 1.1"]],
  never: [["solid", "M5 3.7a1.6 1.6 0 1 1 0 3.2a1.6 1.6 0 1 1 0-3.2z"]],
};

export const icons = (component) => attach(component, (root) => new IconArray(root));

/** All groups, and the legend of the kinds of heads. */
class IconArray {
  constructor(root) {
    root.classList.add("icons");
    this.notice = append(root, "p", "screen-notice calm");
    this.list = append(root, "div", "icons-groups");
    this.legend = append(root, "ul", "icons-legend");
    this.title = append(root, "p");
    this.note = append(root, "p");
    this.groups = new Map(); // name -> Group
    this.setting = "";
    this.place = () => this.groups.forEach((group) => group.place());
    PHONE.addEventListener("change", this.place);
    this.draw = onChange(["setting", "icon array", "icon array words", "status"], (parts) => this.show(parts)).draw;
  }

  show({ setting, status, "icon array": rows, "icon array words": words }) {
    const waits = ["waiting", "running"].includes(status?.state);
    say(this.notice, waits && this.groups.size ? "" : words?.missing); // else what was drawn stays
    this.list.classList.toggle("old", !rows);
    if (!rows) {
      this.list.hidden = !waits;
      return;
    }
    this.list.hidden = false;
    const moved = this.setting !== JSON.stringify(setting);
    this.setting = JSON.stringify(setting);
    this.arrange(rows);
    for (const row of rows) this.groups.get(row.group).draw(row, moved);
    this.tell(words);
  }

  /** Keep the groups that stay: only heads that change are drawn anew. */
  arrange(rows) {
    const names = rows.map((row) => row.group);
    if (names.join("\n") === [...this.groups.keys()].join("\n")) return;
    this.groups = new Map(names.map((name) => [name, new Group(name)]));
    this.list.replaceChildren(...[...this.groups.values()].map((group) => group.root));
    this.list.dataset.groups = names.length > 4 ? "many" : "few";
  }

  remove() {
    PHONE.removeEventListener("change", this.place);
  }

  tell({ title, kinds, moved, note }) {
    say(this.title, title);
    say(this.note, note);
    const entries = Object.entries(kinds);
    if ([...this.groups.values()].some((group) => group.changed)) entries.push(["moved", moved]);
    this.legend.replaceChildren(...entries.map(([kind, text]) => entry(kind, text)));
  }
}

/** One group: its heads, and what is counted of it in words. */
class Group {
  constructor(name) {
    this.root = element("figure", "icons-group");
    this.svg = append(this.root, "div").appendChild(svg("svg", { role: "img" }));
    const caption = append(this.root, "figcaption");
    append(caption, "strong").textContent = name;
    this.people = append(caption, "span");
    this.words = append(caption, "span");
    this.heads = Array.from({ length: HEADS }, () => new Head(this.svg));
    this.place();
    this.before = null; // kinds of heads at the setting before
  }

  /** Put the heads side by side, row upon row from the bottom left. */
  place() {
    const columns = PHONE.matches ? 20 : 10;
    const rows = HEADS / columns;
    this.svg.setAttribute("viewBox", `0 0 ${10 * columns} ${10 * rows}`);
    this.heads.forEach(({ root }, place) => {
      const [x, y] = [place % columns, rows - 1 - Math.floor(place / columns)];
      root.setAttribute("transform", `translate(${10 * x} ${10 * y})`);
    });
  }

  draw(row, moved) {
    const measured = row.kept !== null;
    this.people.textContent = translate(" {n:person|people}", { n: row.people });
    this.words.replaceChildren(...row.words.map((text) => element("span", "icons-words", text)));
    this.svg.setAttribute("aria-label", row.text);
    this.svg.parentElement.hidden = !measured;
    if (moved) this.before = this.kinds ?? null;
    this.kinds = measured ? KINDS.flatMap((kind) => Array(row[kind]).fill(kind)) : null;
    const known = this.before && this.kinds;
    this.heads.forEach((head, place) => {
      const kind = this.kinds?.[place] ?? "never";
      head.draw(kind, known && this.before[place] !== kind);
    });
    this.changed = Boolean(known && this.kinds.some((kind, place) => kind !== this.before[place]));
  }
}

/** One head, and the ring around it if the last move changed it. */
class Head {
  constructor(parent) {
    this.root = parent.appendChild(svg("g"));
    this.shape = this.root.appendChild(svg("g"));
    this.ring = null;
  }

  draw(kind, moved) {
    if (kind !== this.kind) {
      this.shape.replaceChildren(...shapes(kind));
      this.shape.setAttribute("class", `head ${kind} ${this.kind ? "new" : ""}`);
      this.kind = kind;
    }
    if (moved && !this.ring) {
      this.ring = this.root.appendChild(svg("circle", { class: "ring", cx: 5, cy: 5, r: 4.8 }));
    } else if (!moved && this.ring) {
      this.ring.remove();
      this.ring = null;
    }
  }
}

function entry(kind, text) {
  const item = element("li");
  const icon = item.appendChild(svg("svg", { viewBox: "-0.5 -0.5 11 11", "aria-hidden": "true" }));
  const shape = icon.appendChild(svg("g", { class: `head ${kind}` }));
  if (kind === "moved") shape.append(svg("circle", { class: "ring", cx: 5, cy: 5, r: 4.8 }));
  else shape.append(...shapes(kind));
  item.append(text);
  return item;
}

const shapes = (kind) => SHAPES[kind].map(([name, d]) => svg("path", { class: name, d }));

function svg(tag, attributes = {}) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
