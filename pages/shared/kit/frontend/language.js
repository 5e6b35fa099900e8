/** The language of the page: its words, as Python put them into the page, and its numbers. */

let read = ""; // what the page holds, as JSON
let told = { language: "en", words: {} };
const PLACE = /\{(\w+)(?::([^{}]*\|[^{}]*))?\}/g;
const COLONS = { fr: "\u00a0: " }; // between a name and what it has
const SEMICOLONS = { fr: "\u202f; " }; // between things that hold commas
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"]; // of plurals, as the CLDR has them

/**
 * An English text in the language of the page, with `{name}` filled in; `{n:row|rows}` counts, and
 * `{n:|is|are}` is the word alone, as in tradeoffs/language/notation.py.
 */
export function translate(text, values = {}) {
  const found = now().words[text] ?? text;
  return found.replace(PLACE, (place, name, forms) => {
    const value = values[name] ?? place;
    return forms ? count(value, forms.split("|")) : value;
  });
}

/** The language of the page, as its code. */
export const spoken = () => now().language;

/** A text as it is; that `translate` is given it later is for translators to know. */
export const mark = (text) => text;

/** A number, as English writes it, in the notation of the page. */
export function localise(text) {
  if (now().language === "en") return text;
  const { decimal, group } = signs();
  return text.replace(/[.,]/g, (sign) => (sign === "." ? decimal : group)).replace(" %", "\u00a0%");
}

/** Several things as a list within a sentence. */
export function list(words) {
  const code = now().language;
  if (code !== "en") return new Intl.ListFormat(code, { type: "conjunction" }).format(words);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What a name has, behind the name. */
export const labelled = (name, value) => `${name}${COLONS[spoken()] ?? ": "}${value}`;

/** Two things that may hold commas. */
export const apart = (one, other) => `${one}${SEMICOLONS[spoken()] ?? "; "}${other}`;

/** A number of things with the word for them, or the word alone. */
function count(number, [first, ...others]) {
  if (!first) return plural(number, others);
  return `${localise(number.toLocaleString("en"))} ${plural(number, [first, ...others])}`;
}

function plural(number, forms) {
  if (now().language === "en") return forms[number === 1 ? 0 : 1];
  const rules = new Intl.PluralRules(now().language);
  const { pluralCategories: known } = rules.resolvedOptions();
  const category = rules.select(number);
  const place = CATEGORIES.filter((one) => known.includes(one)).indexOf(category);
  return forms.length === known.length ? forms[place] : forms[category === "one" ? 0 : forms.length - 1];
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
    told = { language: "en", words: {}, ...JSON.parse(text || "{}") };
  }
  return told;
}

function signs() {
  const parts = new Intl.NumberFormat(now().language).formatToParts(1234567.8);
  const sign = (type) => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: sign("decimal"), group: sign("group") };
}
