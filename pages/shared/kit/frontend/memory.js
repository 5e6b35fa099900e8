/**
 * Keep what a learner said in lessons in this browser, across reload, sleep and Back, and tell the
 * page what was kept before. What was shown to a class is kept for the tab alone.
 */

const KEPT = "tradeoffs lessons"; // in the browser's storage: lesson -> {guesses, notes, drafts}
const done = new Set(); // marks of what was forgotten already

export default function render({ data, setStateValue }) {
  const { said, forgotten, heard, tab } = JSON.parse(new TextDecoder().decode(data));
  const storage = tab ? "sessionStorage" : "localStorage";
  const kept = read(storage);
  for (const [mark, lesson] of Object.entries(forgotten)) {
    if (!done.has(mark)) delete kept[lesson];
    done.add(mark);
  }
  const all = merged(kept, said);
  write(storage, all);
  if (!heard && JSON.stringify(all) !== JSON.stringify(said))
    setStateValue("kept", JSON.stringify({ tab, all }));
}

/** What is in either, lesson by lesson; the second has the last word. */
function merged(first, second) {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        guesses: { ...first[name]?.guesses, ...second[name]?.guesses },
        notes: { ...first[name]?.notes, ...second[name]?.notes },
        drafts: { ...first[name]?.drafts, ...second[name]?.drafts },
      },
    ]),
  );
}

/** What the browser kept; nothing where its storage is off or holds something else. */
function read(storage) {
  try {
    const found = JSON.parse(window[storage].getItem(KEPT));
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch {
    return {};
  }
}

function write(storage, all) {
  try {
    if (Object.keys(all).length) window[storage].setItem(KEPT, JSON.stringify(all));
    else window[storage].removeItem(KEPT);
  } catch {
    // Off or full: guesses then last as long as the page.
  }
}
