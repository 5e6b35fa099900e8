/**
 * Tell components what is new: one socket a page, on which the server sends parts by key and name.
 *
 * Where no socket gets through, components ask Python once a second, and their data has the parts.
 */

import { mark, translate } from "./language.js";

const PROTOCOL = "live";
const RESTART = 1012; // close code: the server ends, and another one starts
const RESTARTS = mark("The server restarts. What you see stays, and the page goes on by itself.");
const PATIENCE = 60_000; // ms that a restart may take, until Streamlit's own error is shown
const REPLACED = 4001; // close code: another connection took the place of this one
const UNKNOWN = 4004; // close code: the session of the token is gone
const FAILURES = 2; // attempts after which components ask Python
const ASK = { first: 1000, longest: 5000, growth: 1.4 }; // ms; longer while nothing new comes
const WHOLE = 30_000; // ms between asking for whole runs: the server may be another by now
const RETRY = { first: 300, again: 1500, longest: 20_000 }; // ms between attempts to connect
const HOLD = 5000; // ms at most without controls, which a new server does not know yet
const SILENCE = 50_000; // ms; the server says something every 20 s
const LINGER = 3000; // ms that the socket stays open when the last component is gone
const ANSWER = 5000; // ms after which a run that was asked for is given up
const FOLLOWING = Node.DOCUMENT_POSITION_FOLLOWING;
const AGAIN = "again"; // name of the part that asks for another run when it is not as seen

const mounts = new Map(); // element given by Streamlit -> what is mounted there
const state = new Map(); // key -> parts by name, as they were last told
let token; // of the session's channel; null where the server has no socket
let socket;
let reached = false; // whether this server ever answered
let told = new Set(); // keys that this connection spoke of
let failures = 0; // since the last connection
let retrying; // timer
let asking; // timer
let holding; // timer
let heardAt = 0; // of the socket, in ms
let notice; // element that says that the server restarts

/**
 * Let a component hear of its key; call it from the component's own default export.
 *
 * @param component what Streamlit gives: its data is JSON with `channel`, `key` and perhaps `seen`
 *   and `parts`; its trigger `ask` runs its fragment again, or where it says so the `whole` page
 * @param onParts called with the parts that changed, by name; a part that is gone is null
 * @returns what Streamlit calls when the component goes
 */
export function listen({ data, parentElement, setTriggerValue }, onParts) {
  const text = new TextDecoder().decode(data);
  const { channel, key, seen, parts, whole } = JSON.parse(text);
  const before = mounts.get(parentElement);
  const mount = before?.key === key ? before : { shown: new Map(), count: 0 };
  if (mount.text !== text) {
    Object.assign(mount, { pause: whole ? WHOLE : ASK.first, askNext: undefined }); // news
  }
  Object.assign(mount, { text, key, seen, whole, onParts, setTriggerValue, askedAt: -Infinity });
  mounts.set(parentElement, mount);
  connect(channel);
  if (!whole) hold(false); // the run that was asked for has come to what the page shows
  if (parts) replace(key, parts);
  update(mount);
  // Streamlit also cleans up after a call that a newer one overtook; then the component stays.
  return () => parentElement.isConnected || remove(parentElement);
}

function remove(parent) {
  mounts.delete(parent);
  setTimeout(() => mounts.size || leave(), LINGER);
}

/** Use this token from now on; another one is that of a new session. */
function connect(channel) {
  if (channel !== token) {
    leave();
    [token, failures] = [channel, 0];
  }
  if (!socket && !retrying) open();
  asking ??= setInterval(askInTurn, ASK.first);
}

function leave() {
  clearTimeout(retrying);
  retrying = undefined;
  const old = socket;
  socket = undefined; // its events count no more
  old?.close();
}

function open() {
  retrying = undefined;
  if (!token || !mounts.size) return;
  const own = new WebSocket(address(), [PROTOCOL, token]);
  socket = own;
  told = new Set();
  heardAt = performance.now();
  own.onmessage = ({ data }) => {
    if (own !== socket) return;
    failures = 0;
    reached = true;
    heardAt = performance.now();
    tellRestart(false);
    hear(JSON.parse(data));
  };
  own.onclose = ({ code }) => {
    if (own !== socket) return;
    socket = undefined;
    failures += 1;
    if (code === UNKNOWN) renew();
    if (code === RESTART) tellRestart(true);
    const longest = reached ? RETRY.again : RETRY.longest;
    if (code !== REPLACED) retry(Math.min(RETRY.first * 2 ** failures, longest));
  };
}

function retry(wait) {
  clearTimeout(retrying);
  retrying = setTimeout(open, wait * (0.5 + Math.random()));
}

/** The session is gone: ask for a whole run, and hold controls of which the new one knows none. */
function renew() {
  hold(true);
  for (const mount of mounts.values()) {
    if (!mount.whole) continue;
    mount.askedAt = -Infinity; // an earlier one was lost if Streamlit's own socket was not back
    ask(mount);
  }
}

function hold(held) {
  clearTimeout(holding);
  const app = document.querySelector('[data-testid="stApp"]');
  if (app) app.inert = held;
  if (held) holding = setTimeout(hold, HOLD, false);
}

/** Say that the server restarts, in the place of Streamlit's dialog, which speaks of an error. */
function tellRestart(restarts) {
  if (!restarts && !notice) return;
  document.body.classList.toggle("restarts", restarts);
  notice?.remove();
  notice = undefined;
  if (!restarts) return;
  const own = (notice = document.createElement("p"));
  own.className = "restart-notice";
  own.setAttribute("role", "status");
  document.body.append(own);
  own.textContent = translate(RESTARTS); // once it stands there: a screen reader then says it
  setTimeout(() => own === notice && tellRestart(false), PATIENCE);
}

/** This file comes from the app's own address, whatever base path or proxy is in front of it. */
function address() {
  const here = import.meta.url;
  return `${here.slice(0, here.lastIndexOf("/component/"))}/live`.replace(/^http/, "ws");
}

/** What the server says of a key first stands for everything; later only what changed. */
function hear(message) {
  for (const [key, changed] of Object.entries(message)) {
    if (changed === null) {
      // Nobody looked for so long that the server let go of it.
      for (const mount of mounts.values()) if (mount.key === key) ask(mount);
    } else if (told.has(key)) {
      merge(state.get(key), changed);
    } else {
      replace(key, changed);
      told.add(key);
    }
    drawInTurn(key);
  }
}

/** From the top of the page on, each in a task of its own: what is drawn first is seen first. */
function drawInTurn(key) {
  const concerned = [...mounts].filter(([, mount]) => mount.key === key);
  concerned.sort(([one], [other]) => (one.compareDocumentPosition(other) & FOLLOWING ? -1 : 1));
  for (const [parent, mount] of concerned) {
    setTimeout(() => mounts.get(parent) === mount && update(mount));
  }
}

function replace(key, parts) {
  state.set(key, new Map());
  merge(state.get(key), parts);
}

function merge(known, parts) {
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) known.delete(name);
    else known.set(name, JSON.stringify(value));
  }
}

/** Hand on what a component does not have yet, and ask for the run that a part wants. */
function update(mount) {
  const now = state.get(mount.key);
  if (!now) return;
  const changed = {};
  for (const name of mount.shown.keys()) if (!now.has(name)) changed[name] = null;
  for (const [name, text] of now)
    if (mount.shown.get(name) !== text) changed[name] = JSON.parse(text);
  mount.shown = new Map(now);
  if (Object.keys(changed).length) mount.onParts(changed);
  askAgain(mount);
}

/** Ask for the run that a part wants; a run that was asked for can be lost beside another one. */
function askAgain(mount) {
  const again = state.get(mount.key)?.get(AGAIN);
  if (again !== undefined && again !== JSON.stringify(mount.seen)) ask(mount);
}

/** Let Python run the component's fragment; the next one is asked for when it has answered. */
function ask(mount) {
  const now = performance.now();
  if (now - mount.askedAt < ANSWER) return;
  mount.askedAt = now;
  mount.count += 1;
  mount.setTriggerValue("ask", mount.count);
}

/** In the place of the socket: ask once a second, less often while nothing new comes. */
function askInTurn() {
  const now = performance.now();
  for (const [parent, mount] of mounts) {
    if (parent.isConnected) askAgain(mount);
    else remove(parent);
  }
  if (socket && now - heardAt > SILENCE) reconnect();
  const connected = token && (socket?.readyState === WebSocket.OPEN || failures < FAILURES);
  if (connected || document.hidden) return;
  for (const mount of mounts.values()) {
    if (now < (mount.askNext ??= now + mount.pause)) continue;
    mount.askNext = now + mount.pause;
    if (!mount.whole) mount.pause = Math.min(mount.pause * ASK.growth, ASK.longest);
    mount.askedAt = -Infinity;
    ask(mount);
  }
}

/** The laptop woke up, the network is back or the tab is looked at: connect at once. */
function wake() {
  const silent = performance.now() - heardAt > SILENCE;
  if (!document.hidden && mounts.size && (!socket || silent)) reconnect();
}

function reconnect() {
  leave();
  open();
}

addEventListener("online", wake);
addEventListener("pageshow", wake);
document.addEventListener("visibilitychange", wake);
