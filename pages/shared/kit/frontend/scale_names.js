/** Where names stand between parallel scales: they cover neither numbers, nor scales, nor lines. */

import { along, cheapest, places } from "./labels.js";

const FINE = 6; // px between places at which a line counts as covered
const FINER = 1.5; // the same of a scale, which a name crosses only where it must
const LINE = 13; // px of a line of text
const LETTER = 6.3; // px of a letter, about
const APART = 2; // px between a text and the next

/**
 * Places for names of lines.
 *
 * @param names each the lines of its text, in the order in which they choose
 * @param paths pieces of the line of each, as pairs of places in px
 * @param area that the names stay in; `scales` as pieces, `taken`: texts that are there, and `points`
 * @returns those that have a place: { words, at: { x, y, width, height } }, left and middle
 */
export function named(names, paths, { area, scales, taken, points }) {
  const lines = paths.flat().flatMap((piece) => along(piece, FINE));
  const covered = [...lines, ...scales.flatMap((piece) => along(piece, FINER))];
  const there = { area, points, covered, names: [...taken] };
  const found = [];
  names.forEach((words, k) => {
    const width = LETTER * Math.max(...words.map(({ length }) => length));
    const size = { width, height: LINE * words.length };
    const options = paths[k].flatMap((path) => [...places({ points: [], path }, size, area)]);
    const at = cheapest(options, there);
    if (!at) return;
    found.push({ words, at });
    there.names.push(at);
  });
  return found;
}

/**
 * The middle of a text near a height that covers none of the texts taken, above rather than below.
 *
 * @param y height in px
 * @param height of the text
 * @param taken texts by `y`, their middles, and `height`
 * @param bottom where there is no more room
 */
export function beside(y, height, taken, bottom) {
  const half = height / 2 + APART;
  const free = (at) =>
    at >= half && at <= bottom - half &&
    taken.every((one) => Math.abs(one.y - at) >= (one.height + height) / 2 - APART); // prettier-ignore
  const options = [...Array(Math.ceil(bottom)).keys()].flatMap((far) => [y - half - far, y + half + far]);
  return options.find(free) ?? y - half;
}
