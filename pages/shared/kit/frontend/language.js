/** The language of the page: its words, as Python put them into the page, and its numbers. */

let read = ""; // what the page holds, as JSON
let told = { language: "en", words: {} };

/** An English text in the language of the page, with `{name}` filled in. */
export function translate(text, values = {}) {
  const found = now().words[text] ?? text;
  return found.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** A text as it is; that `translate` is given it later is for translators to know. */
export const mark = (text) => text;

/** A number, as English writes it, in the notation of the page. */
export function localise(text) {
  if (now().language === "en") return text;
  const { decimal, group } = signs();
  return text.replace(/[.,]/g, (sign) => (sign === "." ? decimal : group)).replace(" %", "\u00a0%");
}

/** The decimal sign and what stands between thousands, as plotly takes them. */
export function separators() {
  const { decimal, group } = signs();
  return decimal + group;
}

function now() {
  const text = document.querySelector(".st-key-page-words")?.textContent.trim() ?? "";
  if (text !== read) {
    read = text;
    told = text ? JSON.parse(text) : { language: "en", words: {} };
  }
  return told;
}

function signs() {
  const parts = new Intl.NumberFormat(now().language).formatToParts(1234567.8);
  const sign = (type) => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: sign("decimal"), group: sign("group") };
}
