/**
 * Draw a plotly figure and update it in place: one div per chart, fed to Plotly.react.
 *
 * Streamlit calls `render` at the first drawing, at every new payload and at every change of theme.
 */

import { mark, separators, spoken, translate } from "./language.js";
import { belowPlot, readTheme, template } from "./theme.js";

const PHONE = 560; // px; narrower charts are arranged for phones
const COLUMN = 24; // letters of a name that half a phone has room for
const IN_WORDS = "%{customdata[1]}<br>%{customdata[2]}"; // where no template fits
const TAP = 300; // ms; a second click so soon is the same one
const MOTION = { duration: 350, easing: "cubic-in-out", ordering: "traces first" };
const CONFIG = {
  displaylogo: false,
  showSendToCloud: false, // nothing leaves this machine
  toImageButtonOptions: { filename: "chart", scale: 2 },
};
const PLOTLY = [
  ...[mark("Download plot as a PNG"), mark("Taking snapshot - this may take a few seconds")],
  ...[mark("Snapshot succeeded"), mark("Sorry, there was a problem downloading your snapshot!")],
  ...[mark("Zoom"), mark("Pan"), mark("Zoom in"), mark("Zoom out"), mark("Reset axes")],
  ...[mark("Box Select"), mark("Lasso Select"), mark("Double-click to zoom back out")],
]; // what the library itself says
const STYLE = `
.live-chart { position: relative; width: 100%; height: 100%; overflow: hidden; }
.live-chart > div { width: 100%; height: 100%; border-radius: var(--st-base-radius); }
.live-chart > div:empty { background: var(--st-secondary-background-color); }
.live-chart.compact .modebar-container { display: none; }
.live-chart .hovertext .name { fill: var(--st-text-color) !important; }
.live-chart .js-plotly-plot .plotly .modebar:focus-within { opacity: 1; }
.live-chart.clickable .plotly .nsewdrag { cursor: pointer; }
.live-chart > p { position: absolute; inset: 0; overflow: auto; margin: 0; padding: 1rem;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
`;

const charts = new WeakMap(); // element given by Streamlit -> Chart
let library; // promise of plotly.js, one for all charts of the page

export default function render({ data, parentElement, ...component }, plotlyUrl) {
  if (!charts.has(parentElement)) charts.set(parentElement, new Chart(parentElement, plotlyUrl));
  const chart = charts.get(parentElement);
  chart.component = component;
  chart.payload = new TextDecoder().decode(data);
  chart.draw();
  // Streamlit also cleans up after a call that a newer one overtook; then the chart must stay.
  return () => parentElement.isConnected || chart.remove();
}

// Fetch and run plotly.js ahead of the first chart, when the browser has drawn what there is; a
// failure is told by the chart itself.
export function preload(plotlyUrl) {
  (window.requestIdleCallback ?? setTimeout)(() => load(plotlyUrl).catch(() => {}));
}

/**
 * A chart in an element: set `component` and `payload`, then `draw`.
 *
 * Who draws more than the payload may set `arrange(data, layout, theme)`, which changes what plotly
 * is given, `marks`, a text that changes with what it does, and `onDrawn`, which hears of each
 * drawing.
 */
export class Chart {
  constructor(parent, plotlyUrl) {
    Object.assign(this, { parent, plotlyUrl, busy: false, drawn: "", points: new Map() });
    this.clicked = new Map(); // trace uid -> visibility that a legend click chose
    addStyle();
    this.root = append(parent, "div", { class: "live-chart" });
    this.plot = append(this.root, "div", {});
    this.note = append(this.root, "p", { role: "status", hidden: "" });
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.root);
  }

  /** Draw until the latest payload, theme and size are on screen: one Plotly call at a time. */
  async draw() {
    if (this.busy) return;
    this.busy = true;
    for (let next = this.next(); next; next = this.next()) {
      this.drawn = next.state;
      try {
        await this.react(next);
        this.tell("");
      } catch (error) {
        this.tell(translate("The chart could not be drawn: {why}", { why: error.message }));
      }
    }
    this.busy = false;
    if (this.removed) this.purge();
  }

  /** Draw once more what is there. */
  again() {
    this.drawn = "";
    return this.draw();
  }

  /** What plotly is given, in this theme and in a size in px. */
  figure(size) {
    return this.build({ payload: this.payload, theme: readTheme(this.root, this.payload), ...size });
  }

  /** What must be drawn now; null if it is drawn or has no room yet (a tab that is not open). */
  next() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (this.removed || !width || !height) return null;
    const theme = readTheme(this.root, this.payload);
    const state = [width, height, theme.key, this.marks, this.payload].join("\n");
    return state === this.drawn ? null : { width, height, theme, state, payload: this.payload };
  }

  async react(next) {
    const Plotly = (this.Plotly = await load(this.plotlyUrl));
    const { data, layout, text, select } = this.build(next);
    const [before, after] = [this.points, pointsOf(data)];
    const moving = this.listening && moved(before, after) && !still();
    this.points = after;
    this.root.classList.toggle("compact", next.width < PHONE || touch());
    if (moving) {
      // A transition leaves titles as they were: first the new layout, then the points.
      await Plotly.react(this.plot, this.plot.data, layout);
      const end = { ...this.build(next).layout, transition: MOTION };
      // One that is interrupted never ends; later payloads must not wait for it.
      await Promise.race([Plotly.react(this.plot, data, end), sleep(4 * MOTION.duration)]);
    } else if (this.listening) {
      await Plotly.react(this.plot, data, layout);
    } else {
      await Plotly.newPlot(this.plot, data, layout, { ...config(select), ...this.config });
      this.listen();
      this.onDrawn?.();
    }
    this.describe(text);
  }

  /** One image with the text alternative, beside plotly's buttons: an image may not hold any. */
  describe(text) {
    const [image, ...layers] = this.plot.querySelectorAll(".main-svg");
    image.setAttribute("role", "img");
    image.setAttribute("aria-label", text);
    for (const layer of layers) layer.setAttribute("aria-hidden", "true");
  }

  /** The figure in this theme and size; made anew for each call because Plotly writes into it. */
  build({ payload, theme, width, height }) {
    const figure = JSON.parse(payload, (_, value) => theme.resolve(value));
    const phone = width < PHONE;
    const layout = { uirevision: "kept", separators: separators(), ...figure.layout, width, height };
    layout.template = template(theme, phone, spoken());
    if (phone) layout.legend = { ...layout.legend, ...belowPlot(), ...columns(figure.data) };
    if (phone) for (const trace of figure.data) Object.assign(trace, trace.meta?.phone);
    if (touch()) layout.dragmode = false; // a finger on the chart scrolls the page
    foldTitles(layout, width, height);
    this.arrange?.(figure.data, layout, theme);
    identify(figure.data);
    if (figure.points) tellPoints(figure.data, figure.points);
    for (const trace of figure.data) trace.visible = this.clicked.get(trace.uid) ?? trace.visible;
    return { ...figure, layout };
  }

  listen() {
    this.listening = true;
    const { plot, root } = this;
    plot.on("plotly_afterplot", () => this.onDrawn?.()); // a zoom, too
    const hit = ({ points }) => plain(points[0]?.customdata);
    plot.on("plotly_click", (event) => this.click(hit(event)));
    plot.on("plotly_hover", (event) => root.classList.toggle("clickable", hit(event) != null));
    plot.on("plotly_unhover", () => root.classList.remove("clickable"));
    root.addEventListener("pointerdown", () => (this.swiping = false));
    root.addEventListener("pointercancel", () => (this.swiping = true)); // a finger that scrolls
    // Plotly forgets a hidden trace that has no points for one update, so remember it here.
    plot.on("plotly_restyle", ([change, indices]) => {
      if (!("visible" in change)) return;
      for (const index of indices) this.clicked.set(plot.data[index].uid, plot.data[index].visible);
    });
    const select = (points = []) =>
      this.component.setStateValue(
        "selection",
        points.map((point) => plain(point.customdata)),
      );
    plot.on("plotly_selected", (event) => select(event?.points));
    plot.on("plotly_deselect", () => select());
  }

  /** Tell Python; plotly reports a tap twice, and also a swipe that starts on a point. */
  click(customdata) {
    const again = performance.now() - (this.clickedAt ?? -Infinity) < TAP;
    if (customdata == null || this.swiping || again) return;
    this.clickedAt = performance.now();
    this.component.setTriggerValue("click", customdata);
  }

  /** Put a message and the text alternative in the chart's place; "" brings the chart back. */
  tell(message) {
    const shows = () => translate("What it shows: {text}", JSON.parse(this.payload));
    this.note.textContent = message && `${message} ${shows()}`;
    this.note.hidden = !message;
    this.plot.style.visibility = message ? "hidden" : ""; // and not display: it must keep its size
  }

  remove() {
    this.removed = true;
    this.sizes.disconnect();
    this.root.remove();
    charts.delete(this.parent);
    if (!this.busy) this.purge();
  }

  purge() {
    if (this.listening) this.Plotly.purge(this.plot);
  }
}

function config(select) {
  const unused = select ? ["autoScale2d"] : ["autoScale2d", "select2d", "lasso2d"];
  const locale = spoken();
  const dictionary = Object.fromEntries(PLOTLY.map((text) => [text, translate(text)]));
  const locales = locale === "en" ? {} : { locale, locales: { [locale]: { dictionary } } };
  return { ...CONFIG, ...locales, modeBarButtonsToRemove: unused };
}

/** Fetch plotly.js once; a script tag alone would download it again for every tab. */
function load(url) {
  library ??= fetch(url, { cache: "force-cache" })
    .then((answer) => (answer.ok ? answer.blob() : Promise.reject(`HTTP ${answer.status}`)))
    .then(run)
    .catch((cause) => {
      library = undefined; // the next payload tries again
      const why = cause.message ?? cause;
      throw new Error(translate("plotly.js did not load ({why}). Reload the page.", { why }));
    });
  return library;
}

function run(blob) {
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([blob], { type: "text/javascript" }));
  return new Promise((resolve, reject) => {
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject("not plotly.js"));
    script.onerror = () => reject(translate("the browser refused to run it"));
    document.head.append(script);
  }).finally(() => URL.revokeObjectURL(script.src));
}

/** Give every trace an identity made of its name; plotly uses it as the name of a CSS class. */
function identify(traces) {
  const count = new Map();
  for (const trace of traces) {
    const name = (trace.name ?? trace.type ?? "").replace(/[^A-Za-z0-9]/gu, escape);
    count.set(name, (count.get(name) ?? 0) + 1);
    trace.uid ??= `${name}-${count.get(name)}`;
  }
}

/** Give points that are numbers the words of their setting and what was measured of it. */
function tellPoints(traces, { template, settings, rows }) {
  const form = (row) => (row.length > 3 ? template : IN_WORDS) + "<extra></extra>";
  for (const trace of traces.filter((one) => one.customdata)) {
    trace.customdata = trace.customdata.map((number) => [number, settings[number], ...rows[number]]);
    trace.hovertemplate = trace.customdata.map(form);
  }
}

const escape = (letter) => `_${letter.codePointAt(0)}`;

/** Per trace: which points it has, where they are, and whether they have identities. */
function pointsOf(data) {
  const length = (values) => (values?.bdata ?? values)?.length;
  const describe = ({ ids, x, y }) => ({
    named: Boolean(ids),
    which: ids ? JSON.stringify(ids) : length(x ?? y),
    where: JSON.stringify([x, y]),
  });
  return new Map(data.map((trace) => [trace.uid, describe(trace)]));
}

/** True if named points changed place while no trace and no point came or went. */
function moved(before, after) {
  const traces = [...after];
  return (
    before.size === after.size &&
    traces.every(([uid, now]) => before.get(uid)?.which === now.which) &&
    traces.some(([uid, now]) => now.named && before.get(uid).where !== now.where)
  );
}

/** Break titles that are longer than their side of the chart; plotly would cut them off. */
function foldTitles(layout, width, height) {
  for (const [name, part] of [["title", layout], ...Object.entries(layout)]) {
    if (!/^(title|[xy]axis\d*)$/.test(name) || !part.title?.text) continue;
    const side = name.startsWith("y") ? height - 120 : width - 60; // px; a letter takes 8 or 6.5
    part.title.text = fold(part.title.text, side / (name === "title" ? 8 : 6.5));
  }
}

/** Two columns of names on a phone; one where a name would run into its neighbour. */
function columns(traces) {
  const long = traces.some(({ name, showlegend }) => showlegend !== false && name?.length > COLUMN);
  return { entrywidth: long ? 0.98 : 0.48, entrywidthmode: "fraction", font: { size: 10 } };
}

function fold(text, letters) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (longer.length > letters || !lines.length) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join("<br>");
}

function append(parent, tag, attributes) {
  const element = parent.appendChild(document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function addStyle() {
  const id = "live-chart-style";
  if (!document.getElementById(id)) append(document.head, "style", { id }).textContent = STYLE;
}

const media = (query) => window.matchMedia(query).matches;
const touch = () => media("(pointer: coarse)");
const still = () => document.hidden || media("(prefers-reduced-motion: reduce)");
const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
