/**
 * The selected point of the screen with its card, and the pins side by side.
 *
 * Selecting and pinning draw from what is here already. Of three components `point` hears of the
 * screen's parts, `comparison` of what pinned settings differ by, and `features` of what models look at,
 * once somebody asked. points.css has the look.
 */

import * as choice from "./choice.js";
import { value } from "./format.js";
import { translate } from "./language.js";
import { ask, keep, listen, pins } from "./pins.js";
import { PinTable } from "./pin_table.js";
import { PointBar } from "./point_bar.js";
import { PointCard } from "./point_card.js";
import { append, attach, say } from "./view.js";

export const point = (component) => attach(component, (root) => new Points(root));

export const comparison = (component) =>
  attach(component, () => ({ draw: (parts) => keep("comparison", parts) }));

export const features = (component) =>
  attach(component, () => ({ draw: (parts) => keep("features", parts) }));

class Points {
  constructor(root) {
    this.told = append(root, "p", "points-told", { role: "status" });
    const card = append(root, "section", "point-card");
    this.card = new PointCard(card);
    this.bar = new PointBar(root, card);
    this.table = new PinTable(append(root, "section", "pin-table"));
    this.selected = choice.get().selected;
    const onParts = (known) => this.show((this.known = known));
    const ends = [() => this.bar.remove(), listen({ onParts, onTold: (text) => say(this.told, text) })];
    // After all others: they measure the page, which the card would have to be laid out for first.
    ends.push(choice.subscribe(() => queueMicrotask(() => this.show())));
    ends.push(() => choice.set({ selected: null })); // whoever comes back begins without
    this.remove = () => ends.forEach((end) => end());
  }

  draw(parts, component) {
    ask(component);
    keep("screen", parts);
  }

  show() {
    const { screen, comparison: compared, features: looked } = this.known ?? {};
    if (!screen?.objectives) return;
    const { selected } = choice.get();
    const all = pins();
    this.card.draw(screen, selected, all, looked.features);
    this.bar.draw(screen.values?.[selected] ? this.card.title.textContent : "");
    this.table.draw(screen, selected, all, compared.comparison ?? []);
    if (selected !== this.selected) say(this.told, sentence(screen, selected));
    this.selected = selected;
  }
}

/** What a screen reader says of the point that is selected. */
function sentence({ objectives, values, "changes in words": words, you }, number) {
  if (number === null) return translate("No point is selected.");
  const own = values?.[number];
  if (!own) return translate("Nothing is measured of this point yet.");
  const told = objectives.map((one) => `${one.title} ${value(one, own[one.name]?.[0])}`);
  const setting = number === you ? translate("your setting") : (words?.[number] ?? translate("a setting"));
  return translate("Selected: {setting}. {values}.", { setting, values: told.join(", ") });
}
