/**
 * Draw the parts of the Explorer's screen as they come: its status, chart, cards and words.
 *
 * Streamlit calls a part's function at the first drawing and at every change of theme; what the
 * screen shows comes by live.js. style.css has the look.
 */

import { ChartPoints } from "./chart_points.js";
import { select } from "./pins.js";
import { append, attach, element, onChange, say } from "./view.js";

export const front = (component, { Chart }, plotlyUrl) =>
  attach(component, (root) => new Front(root, new Chart(append(root, "div", "screen-chart"), plotlyUrl)));

export const cards = (component) =>
  attach(component, (root) => {
    const [note, list] = [append(root, "p", "screen-note"), append(root, "dl", "screen-cards")];
    return onChange(["cards", "left out"], ({ cards, "left out": small }) => {
      say(note, small);
      list.replaceChildren(...(cards ?? []).map(card));
    });
  });

export const words = (component) => attach(component, (root) => sentences(root));

/** Two sentences; how far the models are is seen only while some are to come. */
export const story = (component) =>
  attach(component, (root) => {
    const status = new Status(root);
    const told = sentences(root, "story");
    return {
      draw(parts, component) {
        status.draw(parts, component);
        status.root.classList.toggle("done", parts.status?.state === "done");
        told.draw(parts);
      },
    };
  });

/** Status and chart; a chart stays, faintly, until the first points of the next setting come. */
class Front {
  constructor(root, chart) {
    Object.assign(this, { chart, status: new Status(root), box: root.querySelector(".screen-chart") });
    this.missing = append(root, "p", "screen-notice calm");
    this.box.before(this.status.root, this.missing);
    this.box.hidden = true;
    this.points = new ChartPoints(this.box, () => chart.listening && chart.plot);
    chart.onDrawn = () => this.points.draw();
    chart.component = { setTriggerValue: (_, [number]) => select(number) };
  }

  draw(parts, component) {
    this.status.draw(parts, component);
    const waits = ["waiting", "running"].includes(parts.status?.state);
    say(this.missing, parts.missing);
    this.box.classList.toggle("old", Boolean(parts.missing));
    if (parts.order) this.box.hidden = false;
    else if (!waits) this.box.hidden = true;
    const payload = parts.order ? figure(parts) : this.chart.payload;
    if (!payload || payload === this.chart.payload) return;
    this.chart.payload = payload;
    this.chart.draw();
  }

  refresh() {
    if (this.chart.payload) this.chart.draw();
  }

  remove() {
    this.points.remove();
    this.chart.remove();
  }
}

function figure({ order, layout, text, template, settings, rows, ...parts }) {
  const data = order.map((name) => parts[`trace ${name}`]);
  return JSON.stringify({ data, layout, text, points: { template, settings, rows } });
}

/** How far the models are, what happened on the way, and what failed. */
class Status {
  constructor(parent) {
    this.root = append(parent, "div", "screen-status");
    this.notices = append(this.root, "div");
    this.failure = append(this.root, "div", "screen-notice failed", { role: "alert" });
    this.failed = append(this.failure, "p");
    this.button = append(this.failure, "button", "screen-again", { type: "button" });
    this.button.textContent = "Try again";
    this.text = append(this.root, "p");
    const range = { role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 };
    this.bar = append(this.root, "div", "screen-bar", { ...range, "aria-label": "Models" });
    this.done = append(this.bar, "div");
    this.asked = 0;
  }

  draw({ status, error }, component) {
    if (!status) return;
    const { state, share, text, notices, failure } = status;
    const told = [...notices, ...(error ? [error] : [])];
    this.notices.replaceChildren(...told.map((notice) => element("p", "screen-notice", notice)));
    this.failure.hidden = !failure;
    say(this.failed, failure);
    this.button.onclick = () => component.setTriggerValue("again", (this.asked += 1));
    this.text.ariaLive = this.state === state ? "off" : "polite"; // not at every model
    this.state = state;
    say(this.text, text);
    this.bar.hidden = !text;
    this.bar.setAttribute("aria-valuenow", Math.round(100 * share));
    this.bar.setAttribute("aria-valuetext", text);
    this.done.style.width = `${100 * share}%`;
  }
}

function card([title, value, change, detail]) {
  const one = element("div");
  one.append(element("dt", "", title), element("dd", "screen-value", value));
  if (change) one.append(element("dd", "", `${change} against no constraint, no privacy`));
  one.append(element("dd", "", detail));
  return one;
}

function sentences(root, name = "words") {
  const list = append(root, "ul", "screen-words");
  return onChange([name], ({ [name]: words }) =>
    list.replaceChildren(...(words ?? []).map((text) => element("li", "", text))),
  );
}
