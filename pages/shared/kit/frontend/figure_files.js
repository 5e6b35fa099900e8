/**
 * The figure to take along, with title, setting and source: as PNG, SVG or a page of its own; and
 * its numbers, which the server writes.
 */

import { place } from "./labels.js";
import { mark, spoken, translate } from "./language.js";
import { append } from "./view.js";

const SIZE = { width: 1000, height: 680 }; // px of a file
const LETTERS = { title: 92, note: 140 }; // of a line, at these sizes
const LINE = { title: 24, note: 17 }; // px
const KINDS = {
  [mark("PNG picture")]: (now) => drawn(now, (there) => image(there, "png")),
  [mark("SVG drawing")]: (now) => drawn(now, (there) => image(there, "svg")),
  [mark("HTML page")]: (now) => drawn(now, page),
  [mark("CSV table")]: () => document.querySelector(".st-key-figure-csv button")?.click(),
};

/** Append a menu of files; `now` returns the chart and its caption. */
export function files(parent, now) {
  const menu = append(parent, "details", "figure-menu");
  append(menu, "summary", "figure-button").textContent = translate("Download");
  const list = append(menu, "div", "figure-list");
  for (const [kind, make] of Object.entries(KINDS)) {
    const button = append(list, "button", "figure-button", { type: "button" });
    button.textContent = translate(kind);
    button.onclick = async () => {
      menu.open = false;
      await make(now());
    };
  }
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstChild.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
}

/** Draw the figure once more, out of sight and as large as a file, and hand it on. */
async function drawn({ chart, caption }, make) {
  const { Plotly } = chart;
  const box = append(document.body, "div", "", { style: "position: fixed; left: -9999px" });
  try {
    const { data, layout } = chart.figure(SIZE);
    const framed = { ...layout, ...SIZE, ...frame(layout, caption) };
    const config = { staticPlot: true, displaylogo: false };
    const plot = await Plotly.newPlot(box, data, framed, config);
    await Plotly.relayout(plot, { annotations: [...framed.annotations, ...names(plot)] });
    await make({ Plotly, plot, chart, caption });
  } finally {
    Plotly.purge(box);
    box.remove();
  }
}

/** Room for title, setting and source, and the texts themselves. */
function frame({ font, template }, { title, subtitle, source }) {
  const size = (font ?? template.layout.font).size;
  const [head, under, foot] = [fold(title, LETTERS.title), fold(subtitle, LETTERS.note), fold(source, LETTERS.note)];
  const top = 16 + head.length * LINE.title + under.length * LINE.note + 12;
  const text = (lines, more) => ({
    text: lines.join("<br>"), xref: "paper", yref: "paper", x: 0, xanchor: "left", align: "left", showarrow: false, ...more,
  }); // prettier-ignore
  return {
    margin: { l: 70, r: 24, t: top, b: 70 + foot.length * LINE.note },
    annotations: [
      text(head, { y: 1, yanchor: "top", yshift: top - 14, font: { size: size + 5 } }),
      text(under, { y: 1, yanchor: "top", yshift: top - 16 - head.length * LINE.title, font: { size: size - 1 } }),
      text(foot, { y: 0, yanchor: "top", yshift: -62, font: { size: size - 2 } }),
    ],
  };
}

/** The names of lines and landmarks, tied to the units of the axes. */
function names(plot) {
  const { xaxis, yaxis } = plot._fullLayout;
  return place(plot).map(({ text, color, x, y }) => ({
    text,
    font: { color },
    x: xaxis.p2l(x - xaxis._offset),
    y: yaxis.p2l(y - yaxis._offset),
    xanchor: "left",
    yanchor: "middle",
    borderpad: 0,
    showarrow: false,
  }));
}

function fold(text, letters) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (longer.length > letters || !lines.length) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

async function image({ Plotly, plot }, format) {
  const address = await Plotly.toImage(plot, { ...SIZE, format, scale: format === "png" ? 2 : 1 });
  save(address, `figure.${format}`);
}

/** A page that needs no network: plotly is within it. */
async function page({ plot, chart, caption }) {
  const plotly = await (await fetch(chart.plotlyUrl, { cache: "force-cache" })).text();
  const { data, layout } = plot;
  const json = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
  const text = [
    `<!doctype html><html lang="${spoken()}"><meta charset="utf-8">`,
    `<title>${escaped(caption.title)}</title>`,
    `<script>${plotly}</script><div id="figure" style="width: ${SIZE.width}px; margin: auto"></div>`,
    `<script>Plotly.newPlot("figure", ${json(data)}, ${json(layout)}, { displaylogo: false });</script>`,
  ].join("\n");
  const address = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  save(address, "figure.html");
  URL.revokeObjectURL(address);
}

const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function save(address, name) {
  const link = append(document.body, "a", "", { href: address, download: name });
  link.click();
  link.remove();
}
