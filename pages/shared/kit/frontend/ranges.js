/** What the axes show: they stand still while somebody plays, until they mean something else. */

const AXES = ["xaxis", "yaxis"];

export class Ranges {
  /** Keep what was shown: what somebody zoomed to, else what was there, widened by what is new. */
  hold(layout) {
    if (layout.uirevision !== this.revision) this.fit();
    this.revision = layout.uirevision;
    layout.uirevision = `${this.revision} ${this.fits}`; // plotly would bring a zoom back
    for (const axis of AXES) {
      const own = this.zoomed?.[axis] ?? widened(this.kept[axis], layout[axis].range);
      if (!this.zoomed) this.kept[axis] = own;
      layout[axis].range = [...own];
    }
  }

  /** Show what there is, and no more. */
  fit() {
    [this.kept, this.zoomed] = [{}, null];
    this.fits = (this.fits ?? 0) + 1;
  }

  /** Hear of what somebody does with the axes of a plot; `again` draws it once more. */
  listen(plot, again) {
    plot.on("plotly_relayout", (event) => {
      if (!Object.keys(event ?? {}).some((key) => /^[xy]axis\./.test(key))) return;
      this.zoomed = Object.fromEntries(AXES.map((axis) => [axis, [...plot.layout[axis].range]]));
    });
    plot.on("plotly_doubleclick", () => {
      this.fit();
      again();
    });
  }
}

/** The smallest range that holds both, in the direction of the second. */
function widened(before, [first, last]) {
  if (!before) return [first, last];
  const [low, high] = first < last ? [Math.min, Math.max] : [Math.max, Math.min];
  return [low(before[0], first), high(before[1], last)];
}
