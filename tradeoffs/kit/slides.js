// Turns slides by keys: a deck is one page, and reads without this as well.
const slides = [...document.querySelectorAll("section")];
const notes = () => slides.map((one) => one.lastElementChild).filter((one) => one.matches("details"));
const here = () => {
  const middle = innerHeight / 2;
  const found = slides.findIndex((one) => one.getBoundingClientRect().bottom > middle);
  return found < 0 ? slides.length - 1 : found;
};
const turn = (by) => {
  const to = slides[Math.min(Math.max(here() + by, 0), slides.length - 1)];
  to.scrollIntoView();
  to.focus({ preventScroll: true });
};
const keys = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in keys) {
    event.preventDefault();
    turn(keys[event.key]);
  } else if (event.key === "n" || event.key === "N") {
    const open = notes().some((one) => one.open);
    for (const one of notes()) one.open = !open;
  }
});
