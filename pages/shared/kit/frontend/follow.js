/**
 * Show nothing, and ask for another run of the page when what is waited for has a new version.
 *
 * As every page has it, it also tells assistive technology the language of the page and what the
 * menu is, which Streamlit cannot, and has Streamlit's own words told in it.
 */

import { listen } from "./live.js";
import { tellStreamlit } from "./streamlit_words.js";

export default (component) => {
  const { language, pages } = JSON.parse(new TextDecoder().decode(component.data));
  if (language) {
    document.documentElement.lang = language;
    nameMenu(document.querySelector(".st-key-menu"), pages);
    tellStreamlit();
  }
  return listen(component, () => {});
};

function nameMenu(menu, name) {
  menu?.setAttribute("role", "navigation");
  menu?.setAttribute("aria-label", name);
  for (const link of menu?.querySelectorAll("a") ?? [])
    link.ariaCurrent = link.pathname === location.pathname ? "page" : null;
}
