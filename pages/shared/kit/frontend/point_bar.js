/** A bar at the foot of the window that names the selected setting while its card is out of view. */

import { translate } from "./language.js";
import { select } from "./pins.js";
import { append, say } from "./view.js";

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export class PointBar {
  constructor(root, card) {
    this.bar = append(root, "div", "selection-bar", { role: "group", "aria-label": translate("Selected setting") });
    this.text = append(this.bar, "span");
    card.tabIndex = -1; // the bar goes, and the focus with it
    this.button(translate("Show"), () => {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "center", behavior: still() ? "auto" : "smooth" });
    });
    this.button(translate("Clear selection"), () => {
      select(null);
      document.querySelector(".points-chart")?.focus({ preventScroll: true });
    });
    this.seen = new IntersectionObserver(([{ isIntersecting }]) => {
      this.near = isIntersecting;
      this.show();
    });
    this.seen.observe(card);
    this.draw("");
  }

  button(text, onClick) {
    const one = append(this.bar, "button", "point-button", { type: "button" });
    one.textContent = text;
    one.addEventListener("click", onClick);
  }

  /** Name a setting; empty for none. */
  draw(title) {
    say(this.text, title && translate("Selected: {setting}", { setting: title }));
    this.title = title;
    this.show();
  }

  show() {
    this.bar.hidden = !this.title || this.near !== false;
  }

  remove() {
    this.seen.disconnect();
  }
}
