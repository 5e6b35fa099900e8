// The static site: guesses, positions of sliders, scales and search, from what stands in the page.
const read = (id) => {
  const found = document.getElementById(id);
  return found && JSON.parse(found.textContent);
};
const words = read("words") ?? {};
const setup = read("setup"); // of charts
const language = document.documentElement.lang;
const forms = new Intl.PluralRules(language);

/** Draw a figure in a box, in the colours of the page. */
const draw = (box, figure) => {
  const theme = readTheme(document.documentElement, JSON.stringify(figure));
  const coloured = (part) => {
    if (Array.isArray(part)) return part.map(coloured);
    if (!part || typeof part !== "object") return theme.resolve(part);
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, coloured(one)]));
  };
  const phone = box.clientWidth < 480;
  const height = Math.max(420, figure.layout.height ?? 0);
  const layout = { ...coloured(figure.layout), template: template(theme, phone, language), height };
  layout.legend = belowPlot();
  delete layout.margin;
  if (!box.querySelector(".js-plotly-plot, .plot-container")) box.replaceChildren();
  Plotly.react(box, coloured(figure.data), layout, setup);
};
const drawn = new Map(); // box -> figure, drawn again where the page becomes dark or light
const show = (box, figure) => {
  drawn.set(box, figure);
  draw(box, figure);
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const [box, figure] of drawn) draw(box, figure);
});

/** How far a guess is from what was measured, and the sentence that says so. */
const verdict = (guess, compared) => {
  if (compared.told) return compared.told[guess];
  const digits = { minimumFractionDigits: compared.digits, maximumFractionDigits: compared.digits };
  const number = guess.toLocaleString(language, digits).replace("-", "−");
  const unit = compared.unit[forms.select(guess)] ?? compared.unit.other ?? "";
  const text = compared.text.replace("{guess}", number + unit);
  if (!compared.near.length) return { text, near: "open" };
  const [low, high] = compared.near;
  if (low <= guess && guess <= high) return { text, near: "near" };
  return { text, near: Math.abs(guess - compared.value) <= compared.part ? "partly" : "far" };
};

/** A step: its form, then its answer at the position of its sliders. */
class Step {
  constructor(root, next) {
    this.root = root;
    this.next = next;
    const own = root.querySelector("[type='application/json']");
    this.data = own && JSON.parse(own.textContent);
    if (!this.data) return;
    this.answer = root.querySelector(".answer");
    this.form = root.querySelector("form.guess");
    this.at = [...this.data.start];
    this.selects = [...root.querySelectorAll("[data-slider]")];
    for (const one of this.selects) one.onchange = () => this.move(one);
    if (!this.form) return;
    this.answer.hidden = true;
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.reveal(this.guess());
    };
    this.form.querySelector(".skip").onclick = () => this.reveal(null);
  }

  guess() {
    const radio = this.form.querySelector("[type=radio]:checked");
    if (radio) return Number(radio.value);
    const numbers = [...this.form.querySelectorAll("[type=number]")].map((one) => Number(one.value));
    return this.data.guess.xs ? numbers : numbers[0];
  }

  reveal(guess) {
    if (this.form) this.form.hidden = true;
    this.answer.hidden = false;
    if (this.data.guess?.xs) this.line = guess;
    else if (guess !== null) {
      const { text, near } = verdict(guess, this.data.guess);
      const box = this.root.querySelector(".verdict");
      box.textContent = text;
      box.classList.add(near);
    }
    this.draw();
    this.next?.open();
  }

  /** Show the step, and its answer where nothing is asked. */
  open() {
    this.root.hidden = false;
    if (this.data && !this.form) this.reveal(null);
    if (!this.data) this.next?.open();
  }

  move(select) {
    const place = Number(select.dataset.slider);
    this.at[place] = Number(select.value);
    const there = this.at.join(",") in this.data.positions;
    if (!there) {
      this.at = this.data.start.map((at, one) => (one === place ? this.at[place] : at));
      for (const one of this.selects) one.value = this.at[one.dataset.slider];
    }
    this.root.querySelector(".alone").textContent = there ? "" : words.alone;
    this.draw();
  }

  draw() {
    const { figure, said, numbers } = this.data.positions[this.at.join(",")];
    const box = this.root.querySelector(".chart");
    const told = this.root.querySelector(".said");
    told.innerHTML = said;
    this.root.querySelector(".numbers").innerHTML = numbers;
    box.setAttribute("aria-label", told.textContent);
    show(box, this.line ? this.withLine(figure) : figure);
  }

  withLine(figure) {
    const { xs, factor } = this.data.guess;
    const y = this.line.map((value) => value / factor);
    const line = { color: "var(--st-text-color)", dash: "dot", width: 2 };
    const own = { type: "scatter", x: xs, y, name: words.line, mode: "lines", line };
    return { data: [...figure.data, own], layout: { ...figure.layout, showlegend: true } };
  }
}

const sections = [...document.querySelectorAll("section.step")];
const steps = [];
for (const one of sections.reverse()) steps.unshift(new Step(one, steps[0]));
for (const one of steps.slice(1)) one.root.hidden = true;
steps[0]?.open();

/** The front with its scales: one setting picked is shown everywhere. */
const front = read("front");
if (front) {
  show(document.querySelector(".chart"), front.figure);
  const select = document.querySelector(".pick");
  select.onchange = () => {
    for (const one of document.querySelectorAll("[data-setting]")) {
      one.classList.toggle("picked", one.dataset.setting === select.value);
    }
    for (const one of document.querySelectorAll(".interval")) {
      one.toggleAttribute("hidden", one.dataset.of !== select.value);
    }
    for (const one of document.querySelectorAll(".value")) {
      one.textContent = front.values[select.value]?.[one.dataset.objective] ?? "";
    }
  };
}

/** A text as a search compares it: without capitals, accents, and the shape of apostrophes. */
const bare = (text) =>
  text.toLowerCase().replaceAll("’", "'").normalize("NFD").replace(/\p{M}/gu, "");

/** Search: every word of what is typed, in titles first. */
const box = document.querySelector(".search input");
if (box) {
  const list = document.querySelector(".search ul");
  const status = document.querySelector(".search [role=status]");
  const pages = read("pages");
  box.oninput = () => {
    const wanted = bare(box.value).split(/\s+/).filter(Boolean);
    const has = (text) => wanted.every((word) => bare(text).includes(word));
    const found = wanted.length ? pages.filter((one) => has(`${one.title} ${one.text}`)) : [];
    found.sort((a, b) => has(b.title) - has(a.title));
    list.replaceChildren(
      ...found.slice(0, 30).map((one) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        [link.href, link.textContent] = [one.path, one.title];
        item.append(link);
        return item;
      }),
    );
    const none = words.none.replace("{text}", box.value);
    const count = words.hits.replace("{count}", found.length);
    status.textContent = wanted.length ? (found.length ? count : none) : "";
  };
}
