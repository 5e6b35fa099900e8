/** Say what a move did, to those who hear the screen; who sees it sees it in the pictures. */

import { append, attach } from "./view.js";

export const move = (component) =>
  attach(component, (root) => {
    const told = append(root, "p", "aside", { "aria-live": "polite" });
    return {
      draw(parts) {
        // While models arrive there is no sentence: what was said last is not said again.
        if (parts.move && told.textContent !== parts.move) told.textContent = parts.move;
      },
    };
  });
