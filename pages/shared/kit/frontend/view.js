/**
 * Draw a view of the screen's parts in an element that Streamlit gives, whenever some are new.
 *
 * Each component of the screen has a file of its own that imports this one.
 */

import { spoken } from "./language.js";
import { listen } from "./live.js";

const views = new WeakMap(); // element given by Streamlit -> what is drawn there

/**
 * Let a view draw all parts whenever some of them are new.
 *
 * @param component what Streamlit gives
 * @param make of a root element, returns the view: `draw(parts, component)`, and where it needs them
 *   `refresh()`, called when the theme may be another, and `remove()`
 * @returns what Streamlit calls when the component goes
 */
export function attach(component, make) {
  const { parentElement } = component;
  const before = views.get(parentElement);
  const other = before && before.language !== spoken(); // somebody switched to another language
  if (other) take(before);
  if (!before || other) {
    const root = append(parentElement, "div", "screen-part");
    const parts = before?.parts ?? {};
    views.set(parentElement, { root, parts, language: spoken(), view: make(root) });
  }
  const one = views.get(parentElement);
  if (other) one.view.draw(one.parts, component);
  const stop = listen(component, (changed) => {
    const every = Object.entries({ ...one.parts, ...changed });
    one.parts = Object.fromEntries(every.filter(([, part]) => part !== null)); // which is gone
    one.view.draw(one.parts, component);
  });
  one.view.refresh?.(); // the theme may be another
  return () => {
    stop();
    if (parentElement.isConnected) return; // a newer call of Streamlit's overtook this one
    views.delete(parentElement);
    take(one);
  };
}

function take({ view, root }) {
  view.remove?.();
  root.remove();
}

/** A view that draws only if one of its parts is new. */
export function onChange(names, draw) {
  let before;
  return {
    draw(parts) {
      const now = JSON.stringify(names.map((name) => parts[name]));
      if (now !== before) draw(parts);
      before = now;
    },
  };
}

/** Show a text, or nothing where there is none. */
export function say(node, text) {
  node.hidden = !text;
  if (node.textContent !== (text ?? "")) node.textContent = text ?? "";
}

export function element(tag, className = "", text = "") {
  const node = document.createElement(tag);
  Object.assign(node, { className, textContent: text });
  return node;
}

export function append(parent, tag, className = "", attributes = {}) {
  const node = parent.appendChild(element(tag, className));
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
