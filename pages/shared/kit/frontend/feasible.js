/**
 * Which settings the rules of the chosen place leave, of the part `feasible`; pictures draw the others
 * faintly. A place whose rules are duties leaves all.
 */

import { get } from "./choice.js";

/** What is told of the chosen place; empty where no number screens. */
export const toldOfPlace = (feasible) => feasible?.[get().place]?.words ?? "";

/** Those of some settings, by number, that are not admissible in the chosen place. */
export function notAdmissible(feasible, numbers = []) {
  const left = feasible?.[get().place];
  if (!left) return [];
  const kept = new Set([...left.admissible, ...left.open]);
  return numbers.filter((number) => !kept.has(number));
}
