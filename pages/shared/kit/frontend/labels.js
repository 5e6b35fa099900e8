/**
 * Names of a chart's lines and landmarks, each placed where it covers neither points nor names.
 *
 * A trace with a `label` in its `meta` is named beside its points or along its line, a shape with a
 * name along it.
 */

const SAMPLE = 24; // px between places tried along a line
const NEAR = [9, 22, 38, 56]; // px from a point; a name further than the first is tied to it
const FINE = 6; // px between places at which a line counts as covered
const COST = { outside: 1e4, name: 1e3, point: 100, line: 1, far: 2, aside: 6 }; // it stands where it costs least
const MOST = 100; // a name that costs more is left out: it would cover something
const HEIGHT = 1.3; // of a line of text, in letters
const pen = document.createElement("canvas").getContext("2d");

/** @returns names as { text, color, x, y, width, height, from }: left, middle, and what it is tied to */
export function place(plot) {
  const { xaxis, yaxis, font } = plot._fullLayout;
  const area = { left: xaxis._offset, top: yaxis._offset, right: xaxis._offset + xaxis._length,
    bottom: yaxis._offset + yaxis._length }; // prettier-ignore
  const lines = plot.data.filter(isDrawn).map((trace) => drawn(trace, xaxis, yaxis));
  const shapes = (plot.layout.shapes ?? []).filter(({ name }) => name);
  const across = shapes.map((shape) => spanning(shape, xaxis, yaxis, area));
  const seen = ([x, y]) => hits(area, [x, y], 0);
  const points = lines.flatMap(({ points: there }) => there).filter(({ at }) => seen(at));
  const covered = [...lines, ...across].flatMap(({ path }) => along(path, FINE)).filter(seen);
  pen.font = `${font.size}px ${font.family}`;
  const names = [];
  for (const one of [...lines.filter(({ text }) => text).reverse(), ...across]) {
    const size = { width: pen.measureText(one.text).width + 2, height: HEIGHT * font.size };
    const best = cheapest(places(one, size, area), { area, points, covered, names });
    if (best) names.push({ text: one.text, color: one.color, ...best });
  }
  return names;
}

const isDrawn = ({ visible, x }) => visible !== false && visible !== "legendonly" && x?.length;

/** A trace in px: its points, the path that joins them, and its name. */
function drawn({ x, y, mode, meta, marker, line, fill }, xaxis, yaxis) {
  const all = x.map((value, at) => [pixel(xaxis, value), pixel(yaxis, y[at])]);
  const there = all.filter(([left, top]) => Number.isFinite(left + top));
  const joined = mode.includes("lines") && line?.width !== 0 && !fill;
  return {
    text: meta?.label,
    color: meta?.section && line.color, // others are written as any text
    points: mode.includes("markers") ? there.map((at) => ({ at, radius: radius(marker) })) : [],
    path: joined ? (line?.shape === "hv" ? stairs(there) : there) : [],
  };
}

const radius = (marker) => 0.7 * (marker?.size ?? 6) + 1; // a star reaches further than its size
const pixel = (axis, value) => axis._offset + axis.d2p(value);

function stairs(corners) {
  return corners.flatMap((at, step) => (step ? [[at[0], corners[step - 1][1]], at] : [at]));
}

function spanning({ name, ...shape }, xaxis, yaxis, { left, top, right, bottom }) {
  const [x, y] = [pixel(xaxis, shape.x0), pixel(yaxis, shape.y0)];
  const flat = shape.xref === "paper";
  return { text: name, points: [], path: flat ? [[left, y], [right, y]] : [[x, top], [x, bottom]] }; // prettier-ignore
}

/** Places along a path, so many px apart; its corners too. */
export function along(path, step) {
  return path.flatMap((to, at) => {
    const from = path[at - 1] ?? to;
    const parts = Math.min(Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / step), 400) || 1;
    return Array.from({ length: parts }, (_, part) =>
      [0, 1].map((k) => from[k] + ((to[k] - from[k]) * (part + 1)) / parts),
    );
  });
}

/** Where a name could stand: around its point, or along its line above and below. */
export function* places({ points, path }, { width, height }, area) {
  const inside = (at) => hits(area, at, 1);
  const box = (x, y, from) => ({ x, y, width, height, from, line: path.length > 0 });
  if (path.length) {
    for (const [x, y] of along(path, SAMPLE).filter(inside))
      for (const side of [-1, 1]) {
        const beside = y + side * (height / 2 + 4);
        yield box(x - width / 2, beside);
        yield box(x - width - 6, beside);
        yield box(x + 6, beside);
      }
    return;
  }
  for (const { at } of points.filter((one) => inside(one.at)))
    for (const far of NEAR)
      for (const [right, down] of [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]]) {
        const x = at[0] + right * far - (right < 0 ? width : right ? 0 : width / 2);
        yield box(x, at[1] + down * (far + height / 4), far > NEAR[0] ? at : undefined);
      } // prettier-ignore
}

/** The place that covers least of what is there; null where every one would cover something. */
export function cheapest(all, there) {
  let [best, least] = [null, MOST];
  for (const one of all) {
    const cost = price(one, there, least);
    if (cost < least) [best, least] = [one, cost];
  }
  return best;
}

function price({ x, y, width, height, from, line }, { area, points, covered, names }, least) {
  const box = { left: x, right: x + width, top: y - height / 2, bottom: y + height / 2 };
  let cost = from ? COST.far : 0;
  if (line) cost += COST.aside * aside({ x: x + width / 2, y }, area);
  if (box.left < area.left || box.right > area.right || box.top < area.top || box.bottom > area.bottom)
    cost += COST.outside;
  for (const name of names) {
    const near = Math.abs(name.y - y) <= (height + name.height) / 2;
    if (near && name.x <= box.right && name.x + name.width >= box.left) cost += COST.name;
  }
  for (const { at, radius: far } of points) if (cost < least && hits(box, at, far)) cost += COST.point;
  for (const at of covered) if (cost < least && hits(box, at, 0)) cost += COST.line;
  return cost;
}

/** How far from the middle of the chart, in its lengths. */
const aside = ({ x, y }, { left, right, top, bottom }) =>
  Math.abs(x - (left + right) / 2) / (right - left) + Math.abs(y - (top + bottom) / 2) / (bottom - top);

const hits = ({ left, right, top, bottom }, [x, y], far) =>
  x > left - far && x < right + far && y > top - far && y < bottom + far;
