/**
 * The settings of the screen on all objectives, as its newest parts say.
 *
 * Ends of scales only widen while one plays, so that nothing jumps; another table, label, attribute
 * or notion begins anew. The values of the setting before stay, for its ghost.
 */

import { names, numbers } from "./choice.js";
import { notFeasible } from "./feasible.js";

const OPTIONAL = ["cost", "money"]; // each is shown only where it counts or has a red line
const FRAME = ["dataset", "label", "protected", "notion"]; // fields that make numbers comparable

export class Settings {
  constructor() {
    this.ends = new Map(); // objective -> lowest and highest shown
    this.before = null; // values of the setting before
    this.mine = null; // values of the setting
    this.stale = true; // nothing has arrived of the setting of the sliders
  }

  /** Take the newest parts; returns whether there is anything to draw. */
  update(parts) {
    const setting = parts.setting ?? {};
    const frame = JSON.stringify(FRAME.map((name) => setting[name]));
    if (frame !== this.frame) Object.assign(this, { frame, before: null, mine: null, ends: new Map() });
    const own = JSON.stringify(setting);
    if (own !== this.own) Object.assign(this, { own, before: this.mine ?? this.before, mine: null });
    this.stale = !parts.objectives;
    if (!this.stale) this.take(parts);
    return Boolean(this.objectives);
  }

  take(parts) {
    const { objectives, values, fronts, pair_fronts: pairs, feasible, you, baseline, changes } = parts;
    this.objectives = objectives.map((one) => this.widen(one));
    const words = parts.settings;
    Object.assign(this, { values, fronts, pairs, feasible, you, baseline, changes, words });
    this.numbers = parts.alternatives;
    this.mine = values[you] ?? null;
  }

  /** Those of some settings that neither the chosen place nor the purse rules out. */
  admitted(numbers) {
    const out = new Set(notFeasible(this.feasible, numbers));
    return new Set(numbers.filter((number) => !out.has(number)));
  }

  widen(objective) {
    const [low, high] = this.ends.get(objective.name) ?? [Infinity, -Infinity];
    const ends = [Math.min(low, objective.low), Math.max(high, objective.high)];
    this.ends.set(objective.name, ends);
    return { ...objective, low: ends[0], high: ends[1] };
  }

  /** The objectives that pictures show, by the marks of choice.js. */
  shown({ counted = "", at_least = "" } = {}) {
    const extra = new Set([...names(counted), ...Object.keys(numbers(at_least))]);
    return this.objectives.filter(({ name }) => !OPTIONAL.includes(name) || extra.has(name));
  }

  /** The objectives of a text that joins names by +, in the order of the scales. */
  named(text) {
    const wanted = new Set(names(text));
    return this.objectives.filter(({ name }) => wanted.has(name));
  }

  /** Who is on the front of some objectives, and its hypervolume. */
  front(counted) {
    const found = this.fronts[counted.map(({ name }) => name).join("+")];
    return { numbers: new Set(found?.front ?? []), hypervolume: found?.hypervolume ?? null };
  }

  /** Who is on the front of two objectives as the large chart draws it: of the budget chosen. */
  pair(two) {
    const name = two.map(({ name: one }) => one).join("+");
    return new Set(this.pairs?.[name] ?? this.front(two).numbers);
  }
}
