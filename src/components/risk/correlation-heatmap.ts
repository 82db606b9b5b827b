import {h, s} from "../dom.js";
import {formatNumber} from "../format.js";
import {wideFrame} from "../wide-frame.js";

/** Mixed into the surface by at most this much, so that a figure on it stays readable. */
const STRONGEST = 62;
/** Smallest cell that has room for its figure. */
const WITH_FIGURE = 30;

interface Matrix {
  /** In the order in which they are drawn. */
  names: readonly string[];
  /** Correlation of the i-th and the j-th; NaN where there is none. */
  at: (i: number, j: number) => number;
  /** Periods that both have. */
  count: (i: number, j: number) => number;
}

/**
 * Returns a matrix of correlations: blue is together, orange against each other. The arrow keys move over the cells, and the
 * line above says each pair.
 */
export function correlationHeatmap({names, at, count}: Matrix, {width}: {width: number}): HTMLElement {
  const n = names.length;
  const letters = Math.min(14, Math.max(...names.map(({length}) => length)));
  const left = 7.2 * letters + 10;
  const cell = Math.max(16, Math.min(44, Math.floor((width - left) / n)));
  const top = 7.2 * Math.min(letters, 14) * 0.72 + 14;
  const [wide, tall] = [left + n * cell + 24, top + n * cell + 4];
  const said = h("div", {class: "readout", "aria-live": "polite"});
  const rule = s("rect", {class: "matrix-cursor", width: cell, height: cell, visibility: "hidden"});
  const cut = (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);

  const cells = names.flatMap((_, i) =>
    names.map((__, j) => {
      const value = at(i, j);
      return s(
        "g",
        {transform: `translate(${left + j * cell},${top + i * cell})`},
        s("rect", {
          x: 0.5,
          y: 0.5,
          width: cell - 1,
          height: cell - 1,
          rx: 1,
          style: `fill:${tint(value)}`
        }),
        cell >= WITH_FIGURE &&
          s(
            "text",
            {x: cell / 2, y: cell / 2 + 4, class: "cell"},
            Number.isNaN(value) ? "n/a" : formatNumber(value, {digits: 2}).replace(/^(−?)0\./, "$1.")
          )
      );
    })
  );
  const picture = s(
    "svg",
    {class: "heatmap correlation", width: wide, height: tall, "aria-hidden": "true"},
    names.map((name, i) =>
      s("text", {x: left - 6, y: top + (i + 0.5) * cell + 4, class: "axis end"}, cut(name))
    ),
    names.map((name, j) =>
      s(
        "text",
        {class: "axis start", transform: `translate(${left + (j + 0.5) * cell},${top - 6}) rotate(-46)`},
        cut(name)
      )
    ),
    cells,
    rule
  );

  let [row, column] = [0, Math.min(1, n - 1)];
  const node = h(
    "div",
    {
      class: "matrix-frame",
      role: "slider",
      tabindex: 0,
      "aria-label": "Correlations: move over the pairs with the arrow keys",
      "aria-valuemin": 0,
      "aria-valuemax": n * n - 1
    },
    picture
  );
  function show(i: number, j: number, marked = true): void {
    [row, column] = [i, j];
    const value = at(i, j);
    const text = Number.isNaN(value) ? "n/a" : formatNumber(value, {digits: 3});
    said.replaceChildren(
      h("span", null, `${names[i]} and ${names[j]}`, h("b", null, text)),
      h("time", null, `${count(i, j)} periods`)
    );
    rule.setAttribute("x", String(left + j * cell));
    rule.setAttribute("y", String(top + i * cell));
    rule.setAttribute("visibility", marked ? "visible" : "hidden");
    node.setAttribute("aria-valuenow", String(i * n + j));
    node.setAttribute("aria-valuetext", `${names[i]} and ${names[j]}: ${text}`);
  }
  show(0, Math.min(1, n - 1), false);
  node.addEventListener("keydown", (event) => {
    const to: Record<string, [number, number]> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [row, 0],
      End: [row, n - 1]
    };
    if (!(event.key in to)) return;
    event.preventDefault();
    const [i, j] = to[event.key];
    show(Math.max(0, Math.min(n - 1, i)), Math.max(0, Math.min(n - 1, j)));
  });
  node.addEventListener("pointermove", (event) => {
    const box = picture.getBoundingClientRect();
    const j = Math.floor((event.clientX - box.left - left) / cell);
    const i = Math.floor((event.clientY - box.top - top) / cell);
    if (i >= 0 && j >= 0 && i < n && j < n) show(i, j);
  });
  node.addEventListener("blur", () => rule.setAttribute("visibility", "hidden"));
  return h("div", null, said, wideFrame("Correlations", node));
}

function tint(value: number): string {
  if (Number.isNaN(value)) return "var(--hover)";
  const share = Math.round(STRONGEST * Math.min(1, Math.abs(value)));
  return `color-mix(in srgb, var(--${value < 0 ? "category-6" : "category-1"}) ${share}%, var(--surface))`;
}
