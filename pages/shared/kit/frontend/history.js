/**
 * Write the setting into the address, each one an entry of the browser's history: Back undoes a
 * move and Forward redoes it, and so do two buttons and Ctrl+Z, Ctrl+Shift+Z.
 *
 * Visiting such an entry only moves the controls; Streamlit would run the whole page again.
 *
 * A session that takes the place of another, as after a restart of the server, begins with the
 * address that the page was opened with: it is told of the present one as of a visit.
 */

import { mark, translate } from "./language.js";

const LAPSE = 30_000; // ms after which Python's answer to a visit is waited for no more
const BUTTONS = [
  [-1, mark("Undo"), "↶", "Ctrl+Z"],
  [1, mark("Redo"), "↷", "Ctrl+Shift+Z"],
];
const NO_TEXT = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/;
const LAST = "tradeoffs last step of "; // in the tab's storage, with the name of the visit

const mounts = new WeakMap(); // element given by Streamlit -> its buttons
let component; // newest that Streamlit gave
let path; // of its page
let session; // that Python named last
let gesture = 0; // what a visitor does from one press to the next is one step
let pushed; // gesture whose step was written last
let visited = 0; // number of the visit that Python was told of last
let visitedAt = -Infinity; // in ms

export default function render({ data, parentElement, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data));
  component = { parentElement, setTriggerValue };
  path = location.pathname;
  if (!mounts.has(parentElement)) mounts.set(parentElement, buttons(parentElement));
  const former = session;
  session = told.session;
  const lags = told.visited !== visited && performance.now() - visitedAt < LAPSE;
  if (former !== undefined && former !== session) tell();
  else if (!lags) write(told.query);
  offer();
  return () => {
    if (parentElement.isConnected) return; // a newer call of Streamlit's overtook this one
    mounts.get(parentElement)?.remove();
    mounts.delete(parentElement);
  };
}

/** Let the address say the setting: as another step, unless it is what the last one led to. */
function write(query) {
  const url = new URL(location);
  for (const [name, value] of Object.entries(query)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  const { visit, step } = history.state ?? {};
  if (step === undefined) {
    enter(url, crypto.randomUUID?.() ?? String(Math.random()), 0);
  } else if (url.href !== location.href) {
    if (gesture === pushed) history.replaceState(history.state, "", url);
    else enter(url, visit, step + 1);
  }
}

/** Make an entry the last step of a visit to this page. */
function enter(url, visit, step) {
  const state = { ...history.state, visit, step };
  if (step) {
    history.pushState(state, "", url);
    pushed = gesture;
  } else {
    history.replaceState(state, "", url);
  }
  sessionStorage.setItem(LAST + visit, step);
}

/** Which way there is a step to go. */
function able(way) {
  const { visit, step } = history.state ?? {};
  const last = Number(sessionStorage.getItem(LAST + visit));
  return step !== undefined && step + way >= 0 && step + way <= last;
}

function go(way) {
  if (able(way)) history.go(way);
}

/** An entry of this page is visited: tell Python, and not Streamlit. */
function visit(event) {
  if (!component?.parentElement.isConnected || location.pathname !== path) return;
  event.stopImmediatePropagation();
  tell();
  offer();
}

/** Tell Python what the address says. */
function tell() {
  visited = performance.timeOrigin + performance.now();
  visitedAt = performance.now();
  pushed = gesture; // what Python makes of it takes its place
  const query = Object.fromEntries(new URLSearchParams(location.search));
  component.setTriggerValue("visit", { number: visited, query });
}

function buttons(parent) {
  const root = document.createElement("div");
  root.className = "history";
  for (const [way, , sign] of BUTTONS) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: sign });
    button.onclick = () => go(way);
    root.append(button);
  }
  parent.append(root);
  return root;
}

/** A button that leads nowhere keeps its focus. */
function offer() {
  const root = mounts.get(component.parentElement);
  for (const [number, [way, name, , keys]] of BUTTONS.entries()) {
    const title = `${translate(name)} (${keys})`;
    Object.assign(root.children[number], { ariaLabel: translate(name), title, ariaDisabled: !able(way) });
  }
}

function press(event) {
  if (!event.repeat) gesture += 1;
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return;
  if (event.key.toLowerCase() !== "z" || !component?.parentElement.isConnected) return;
  event.preventDefault();
  go(event.shiftKey ? 1 : -1);
}

/** Whether keys undo what is typed there. */
function isText({ tagName, type, isContentEditable }) {
  return isContentEditable || tagName === "TEXTAREA" || (tagName === "INPUT" && !NO_TEXT.test(type));
}

addEventListener("popstate", visit, true); // before Streamlit's
addEventListener("keydown", press, true);
addEventListener("pointerdown", () => (gesture += 1), true);
