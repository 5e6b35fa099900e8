/** Let all pictures mark the setting that a wish picks, as Python tells it. */

import { set } from "./choice.js";
import { listen } from "./live.js";

export default function render(component) {
  const stop = listen(component, ({ pick }) => pick !== undefined && set({ pick }));
  return () => {
    stop();
    if (!component.parentElement.isConnected) set({ pick: null }); // there is no wish any more
  };
}
