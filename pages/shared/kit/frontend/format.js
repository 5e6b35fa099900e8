/** Write values of objectives as the words of the screen do, see tradeoffs/report/text.py. */

export const UNMEASURED = "not measurable";

/** A mean of an objective of the part of that name; null is not measurable. */
export function value({ share, infinity }, mean) {
  if (mean === null || mean === undefined) return UNMEASURED;
  if (mean === "inf") return infinity || "no bound";
  return share ? `${fixed(100 * mean)} %` : number(mean);
}

/** The interval of [mean, low, high], without unit and level; "" where there is none. */
export function interval({ share }, told) {
  const [, low, high] = told ?? [];
  if (typeof low !== "number" || typeof high !== "number") return "";
  const write = share ? (end) => fixed(100 * end) : number;
  return `${write(low)} to ${write(high)}`;
}

/** A share of people as a percentage. */
export const percent = (share) => `${fixed(100 * share)} %`;

function fixed(number) {
  return number.toFixed(1).replace("-", "−");
}

function number(one) {
  if (one === Math.round(one) || Math.abs(one) >= 1000) return Math.round(one).toLocaleString("en-US");
  return String(Number(one.toPrecision(3))).replace("-", "−");
}
