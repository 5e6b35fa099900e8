/**
 * What is marked on the screen: objectives that count, red lines, pins, curves, and the selection.
 *
 * All pictures read it here and draw at once what is set; Python is told after, for the address and
 * for what it computes of it. Import it as "./choice.js": there is one of it a page.
 */

const PAUSE = 150; // ms between telling Python, as while a scale is brushed
const ESCAPED = /[%,~]/g; // within a value of a pin; choice.py has the like

const subscribers = new Set();
const transient = { selected: null, pick: null }; // numbers of settings, for one job only
const waiting = {}; // field -> text that Python does not have yet
let marks = {}; // field -> text, as the address has it
let setting = {}; // field of the scenario -> text, where the sliders are
let usual = {}; // the same of the default scenario
let component; // newest that Streamlit gave
let sent = 0; // number of what was told last
let began; // when the session of the server began
let timer;

/** The marks as texts by field; `selected` and `pick`, of a wish: numbers of settings, or null. */
export function get() {
  return { ...marks, ...transient };
}

/** Change some of them, for all who draw them now; Python hears of the marks. */
export function set(patch) {
  const before = get();
  const changed = Object.entries(patch).filter(([name, value]) => before[name] !== value);
  if (!changed.length) return;
  for (const [name, value] of changed) {
    if (name in transient) transient[name] = value;
    else waiting[name] = value;
  }
  marks = { ...marks, ...waiting };
  if (Object.keys(waiting).length) timer ??= setTimeout(tell, PAUSE);
  draw();
}

/** Hear of every change, with what `get` returns; returns what ends it. */
export function subscribe(onChange) {
  subscribers.add(onChange);
  return () => subscribers.delete(onChange);
}

/** Move the sliders: `changes` has options by field, as the part of that name says them. */
export function go(changes) {
  component?.setTriggerValue("go", { ...changes });
}

/** The setting of the sliders with some changes, as one of the pins joined by ~. */
export function pin(changes = {}) {
  const there = Object.entries({ ...setting, ...changes });
  const parts = there
    .filter(([name, text]) => text !== usual[name])
    .map(([name, text]) => `${name}:${text.replace(ESCAPED, encode)}`);
  return parts.join(",") || `epsilon:${usual.epsilon}`;
}

/** Names that a text joins by +, as those that count. */
export function names(text) {
  return text ? text.split("+") : [];
}

/** Numbers by name, as the red lines of `at_least`. */
export function numbers(text) {
  return Object.fromEntries(
    names(text).map((part) => part.split(":")).map(([name, value]) => [name, Number(value)]),
  );
}

export default function render({ data, setTriggerValue }) {
  component = { setTriggerValue };
  const told = JSON.parse(new TextDecoder().decode(data));
  const moved = JSON.stringify(told.setting) !== JSON.stringify(setting);
  ({ setting, usual } = told);
  if (moved) Object.assign(transient, { selected: null, pick: null });
  if (told.began !== began) [began, sent] = [told.began, told.heard]; // another session
  if (told.heard === sent && timer === undefined) marks = told.marks; // else Python lags behind
  draw();
}

function tell() {
  timer = undefined;
  if (!component) return;
  sent = performance.timeOrigin + performance.now(); // a reloaded page goes on counting
  component.setTriggerValue("marks", { heard: sent, ...waiting });
  for (const name of Object.keys(waiting)) delete waiting[name];
}

function draw() {
  for (const onChange of subscribers) onChange(get());
}

function encode(sign) {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
