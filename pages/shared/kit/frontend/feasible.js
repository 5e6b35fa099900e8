/**
 * Which settings the rules of the chosen place and the chosen purse leave, of the part `feasible`;
 * pictures draw the others faintly. A place whose rules are duties leaves all.
 */

import { get } from "./choice.js";

const PURSE = "purse";

/** What is told of the chosen place, where a number screens, and of the purse. */
export const toldOfFeasible = (feasible) =>
  chosen(feasible).map(({ words }) => words).join(" ");

/** Those of some settings, by number, that the place does not admit or the budget does not cover. */
export function notFeasible(feasible, numbers = []) {
  const every = chosen(feasible).map(({ admissible, open }) => new Set([...admissible, ...open]));
  return numbers.filter((number) => every.some((kept) => !kept.has(number)));
}

function chosen(feasible) {
  const { place, purse } = get();
  return [feasible?.[place], purse && feasible?.[PURSE]].filter(Boolean);
}
