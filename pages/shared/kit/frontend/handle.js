/** A handle that draws a red line on a scale, by pointer, touch and keyboard. */

import { translate } from "./language.js";
import { bound } from "./red_lines.js";
import { place, stepAt, steps } from "./scale.js";
import { append, element } from "./view.js";

const LEAP = 5; // steps of the keys PageUp and PageDown

export class Handle {
  /**
   * @param box the element that it moves in
   * @param lines where scales are, as ScaleLines has them
   * @param onLine called with a new red line; null for none
   */
  constructor(box, lines, onLine) {
    Object.assign(this, { lines, onLine });
    this.shade = element("div", "scales-shade");
    box.prepend(this.shade); // behind the lines
    this.strip = append(box, "div", "scales-strip");
    this.handle = append(box, "div", "scales-handle", { role: "slider", tabindex: 0 });
    this.handle.setAttribute("aria-orientation", "vertical");
    this.handle.onkeydown = (event) => this.press(event);
    for (const part of [this.strip, this.handle]) {
      part.onpointerdown = (event) => this.begin(part, event);
      part.onpointermove = (event) => part.hasPointerCapture(event.pointerId) && this.drag(event);
      part.onclick = (event) => event.stopPropagation(); // it selects no setting
    }
    this.strip.onpointerup = (event) => this.drag(event); // a tap, where a finger may scroll
  }

  /** Stand on a scale, at its red line. */
  draw(objective, column, line) {
    Object.assign(this, { objective, line: line ?? null });
    const every = steps(objective);
    const index = every.indexOf(line === undefined ? null : stepAt(objective, place(objective, line)));
    const x = this.lines.x(column);
    const share = this.line === null ? 0 : place(objective, line);
    const [top, y, bottom] = [1, share, 0].map((one) => this.lines.y(one));
    this.index = index;
    this.handle.style.translate = `${x}px ${y}px`;
    this.strip.style.cssText = `left:${x}px;top:${top}px;height:${bottom - top}px`;
    this.shade.style.cssText = `left:${x}px;top:${y}px;height:${bottom - y}px`;
    this.handle.classList.toggle("set", this.line !== null);
    this.say(every.length - 1, index);
  }

  say(most, index) {
    const told = this.line === null ? translate("no red line") : bound(this);
    const range = { "aria-valuemin": 0, "aria-valuemax": most, "aria-valuenow": index };
    const words = { "aria-label": translate("Red line: {objective}", { objective: this.objective.title }), "aria-valuetext": told };
    for (const [name, value] of Object.entries({ ...range, ...words }))
      this.handle.setAttribute(name, value);
    this.handle.title = told;
  }

  begin(part, event) {
    if (part === this.strip && event.pointerType !== "mouse") return;
    part.setPointerCapture(event.pointerId);
    if (part === this.strip) this.drag(event);
    event.preventDefault();
    this.handle.focus({ preventScroll: true });
  }

  drag(event) {
    const y = event.clientY - this.handle.parentElement.getBoundingClientRect().top;
    this.onLine(stepAt(this.objective, this.lines.share(y)));
  }

  press(event) {
    const every = steps(this.objective);
    const moves = {
      ...{ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 },
      ...{ PageUp: LEAP, PageDown: -LEAP, End: every.length },
      ...{ Home: -every.length, Delete: -every.length, Backspace: -every.length },
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const index = Math.min(Math.max(this.index + moves[event.key], 0), every.length - 1);
    this.onLine(every[index]);
  }

  remove() {
    for (const part of [this.shade, this.strip, this.handle]) part.remove();
  }
}
