/**
 * Draw the parts of the Explorer's screen as they come: its status, cards and words.
 *
 * Streamlit calls a part's function at the first drawing and at every change of theme; what the
 * screen shows comes by live.js. style.css has the look.
 */

import { apart, translate } from "./language.js";
import { append, attach, element, onChange, say } from "./view.js";

/** What the scales cannot say: whom a gap leaves out, and what differs from the untouched model. */
export const cards = (component) =>
  attach(component, (root) => {
    const note = append(root, "p", "screen-note");
    const title = append(root, "p", "screen-note");
    const list = append(root, "dl", "screen-cards");
    return onChange(["cards", "left out"], ({ cards, "left out": small }) => {
      const compared = (cards ?? []).filter(([, , change]) => change);
      say(note, small);
      say(title, compared.length && translate("Against no constraint, no privacy:"));
      list.replaceChildren(...compared.map(card));
    });
  });

/** The sentences that are said first; the others behind a word. */
export const words = (component) =>
  attach(component, (root) => {
    const first = append(root, "ul", "screen-words");
    const more = append(root, "details", "screen-more");
    append(more, "summary").textContent = translate("More sentences");
    const rest = append(more, "ul", "screen-words");
    return onChange(["words", "leading"], ({ words: said, leading }) => {
      const words = said ?? []; // null while the next setting has none
      list(first, words.slice(0, leading));
      list(rest, words.slice(leading));
      more.hidden = words.length <= leading;
    });
  });

export const sentences = (component) => attach(component, (root) => told(root));

/** Two sentences; how far the models are is seen only while some are to come. */
export const story = (component) =>
  attach(component, (root) => {
    const status = new Status(root);
    const words = told(root, "story");
    return {
      draw(parts, component) {
        status.draw(parts, component);
        status.root.classList.toggle("done", parts.status?.state === "done");
        words.draw(parts);
      },
    };
  });

/** How far the models are, what happened on the way, and what failed. */
export class Status {
  constructor(parent) {
    this.root = append(parent, "div", "screen-status");
    this.notices = append(this.root, "div");
    this.failure = append(this.root, "div", "screen-notice failed", { role: "alert" });
    this.failure.hidden = true; // until one is told
    this.failed = append(this.failure, "p");
    this.button = append(this.failure, "button", "screen-again", { type: "button" });
    this.button.textContent = translate("Try again");
    this.text = append(this.root, "p");
    const range = { role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 };
    this.bar = append(this.root, "div", "screen-bar", { ...range, "aria-label": translate("Models") });
    this.done = append(this.bar, "div");
    this.asked = 0;
  }

  draw({ status, error }, component) {
    if (!status) return;
    const { state, share, text, notices, failure } = status;
    const old = translate("The latest results could not be drawn ({error}).", { error });
    const told = [...notices, ...(error ? [old] : [])];
    this.notices.replaceChildren(...told.map((notice) => element("p", "screen-notice", notice)));
    this.failure.hidden = !failure;
    say(this.failed, failure);
    this.button.onclick = () => component.setTriggerValue("again", (this.asked += 1));
    this.text.ariaLive = this.state === state ? "off" : "polite"; // not at every model
    this.state = state;
    say(this.text, text);
    this.bar.hidden = !text || share === 1;
    this.bar.setAttribute("aria-valuenow", Math.round(100 * share));
    this.bar.setAttribute("aria-valuetext", text);
    this.done.style.width = `${100 * share}%`;
  }
}

function card([title, , change, detail]) {
  const one = element("div");
  one.append(element("dt", "", title), element("dd", "", apart(change, detail)));
  return one;
}

function told(root, name = "words") {
  const all = append(root, "ul", "screen-words");
  return onChange([name], ({ [name]: words }) => list(all, words ?? []));
}

function list(root, texts) {
  root.replaceChildren(...texts.map((text) => element("li", "", text)));
}
