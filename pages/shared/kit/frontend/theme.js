/** The app's theme, read from Streamlit's --st-* variables, as colours and as a plotly template. */

const NAMES = [
  "--st-text-color",
  "--st-background-color",
  "--st-secondary-background-color",
  "--st-primary-color",
  "--st-heading-color",
  "--st-heading-font",
  "--st-font",
  "--st-chart-categorical-colors",
  "--st-chart-sequential-colors",
  "--st-chart-diverging-colors",
];
// "var(--st-name)"; [i] takes the i-th colour of a list, /a gives the opacity a.
const REFERENCE = /^var\((--st-[\w-]+)(?:\[(\d+)\])?(?:\/([\d.]+))?\)(?:\/([\d.]+))?$/;
const CLEAR = "rgba(0, 0, 0, 0)";

const pen = document.createElement("canvas").getContext("2d"); // normalises any CSS colour

/** The variables that the template and this payload use; `key` changes when one of them does. */
export function readTheme(element, payload) {
  const style = getComputedStyle(element);
  const used = new Set([...NAMES, ...(payload.match(/--st-[\w-]+/g) ?? [])]);
  const values = new Map([...used].map((name) => [name, style.getPropertyValue(name).trim()]));
  const get = (name) => values.get(name);
  return {
    get,
    list: (name) => split(get(name)),
    size: 0.8125 * parseFloat(style.fontSize), // px
    key: [style.fontSize, ...values.values()].join(";"),
    resolve: (value) => (isReference(value) ? colour(value, get) : value),
  };
}

/** What every figure of the app has in common; whatever the figure says itself comes first. */
export function template(theme, phone, language) {
  const text = theme.get("--st-text-color");
  const font = { family: theme.get("--st-font"), color: text, size: theme.size };
  const axis = { ...axisStyle(text, font), labelalias: percents(language) };
  const layout = {
    font,
    colorway: theme.list("--st-chart-categorical-colors"),
    colorscale: {
      sequential: scale(theme.list("--st-chart-sequential-colors")),
      diverging: scale(theme.list("--st-chart-diverging-colors")),
    },
    coloraxis: { colorbar: { outlinewidth: 0, thickness: 12 } },
    paper_bgcolor: theme.get("--st-background-color"), // a saved image has it too
    plot_bgcolor: CLEAR,
    margin: phone ? { l: 4, r: 10, t: 12, b: 4 } : { l: 8, r: 16, t: 34, b: 8 },
    xaxis: axis,
    yaxis: axis,
    legend: belowPlot(),
    title: titleStyle(theme),
    hovermode: "closest",
    hoverlabel: hoverStyle(theme, text, font),
    modebar: {
      bgcolor: CLEAR,
      color: faint(text, 0.5),
      activecolor: theme.get("--st-primary-color"),
    },
  };
  return { layout };
}

/** At the lower edge, left; plotly keeps that room free below the axis title. */
export function belowPlot() {
  return {
    orientation: "h",
    xref: "paper",
    x: 0,
    xanchor: "left",
    yref: "container",
    y: 0,
    yanchor: "bottom",
    itemsizing: "constant",
  };
}

function axisStyle(text, font) {
  return {
    automargin: true,
    gridcolor: faint(text, 0.1),
    zeroline: false,
    linecolor: faint(text, 0.3),
    tickcolor: faint(text, 0.3),
    tickfont: { size: font.size - 1, color: faint(text, 0.8) },
    title: { standoff: 12, font: { size: font.size } },
  };
}

// Language -> labels; the same object each time, as plotly compares it and draws anew what differs.
const spaced = new Map([["en", {}]]);

/** What an axis tells in place of "5%", as plotly writes it, in a language with a space there. */
function percents(language) {
  if (!spaced.has(language)) {
    const decimal = (0.5).toLocaleString(language)[1];
    const numbers = Array.from({ length: 1001 }, (_, tenths) => `${tenths / 10}`.replace(".", decimal));
    const signed = ["", "+", "−"].flatMap((sign) => numbers.map((number) => sign + number));
    spaced.set(language, Object.fromEntries(signed.map((one) => [`${one}%`, `${one}\u00a0%`])));
  }
  return spaced.get(language);
}

function titleStyle(theme) {
  return {
    font: {
      family: theme.get("--st-heading-font"),
      color: theme.get("--st-heading-color"),
      size: theme.size + 3,
    },
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
    automargin: true,
    pad: { t: 8, b: 8 },
  };
}

function hoverStyle(theme, text, font) {
  // A see-through label would let the points under it shine through its words.
  const under = rgba(theme.get("--st-background-color"));
  const [red, green, blue, alpha] = rgba(theme.get("--st-secondary-background-color"));
  const mixed = [red, green, blue].map((part, i) => alpha * part + (1 - alpha) * under[i]);
  return {
    align: "left",
    bgcolor: `rgb(${mixed.map(Math.round).join(", ")})`,
    bordercolor: faint(text, 0.35),
    font: { ...font },
    namelength: -1,
  };
}

const isReference = (value) => typeof value === "string" && REFERENCE.test(value);
const split = (list) => list.split(/,(?![^(]*\))/);
const scale = (colours) => colours.map((value, i) => [i / (colours.length - 1), value]);

/** The concrete colour of a reference like "var(--st-primary-color/0.2)". */
function colour(reference, get) {
  const [, name, index, inside, behind] = REFERENCE.exec(reference);
  const value = split(get(name))[index ?? 0];
  if (!value || value === "unset") throw new Error(`the theme has no colour "${reference}".`);
  return faint(value, inside ?? behind ?? 1);
}

function faint(css, opacity) {
  const [red, green, blue, alpha] = rgba(css);
  return `rgba(${red}, ${green}, ${blue}, ${alpha * opacity})`;
}

/** Red, green, blue (0..255) and opacity (0..1). */
function rgba(css) {
  pen.fillStyle = css;
  const value = pen.fillStyle; // "#rrggbb" or "rgba(r, g, b, a)"
  if (!value.startsWith("#")) return value.match(/[\d.]+/g).map(Number);
  return [...[1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16)), 1];
}
