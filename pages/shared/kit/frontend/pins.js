/**
 * The settings of the screen as things: what is known of each, which are pinned, and what one can do
 * with one.
 *
 * A pin is a text of the address; pictures draw settings by their numbers. There is one of this file
 * a page: import it as "./pins.js".
 */

import * as choice from "./choice.js";
import { mark, translate } from "./language.js";

export const MOST = 4;
const LETTERS = "ABCD";
const MOVED = mark("The sliders move there.");
const THERE = mark("The sliders are there already.");

const known = { screen: {}, comparison: {}, features: {} }; // parts by the key that they came under
const listeners = new Set(); // of what is known, and of what happened
let component; // asks Python for more
let byPin = {}; // what numbersByPin made last

/** The newest parts of the screen. */
export const screen = () => known.screen;

/** Keep the parts of a key: screen, comparison (of the pins) or features. */
export function keep(key, parts) {
  known[key] = parts;
  for (const { onParts } of listeners) onParts?.(known);
}

/** Let Python be asked through a component. */
export function ask(through) {
  component = through;
}

/** Hear of what is known, and in words of what happened; returns what ends it. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The pins in their order, as [{ letter, text, number, why, changes }]; the number is null where a
 * pin is not among the settings of the job, or not compared. Python tells `why`, and what changes from
 * the setting of the sliders.
 */
export function pins() {
  const own = numbersByPin();
  return texts().map((text, place) => {
    const told = known.comparison.pins?.find((one) => one.text === text);
    const number = own.get(text) ?? told?.number ?? null;
    const { why = "", changes } = told ?? {};
    return { letter: LETTERS[place], text, number: why ? null : number, why, changes };
  });
}

/** The number of each setting by its pin; made anew where the sliders or the settings are others. */
function numbersByPin() {
  const { changes = {} } = known.screen;
  const here = choice.pin();
  if (byPin.changes !== changes || byPin.here !== here) {
    const pairs = Object.keys(changes).map((number) => [choice.pin(changes[number]), Number(number)]);
    byPin = { changes, here, numbers: new Map(pairs) };
  }
  return byPin.numbers;
}

/** The number of the setting of the sliders, or null. */
export const you = () => known.screen.you ?? null;

/** Select a setting in all pictures; null lets go. */
export function select(number) {
  choice.set({ selected: number });
}

/** Pin a setting, or no longer if it is pinned. */
export function toggle(number) {
  const changes = known.screen.changes?.[number];
  if (!changes) return;
  const all = pins();
  const there = all.find((one) => one.number === number);
  if (there) unpin(there.text);
  else if (all.length >= MOST) tell(translate("{n:setting is|settings are} pinned already: unpin one first.", { n: MOST }));
  else {
    choice.set({ pins: [...texts(), choice.pin(changes)].join("~") });
    tell(translate("Pinned as {letter}.", { letter: LETTERS[all.length] }));
  }
}

export function unpin(text) {
  choice.set({ pins: texts().filter((one) => one !== text).join("~") });
  tell(translate("No longer pinned."));
}

/** Move the sliders to a setting. */
export function go(number) {
  const changes = known.screen.changes?.[number];
  if (changes) move(changes);
}

/** Move the sliders, by the fields that change. */
export function move(changes) {
  const elsewhere = Object.keys(changes).length > 0;
  if (elsewhere) choice.go(changes);
  tell(translate(elsewhere ? MOVED : THERE));
}

/** Ask what the models of the settings look at; it comes under the key features. */
export function explain() {
  if (!known.features.features) component?.setTriggerValue("explain", performance.now());
}

function tell(text) {
  for (const { onTold } of listeners) onTold?.(text);
}

const texts = () => (choice.get().pins ?? "").split("~").filter(Boolean);
