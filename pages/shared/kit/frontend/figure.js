/**
 * The large chart as a finished figure: what it found, the setting, the chart, the source, files.
 *
 * What somebody marks (choice.js) is drawn at once: the settings on the front of the objectives that
 * count are dark, and curves along a slider are shown when they are asked for.
 */

import { ChartPoints } from "./chart_points.js";
import * as choice from "./choice.js";
import { files } from "./figure_files.js";
import { translate } from "./language.js";
import { Overlay } from "./overlay.js";
import { select } from "./pins.js";
import { Ranges } from "./ranges.js";
import { Status } from "./screen.js";
import { append, attach, say } from "./view.js";

const YOU = "you are here";
const ELSEWHERE = "shift_intensity"; // the curve among other people, in a chart of its own
const DARK = "var(--st-text-color/0.75)"; // a setting on the front of what counts
const PALE = ["at another privacy budget", "beaten by the front", "not told apart from it"];

export const front = (component, { Chart }, plotlyUrl) =>
  attach(component, (root) => new Figure(root, Chart, plotlyUrl));

/** Status and figure; a chart stays, faintly, until the first points of the next setting come. */
class Figure {
  constructor(root, Chart, plotlyUrl) {
    this.status = new Status(root);
    this.missing = append(root, "p", "screen-notice calm");
    this.root = append(root, "figure", "figure");
    this.root.hidden = true;
    this.title = append(this.root, "h2", "figure-title");
    this.subtitle = append(this.root, "p", "figure-note");
    this.box = append(this.root, "div", "figure-chart");
    this.chart = new Chart(this.box, plotlyUrl);
    this.overlay = new Overlay(this.box);
    this.points = new ChartPoints(this.box, () => this.chart.listening && this.chart.plot);
    this.ranges = new Ranges();
    this.source = append(this.root, "figcaption", "figure-note");
    const bar = append(this.root, "div", "figure-bar");
    this.curves = append(bar, "div", "figure-curves", { role: "group", "aria-label": translate("Curves") });
    this.files = files(bar, () => ({ chart: this.chart, caption: this.parts.caption }));
    this.beside = append(this.root, "section", "figure-beside", { "aria-label": translate("Among other people") });
    this.besideTitle = append(this.beside, "p", "figure-note");
    this.elsewhere = new Chart(append(this.beside, "div", "figure-small"), plotlyUrl);
    this.chart.arrange = (data, layout, theme) => this.arrange(data, layout, theme);
    this.chart.onDrawn = () => this.drawn();
    this.chart.component = { setTriggerValue: (_, [number]) => select(number) };
    this.chart.config = { doubleClick: false }; // ranges.js fits the axes
    this.stop = choice.subscribe(() => this.marks() === this.chart.marks || this.mark());
  }

  draw(parts, component) {
    this.follow(parts);
    this.parts = parts;
    this.status.draw(parts, component);
    const waits = ["waiting", "running"].includes(parts.status?.state);
    say(this.missing, parts.missing);
    this.root.classList.toggle("old", Boolean(parts.missing));
    if (parts.order) this.root.hidden = false;
    else if (!waits) this.root.hidden = true;
    if (!parts.order) return;
    const { title, subtitle, source } = parts.caption;
    say(this.title, title || subtitle);
    say(this.subtitle, title ? subtitle : "");
    say(this.source, source);
    this.chart.payload = figure(parts);
    this.mark();
  }

  /** What of the marks the chart draws: other ones, as a red line, leave it as it is. */
  marks() {
    const { counted, curves } = choice.get();
    return [counted, curves, JSON.stringify(this.parts?.fronts?.[counted])].join();
  }

  /** Draw what is marked now. */
  mark() {
    if (!this.parts?.order) return;
    const { curves } = choice.get();
    this.chart.marks = this.marks();
    this.offer(choice.names(curves));
    this.chart.draw();
    const shown = this.parts.deployment && choice.names(curves).includes(ELSEWHERE);
    this.beside.hidden = !shown;
    if (!shown) return;
    say(this.besideTitle, this.parts.deployment.text);
    this.elsewhere.payload = JSON.stringify(this.parts.deployment);
    this.elsewhere.draw();
  }

  /** One button a curve that there is; pressed, the curve is shown. */
  offer(shown) {
    const { parts } = this;
    const there = parts.order
      .map((name) => [parts[`trace ${name}`].meta?.section, name])
      .filter(([section]) => section);
    if (parts.deployment) there.push([ELSEWHERE, translate("among other people")]);
    const state = JSON.stringify([there, shown]);
    if (state === this.offered) return;
    this.offered = state;
    const before = document.activeElement?.dataset?.curve;
    this.curves.replaceChildren();
    for (const [section, name] of there) {
      const pressed = shown.includes(section);
      const told = { type: "button", "aria-pressed": pressed, "data-curve": section };
      const button = append(this.curves, "button", "figure-button", told);
      button.textContent = name[0].toUpperCase() + name.slice(1);
      const next = pressed ? shown.filter((one) => one !== section) : [...shown, section];
      button.onclick = () => choice.set({ curves: next.join("+") });
      if (section === before) button.focus();
    }
  }

  /** Remember where the setting was when another takes its place. */
  follow(parts) {
    const [before, now] = [this.parts, parts].map((one) => one && JSON.stringify(one.setting));
    if (before !== undefined && before !== now) this.before = this.now ?? this.before;
    const meant = parts.layout?.uirevision;
    if (meant && meant !== this.meant) [this.before, this.meant] = [null, meant];
    const { x, y } = parts[`trace ${YOU}`] ?? {};
    this.now = parts.order && x ? [x[0], y[0]] : null;
  }

  /** Change what plotly is given: ranges, what is dark, curves, and the interval of the setting. */
  arrange(data, layout, theme) {
    this.ranges.hold(layout);
    const { counted, curves } = choice.get();
    const [on, shown] = [new Set(this.parts.fronts?.[counted]?.front), choice.names(curves)];
    for (const trace of data) {
      if (trace.meta?.section) trace.visible = shown.includes(trace.meta.section);
      if (PALE.includes(trace.name)) {
        const color = (number) => (on.has(number) ? theme.resolve(DARK) : trace.marker.color);
        trace.marker = { ...trace.marker, color: trace.customdata.map(color) };
      }
      if (trace.name === YOU) Object.assign(trace, this.bars(layout, theme));
    }
  }

  /** The 95 % intervals of the setting, where its axes are objectives. */
  bars({ meta }, theme) {
    const own = this.parts.values?.[this.parts.you] ?? {};
    const bar = (name) => {
      const [mean, low, high] = own[name] ?? [];
      const told = [mean, low, high].every(Number.isFinite);
      const style = { type: "data", symmetric: false, thickness: 1.5, width: 4 };
      if (!told) return undefined;
      return { ...style, color: theme.resolve(DARK), array: [high - mean], arrayminus: [mean - low] };
    };
    return { error_x: bar(meta?.x), error_y: bar(meta?.y) };
  }

  drawn() {
    const { plot } = this.chart;
    if (!this.listening) {
      this.listening = true;
      this.ranges.listen(plot, () => this.chart.again());
    }
    for (const button of this.curves.children) {
      const trace = plot.data.find(({ meta }) => meta?.section === button.dataset.curve);
      button.style.setProperty("--curve", trace?.line.color ?? "currentColor");
    }
    this.overlay.draw(plot, this.before, this.now);
    this.points.draw();
  }

  refresh() {
    this.mark();
  }

  remove() {
    this.stop();
    this.points.remove();
    this.chart.remove();
    this.elsewhere.remove();
  }
}

function figure({ order, layout, text, template, settings, rows, ...parts }) {
  const data = order.map((name) => parts[`trace ${name}`]);
  return JSON.stringify({ data, layout, text, points: { template, settings, rows } });
}
