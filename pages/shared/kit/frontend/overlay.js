/** What lies over a chart: names of lines, and the place of before with an arrow to the new one. */

import { translate } from "./language.js";
import { place } from "./labels.js";

const SVG = "http://www.w3.org/2000/svg";
const REACH = 14; // px of an arrow that the two places themselves cover
const HEAD = 7; // px of its head

export class Overlay {
  constructor(box) {
    this.root = node("svg", { class: "chart-overlay", "aria-hidden": "true" });
    this.names = this.root.appendChild(node("g", { class: "chart-names" }));
    this.move = this.root.appendChild(node("g", { class: "chart-move" }));
    box.append(this.root);
  }

  /**
   * @param plot of plotly
   * @param before place of the setting before, in the units of the axes, or null
   * @param now the same of the setting
   */
  draw(plot, before, now) {
    this.names.replaceChildren(...place(plot).flatMap(written));
    const { xaxis, yaxis } = plot._fullLayout;
    const px = ([x, y]) => [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)];
    this.move.replaceChildren(...(before ? moved(px(before), now && px(now)) : []));
  }
}

function written({ text, color = "currentColor", x, y, width, from }) {
  const name = node("text", { x, y, fill: color, "dominant-baseline": "central" });
  name.textContent = text;
  if (!from) return [name];
  const end = Math.max(x, Math.min(from[0], x + width));
  return [node("line", { x1: from[0], y1: from[1], x2: end, y2: y, stroke: color }), name];
}

function moved([x1, y1], now) {
  const far = now ? Math.hypot(now[0] - x1, now[1] - y1) : 0;
  const circle = node("circle", { cx: x1, cy: y1, r: 7 });
  if (far < 2 * REACH) return [circle];
  const ghost = node("g", {});
  ghost.append(circle, named(x1, y1, now));
  const [right, down] = [(now[0] - x1) / far, (now[1] - y1) / far];
  const [from, to] = [[x1 + right * 8, y1 + down * 8], [now[0] - right * REACH, now[1] - down * REACH]];
  const side = (turn) => `${to[0] - HEAD * (right - turn * down * 0.6)} ${to[1] - HEAD * (down + turn * right * 0.6)}`;
  const path = `M${from.join(" ")} L${to.join(" ")} M${side(1)} L${to.join(" ")} L${side(-1)}`;
  return [ghost, node("path", { d: path })];
}

/** The name of the place of before, on the side that the arrow does not take. */
function named(x, y, now) {
  const aside = now[0] > x ? { x: x - 10, "text-anchor": "end" } : { x: x + 10 };
  const name = node("text", { ...aside, y, "dominant-baseline": "central" });
  name.textContent = translate("before");
  return name;
}

function node(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
