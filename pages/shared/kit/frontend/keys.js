/** In the presenter's view, arrow keys and a clicker's Page Up and Page Down go back and on. */

const WAYS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const BUTTONS = {
  1: '.st-key-presenter [data-testid="stBaseButton-primary"]:enabled',
  [-1]: ".st-key-presenter .st-key-back button:enabled",
};

let shown; // element of the component that Streamlit gave last

export default function render({ parentElement }) {
  shown = parentElement;
  shown.dataset.keys = "on"; // from now on a key is heard
}

/** Whether an arrow key moves what has the focus. */
function moves(target) {
  return target.matches?.("input, textarea, select, [role=slider], [role=combobox], [role=radio]");
}

addEventListener(
  "keydown",
  (event) => {
    const way = WAYS[event.key];
    if (!way || !shown?.isConnected || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key.startsWith("Arrow") && moves(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    document.querySelector(BUTTONS[way])?.click();
  },
  true, // before a control takes Page Up and Page Down for itself
);
