/**
 * Keep the key of a room's host in this tab, and bring it to the page after a reload.
 *
 * It comes behind the # of the host's link and is taken from there at once: an address bar is seen
 * by everybody in the room. Anything else behind a # (the place of a heading) is none, and no key
 * takes the place of one that has hosted the room.
 */

import { translate } from "./language.js";
import { append, element } from "./view.js";

const KEPT = "tradeoffs room "; // in the tab's storage, with the code behind it -> key
const FORM = /^[A-Za-z0-9_-]{22}$/; // of a key
const COPIED = 3000; // ms that a button says so

export default function render({ data, parentElement, setStateValue }) {
  const { code, key, offered } = JSON.parse(new TextDecoder().decode(data));
  const linked = FORM.test(location.hash.slice(1)) ? location.hash.slice(1) : "";
  if (linked) history.replaceState(history.state, "", location.pathname + location.search);
  const found = key || read(code) || linked;
  write(code, key); // the server knows it: it fits
  if (found && found !== key) setStateValue("found", found);
  draw(parentElement, offered && key && `${location.origin}${location.pathname}?code=${code}#${key}`);
}

function draw(parent, link) {
  parent.querySelector(".host-link")?.remove();
  if (!link) return;
  const box = append(parent, "div", "host-link screen-part");
  const button = append(box, "button", "screen-again", { type: "button" });
  button.textContent = translate("Copy the host's link");
  const said = append(box, "p", "screen-note", { role: "status" });
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = translate(
        "Copied. Whoever has this link hosts the room: keep it to yourself.",
      );
    } catch {
      said.replaceChildren(translate("Copy it from here: "), address(link)); // no clipboard without TLS
    }
    setTimeout(() => said.replaceChildren(), 4 * COPIED);
  };
}

function address(link) {
  const one = element("a", "", translate("the host's link"));
  one.href = link;
  return one;
}

function read(code) {
  try {
    return sessionStorage.getItem(KEPT + code) ?? "";
  } catch {
    return "";
  }
}

function write(code, key) {
  try {
    if (key) sessionStorage.setItem(KEPT + code, key);
  } catch {
    // Off: the room is then hosted as long as the page is open.
  }
}
