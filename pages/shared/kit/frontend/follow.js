/**
 * Show nothing, and ask for another run of the page when what is waited for has a new version.
 *
 * As every page has it, it also tells assistive technology what the menu is, which Streamlit cannot.
 */

import { listen } from "./live.js";

export default (component) => {
  nameMenu(document.querySelector(".st-key-menu"));
  return listen(component, () => {});
};

function nameMenu(menu) {
  menu?.setAttribute("role", "navigation");
  menu?.setAttribute("aria-label", "Pages");
  for (const link of menu?.querySelectorAll("a") ?? [])
    link.ariaCurrent = link.pathname === location.pathname ? "page" : null;
}
