/** Red lines: the worst value accepted of an objective, which settings they leave, and in words. */

import { list, localise, translate } from "./language.js";
import { lower, mean, write } from "./scale.js";

const MORE = 3; // digits that tell apart what looks alike
const CLOSE = 1e-9; // values are rounded where they are sent

/** The red lines of objectives, of values by name. */
export function redLines(objectives, values) {
  const bound = objectives.filter(({ name }) => name in values);
  return bound.map((objective) => ({ objective, line: values[objective.name] }));
}

/** Whether a setting keeps a red line; what is not measurable keeps none. */
export function keeps(values, objective, line) {
  const value = mean(values, objective);
  if (value === null) return false;
  return objective.better === "high" ? value >= line - CLOSE : value <= line + CLOSE;
}

/** The numbers of the settings that keep every red line. */
export function left(settings, lines) {
  return settings.numbers.filter((number) =>
    lines.every(({ objective, line }) => keeps(settings.values[number], objective, line)),
  );
}

/** The numbers of the alternatives on a screen, by its parts, that miss a red line of those by name. */
export function missing({ objectives = [], values, alternatives = [] }, lines) {
  const bounds = redLines(objectives, lines);
  const kept = new Set(left({ numbers: alternatives, values }, bounds));
  return alternatives.filter((number) => !kept.has(number));
}

/** The fewest red lines that no setting keeps together; none where some setting keeps them all. */
export function conflict(settings, lines) {
  if (left(settings, lines).length) return [];
  return subsets(lines).find((some) => !left(settings, some).length) ?? [];
}

/** A red line in words, without its objective. */
export function bound({ objective, line }) {
  return sided(objective, write(objective, line));
}

/** The same in two lines: the side on which values are accepted, and the value. */
export function boundLines({ objective, line }) {
  return [sided(objective, "").trim(), write(objective, line)];
}

function sided({ better }, value) {
  return better === "high" ? translate("at least {value}", { value }) : translate("at most {value}", { value });
}

/** A red line in words. */
export function phrase({ objective, line }) {
  const told = { objective: lower(objective), value: write(objective, line) };
  return objective.better === "high"
    ? translate("{objective} at least {value}", told)
    : translate("{objective} at most {value}", told);
}

/**
 * What there is to say of settings, those on a front and red lines: sentences.
 *
 * @param settings `numbers` of settings and their `values`, and the values of the own one, `mine`
 * @param lines each an `objective` and its `line`
 * @param front of the objectives that count: `numbers`, and `hypervolume` or null
 * @param counted the objectives that count
 */
export function sentences(settings, lines, front, counted) {
  const total = settings.numbers.length;
  const kept = left(settings, lines);
  const best = kept.filter((number) => front.numbers.has(number)).length;
  const told = [];
  const every = { total, best, kept: kept.length, objectives: list(counted.map(lower)) };
  if (!lines.length && !best)
    told.push(translate("None of {total:setting|settings} is on the front of {objectives}.", every));
  else if (!lines.length)
    told.push(
      translate("{best} of {total:setting|settings} {best:|is|are} on the front of {objectives}.", every),
    );
  else if (!kept.length) told.push(translate("None of {total:setting|settings} is left.", every));
  else
    told.push(
      translate(
        "{kept} of {total:setting|settings} {kept:|is|are} left; " +
          "{best} of them {best:|is|are} on the front.",
        every,
      ),
    );
  if (!kept.length && lines.length) told.push(...obstacles(settings, lines));
  else told.push(...missedByYou(settings, lines));
  told.push(...counted.flatMap((objective) => lacking(settings, objective)));
  if (front.hypervolume !== null) 
    told.push(translate("Hypervolume {value}.", { value: localise(front.hypervolume.toFixed(3)) }));
  return told;
}

/** Which red lines the own setting misses. */
function missedByYou({ mine }, lines) {
  const missed = mine ? lines.filter(({ objective, line }) => !keeps(mine, objective, line)) : [];
  if (!missed.length) return [];
  return [translate("Your own setting misses {lines}.", { lines: list(missed.map(phrase)) })];
}

/** How many settings are on no front, as an objective that counts is not measurable there. */
function lacking({ numbers, values }, objective) {
  const n = numbers.filter((number) => mean(values[number], objective) === null).length;
  if (!n) return [];
  return [
    translate("{n:setting has|settings have} no {objective} and {n:|is|are} not compared.", {
      n,
      objective: lower(objective),
    }),
  ];
}

/** Why no setting keeps all red lines, and what giving up one of them would leave. */
function obstacles(settings, lines) {
  const few = conflict(settings, lines);
  const told =
    few.length === 1
      ? [alone(settings, few[0])]
      : [translate("No setting keeps these red lines together: {lines}.", { lines: list(few.map(phrase)) })];
  const without = few.map((one) => ({
    one,
    count: left(settings, lines.filter((other) => other !== one)).length,
  }));
  const most = without.reduce((best, each) => (each.count > best.count ? each : best));
  if (most.count && lines.length > 1)
    told.push(
      translate("Without the red line on {objective}, {n:setting|settings} {n:|is|are} left.", {
        objective: lower(most.one.objective),
        n: most.count,
      }),
    );
  return told;
}

/** Why no setting keeps one red line: how far the best one comes. */
function alone({ numbers, values }, { objective, line }) {
  const known = numbers.map((n) => mean(values[n], objective)).filter((one) => one !== null);
  const told = { line: phrase({ objective, line }) };
  if (!known.length) return translate("No setting keeps {line}: it is not measurable.", told);
  const best = objective.better === "high" ? Math.max(...known) : Math.min(...known);
  const alike = write(objective, best) === write(objective, line); // though it misses the line
  told.value = write(objective, best, alike ? MORE : undefined);
  return translate("No setting keeps {line}: the best has {value}.", told);
}

/** All subsets but the empty one, the smallest first. */
function subsets(items) {
  const every = items.reduce((found, item) => [...found, ...found.map((one) => [...one, item])], [
    [],
  ]);
  return every.filter((one) => one.length).sort((one, other) => one.length - other.length);
}
