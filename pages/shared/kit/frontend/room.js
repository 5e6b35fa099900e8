/**
 * Draw the head of the host's page of a room: how to join, how many answered, the time that is left.
 *
 * What it shows comes by live.js; room.css has the look.
 */

import { mark, translate } from "./language.js";
import { append, attach, onChange, say } from "./view.js";

const STARTED = "tradeoffs timer"; // in the tab's storage: name of the timer and when it began
const TICK = 500; // ms
const DUE = mark("Time is up");

export default (component) => attach(component, (root) => new Head(root));

class Head {
  constructor(root) {
    this.root = append(root, "div", "room-head");
    this.views = [join(this.root), numbers(this.root)];
    this.timer = new Timer(append(this.root, "p", "room-timer"));
  }

  draw(parts) {
    this.root.classList.toggle("large", Boolean(parts.large));
    for (const view of this.views) view.draw(parts);
    this.timer.draw(parts);
  }

  remove() {
    this.timer.remove();
  }
}

/** A QR code, and for those who type: address and code. */
function join(parent) {
  const root = append(parent, "div", "room-join");
  const picture = append(root, "div", "room-picture");
  const words = append(root, "div");
  const address = append(words, "p", "room-address");
  const code = append(words, "p", "room-code");
  const note = append(words, "p", "room-note");
  return onChange(["join"], ({ join }) => {
    if (!join) return;
    picture.innerHTML = join.picture; // made by this server of its own address
    picture.hidden = join.locked || !join.picture;
    say(address, join.address);
    say(code, join.code);
    say(note, join.locked ? translate("The door is locked.") : join.note);
  });
}

function numbers(parent) {
  const root = append(parent, "div", "room-numbers");
  const text = append(root, "p");
  const bar = append(root, "div", "screen-bar", { "aria-hidden": "true" });
  const done = append(bar, "div");
  return onChange(["numbers"], ({ numbers }) => {
    say(text, numbers?.text);
    bar.hidden = numbers?.share == null;
    done.style.width = `${100 * (numbers?.share ?? 0)}%`;
  });
}

/** Counts down from when its name was first seen in this tab; a reload goes on where it was. */
class Timer {
  constructor(root) {
    this.root = root;
    root.hidden = true;
    root.setAttribute("role", "timer");
    this.ticking = setInterval(() => this.tick(), TICK);
  }

  draw({ timer }) {
    this.timer = timer;
    this.ends = timer ? began(timer.name) + 60_000 * timer.minutes : undefined;
    this.tick();
  }

  tick() {
    const left = this.timer ? Math.ceil((this.ends - Date.now()) / 1000) : 0;
    const [minutes, seconds] = [Math.floor(left / 60), String(left % 60).padStart(2, "0")];
    this.root.classList.toggle("due", left <= 0);
    const text = left > 0 ? `${minutes}:${seconds} ${this.timer.label}` : translate(DUE);
    say(this.root, this.timer ? text : "");
  }

  remove() {
    clearInterval(this.ticking);
  }
}

function began(name) {
  const now = Date.now();
  try {
    const [known, at] = JSON.parse(sessionStorage.getItem(STARTED)) ?? [];
    if (known === name) return at;
    sessionStorage.setItem(STARTED, JSON.stringify([name, now]));
  } catch {
    // Off: a reload begins anew.
  }
  return now;
}
