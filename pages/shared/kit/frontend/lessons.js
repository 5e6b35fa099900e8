/** The index of lessons: buttons show those about an axis, and a card opens without a new page. */

import { list, translate } from "./language.js";

const html = new WeakMap(); // element given by Streamlit -> what it shows

export default function render({ data, parentElement, setTriggerValue }) {
  const told = JSON.parse(new TextDecoder().decode(data)).html;
  if (html.get(parentElement) !== told) {
    parentElement.innerHTML = told;
    html.set(parentElement, told);
  }
  parentElement.onclick = (event) => {
    const button = event.target.closest("[data-axis]");
    if (button) choose(parentElement, button);
    const link = event.target.closest("a[data-lesson]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("open", new URL(link.href).search.slice(1));
  };
}

/** Press or release an axis: what is not about all that are pressed is hidden. */
function choose(root, button) {
  button.ariaPressed = String(button.ariaPressed !== "true");
  const wanted = [...root.querySelectorAll("[data-axis][aria-pressed=true]")];
  const axes = wanted.map((one) => one.dataset.axis);
  const about = (one) => axes.every((axis) => one.dataset.axes.split(" ").includes(axis));
  for (const place of root.querySelectorAll(".lesson-map g")) place.classList.toggle("dim", !about(place));
  const cards = [...root.querySelectorAll(".lesson-index li")];
  for (const card of cards) card.hidden = !about(card);
  for (const section of root.querySelectorAll(".lesson-index section"))
    section.hidden = ![...section.querySelectorAll("li")].some((card) => !card.hidden);
  const shown = cards.filter((card) => !card.hidden).length;
  const count = root.querySelector(".lesson-count");
  const told = { shown, all: count.dataset.all, axes: list(wanted.map(({ dataset }) => dataset.words)) };
  count.textContent = axes.length
    ? translate("{shown} of {all} lessons about {axes}", told)
    : translate("{shown} of {all} lessons", told);
}
