/** Write values of objectives as the words of the screen do, see tradeoffs/report/text.py. */

import { localise, translate } from "./language.js";

/** What stands in the place of a value. */
export const unmeasured = () => translate("not measurable");

/** A mean of an objective of the part of that name; null is not measurable. */
export function value({ share, infinity }, mean) {
  if (mean === null || mean === undefined) return unmeasured();
  if (mean === "inf") return infinity || translate("no bound");
  return share ? percent(mean) : number(mean);
}

/** The interval of [mean, low, high], without unit and level; "" where there is none. */
export function interval({ share }, told) {
  const [, low, high] = told ?? [];
  if (typeof low !== "number" || typeof high !== "number") return "";
  const write = share ? (end) => fixed(100 * end) : number;
  return translate("{low} to {high}", { low: write(low), high: write(high) });
}

/** A share of people as a percentage. */
export const percent = (share) => localise(`${(100 * share).toFixed(1)} %`).replace("-", "−");

function fixed(number) {
  return localise(number.toFixed(1)).replace("-", "−");
}

function number(one) {
  if (one === Math.round(one) || Math.abs(one) >= 1000) return localise(Math.round(one).toLocaleString("en-US"));
  return localise(String(Number(one.toPrecision(3)))).replace("-", "−");
}
