/** The English words of Streamlit's own, which it cannot be told, in the language of the page; and what stays English. */

import { mark, spoken, translate } from "./language.js";

const WORDS = [
  mark("Skip to main content"),
  mark("Link to heading"),
  mark("Copy to clipboard"),
  mark("Choose an option"),
  mark("Open"),
  mark("Clear all"),
  mark("Selected values"),
  mark("Show/hide columns"),
  mark("Download as CSV"),
  mark("Search"),
  mark("Fullscreen"),
  mark("Close fullscreen"),
  mark("Upload"),
  mark("file upload"),
];
const NAMING = [
  [/^Help for (?<name>.+)$/, mark("Help for {name}")],
  [/^(?<size>\d+)MB per file$/, mark("{size}MB per file")],
];
const LABELS = ["aria-label", "title", "placeholder"];
const TEXTS = ["SkipToContent", "FileUploaderDropzone", "FileUploaderDropzoneInstructions", "TooltipContent"]
  .map((name) => `[data-testid="st${name}"]`)
  .join();
const ENGLISH = ".st-key-datasheet"; // what nobody translated
const WAIT = 200; // ms; while a page is drawn, it changes many times

const english = new Map(); // what was told -> Streamlit's own words
let observer = null;
let due = 0;

/** Tell them now and whenever the page changes; a page that was never but English is left alone. */
export function tellStreamlit() {
  if (!observer && spoken() === "en") return;
  observer ??= new MutationObserver(() => (due ||= setTimeout(tell, WAIT)));
  const changes = { subtree: true, childList: true, attributeFilter: LABELS };
  observer.observe(document.body, changes);
  tell();
}

function tell() {
  due = 0;
  for (const one of document.querySelectorAll(ENGLISH)) one.lang = "en";
  for (const name of LABELS)
    for (const one of document.querySelectorAll(`[${name}]`))
      put(one.getAttribute(name), (text) => one.setAttribute(name, text));
  for (const one of document.querySelectorAll(TEXTS)) {
    const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { currentNode: text } = walk;
      put(text.nodeValue, (told) => (text.nodeValue = told));
    }
  }
}

function put(shown, write) {
  const text = english.get(shown) ?? shown;
  const told = inOwnLanguage(text);
  if (told === shown) return;
  english.set(told, text);
  write(told);
}

function inOwnLanguage(text) {
  if (WORDS.includes(text)) return translate(text);
  for (const [pattern, naming] of NAMING) {
    const found = text.match(pattern);
    if (found) return translate(naming, found.groups);
  }
  return text;
}
