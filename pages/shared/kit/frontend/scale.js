/** One objective as a scale whose upper end is better: where values stand, steps of it, and words. */

import { interval } from "./format.js";
import { labelled, localise } from "./language.js";

const BESIDE = 0.14; // share of a scale kept below it for infinity
const STEPS = 30; // of a linear scale, about
const MARKS = 4; // of a linear scale, about
const ROUND = [1, 2, 5, 10]; // steps are one of these times a power of ten
const DECADE = [1, 1.5, 2, 3, 5, 7]; // steps of a decade

/** A value of a part as a number; null where it is not measurable. */
export function numeric(told) {
  return told === "inf" ? Infinity : (told ?? null);
}

/** The mean of a setting on an objective; null where it is not measurable. */
export function mean(values, objective) {
  return numeric(values?.[objective.name]?.[0]);
}

/** Where a value stands: 0 at the lower end, 1 at the upper one; infinity below the rest. */
export function place(objective, number) {
  const { low, high, better, infinity } = objective;
  if (!Number.isFinite(number)) return 0;
  const [from, to, at] = [low, high, number].map((one) => measure(objective, one));
  const share = Math.min(Math.max((at - from) / (to - from), 0), 1);
  const up = better === "high" ? share : 1 - share;
  return infinity ? BESIDE + (1 - BESIDE) * up : up;
}

/** What a red line can be, the least strict first; null is none. */
export function steps(objective) {
  const inside = objective.scale === "log" ? decades(objective) : linear(objective);
  const worst = objective.better === "high" ? objective.low : objective.high;
  const ordered = objective.better === "high" ? inside : inside.reverse();
  return [null, ...ordered.filter((one) => objective.infinity || one !== worst)];
}

/** The step nearest to a place between 0 and 1. */
export function stepAt(objective, at) {
  const distance = (one) => Math.abs((one === null ? 0 : place(objective, one)) - at);
  return steps(objective).reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

/** Values that are marked along a scale. */
export function ticks(objective) {
  const { low, high, scale, infinity } = objective;
  if (scale === "log") {
    const whole = decades(objective).filter((one) => one === low || one === high || isDecade(one));
    return infinity ? [...whole, Infinity] : whole;
  }
  return multiples(low, high, roundStep((high - low) / MARKS));
}

/** A step or a mark of a scale as a reader sees it, with no needless zeros. */
export function write(objective, step, more = 0) {
  if (step === Infinity) return objective.infinity;
  const { share } = objective;
  const short = Number(share ? (100 * step).toFixed(1 + more) : step.toPrecision(3 + more));
  const told = short.toLocaleString("en", { maximumFractionDigits: 6 }).replace("-", "−");
  return localise(told + (share ? " %" : ""));
}

/** The interval of a value of a part with what it covers; empty where there is none. */
export function writeInterval(objective, told) {
  const ends = interval(objective, told);
  return ends && labelled(objective.covers, ends);
}

/** The title within a sentence. */
export function lower(objective) {
  return objective.title[0].toLowerCase() + objective.title.slice(1);
}

function measure({ scale }, number) {
  return scale === "log" ? Math.log10(number) : number;
}

function linear({ low, high }) {
  return multiples(low, high, roundStep((high - low) / STEPS));
}

function decades({ low, high }) {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const found = [];
  for (let power = first; power <= last; power += 1)
    for (const one of DECADE) found.push(Number((one * 10 ** power).toPrecision(2)));
  return found.filter((one) => one >= low && one <= high);
}

function isDecade(number) {
  return Number.isInteger(Number(Math.log10(number).toFixed(6)));
}

/** The smallest 1, 2 or 5 times a power of ten that is no smaller. */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return ROUND.map((one) => one * power).find((one) => one >= least * (1 - 1e-9));
}

function multiples(low, high, step) {
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k += 1)
    found.push(Number((k * step).toPrecision(6)));
  return found;
}
