import {h, s} from "../dom.js";
import {formatNumber} from "../format.js";
import type {BinFilter} from "./cross-filter.js";
import type {Histogram} from "./dataset-view.js";
import {printRange} from "./values.js";

const HEIGHT = 36;

interface HistogramOptions {
  name: string;
  width: number;
  onFilter: (filter: BinFilter | null) => void;
}

/**
 * A histogram in a column's head. To drag over it keeps the rows of those bins, to click keeps one, again or Escape
 * gives all back; arrow keys move what is kept, with Shift they widen it.
 */
export function histogram({name, width, onFilter}: HistogramOptions): {
  node: HTMLElement;
  show: (data: Histogram, filter: BinFilter | undefined) => void;
} {
  const bars = s("g");
  const drawing = s(
    "svg",
    {viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: "none", height: HEIGHT, "aria-hidden": "true"},
    bars
  );
  const said = h("small");
  const node = h(
    "div",
    {class: "histogram", role: "slider", tabindex: 0, "aria-label": `Filter ${name}`},
    drawing,
    said
  );
  let data: Histogram | undefined;
  let chosen: readonly [from: number, to: number] | null = null;
  let pressed: number | null = null;

  function show(next: Histogram, filter: BinFilter | undefined): void {
    data = next;
    chosen = !filter
      ? null
      : "any" in filter
        ? [Math.min(...filter.any), Math.max(...filter.any)]
        : [filter.from, filter.to];
    draw();
  }

  function draw(): void {
    if (!data) return;
    const {counts, binning} = data;
    const step = width / Math.max(1, counts.length);
    const others = binning.kind === "words" && binning.others ? counts.length - 1 : -1;
    const most = counts.reduce((a, b, i) => (i === others ? a : Math.max(a, b)), 1);
    bars.replaceChildren(
      ...Array.from(counts, (n, i) => {
        const height = n ? Math.max(1, Math.min(1, n / most) * (HEIGHT - 2)) : 0;
        const isOut = chosen !== null && (i < chosen[0] || i > chosen[1]);
        return s("rect", {
          x: i * step,
          y: HEIGHT - height,
          width: Math.max(1, step - 1),
          height,
          class: isOut ? "out" : i === others ? "others" : null
        });
      }),
      s("line", {x1: 0, x2: width, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5})
    );
    const words = inWords(data, chosen);
    said.textContent = words;
    node.dataset["tip"] =
      `${words}${data.missing ? `, ${formatNumber(data.missing, {digits: 0})} not given` : ""}`;
    node.setAttribute("aria-valuemin", "0");
    node.setAttribute("aria-valuemax", String(Math.max(0, counts.length - 1)));
    node.setAttribute("aria-valuenow", String(chosen?.[0] ?? 0));
    node.setAttribute("aria-valuetext", chosen ? words : `all: ${words}`);
  }

  function choose(next: readonly [number, number] | null): void {
    if (!data || data.counts.length === 0) return;
    if (next?.[0] === chosen?.[0] && next?.[1] === chosen?.[1]) return;
    chosen = next;
    draw();
    if (!chosen) onFilter(null);
    else if (data.binning.kind === "range") onFilter({from: chosen[0], to: chosen[1]});
    else onFilter({any: Array.from({length: chosen[1] - chosen[0] + 1}, (_, i) => chosen![0] + i)});
  }

  const last = () => (data?.counts.length ?? 1) - 1;
  const binAt = (event: PointerEvent) => {
    const {left, width: drawn} = drawing.getBoundingClientRect();
    return Math.max(0, Math.min(last(), Math.floor(((event.clientX - left) / drawn) * (last() + 1))));
  };
  let before: readonly [number, number] | null = null;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pressed = binAt(event);
    before = chosen;
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (pressed === null) return;
    const at = binAt(event);
    if (at !== pressed || chosen !== before) choose([Math.min(at, pressed), Math.max(at, pressed)]);
  });
  drawing.addEventListener("pointerup", (event) => {
    if (pressed === null) return;
    const at = binAt(event);
    const wasAlone = before?.[0] === at && before[1] === at;
    if (at === pressed) choose(wasAlone ? null : [at, at]);
    pressed = null;
  });
  drawing.addEventListener("dblclick", () => choose(null));
  node.addEventListener("keydown", (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (event.key === "Escape") choose(null);
    if (!step) return;
    event.preventDefault();
    const inside = (i: number) => Math.max(0, Math.min(last(), i));
    if (!chosen) choose(step > 0 ? [0, 0] : [last(), last()]);
    else if (event.shiftKey) choose([chosen[0], Math.max(chosen[0], inside(chosen[1] + step))]);
    else choose([inside(chosen[0] + step), Math.max(inside(chosen[0] + step), inside(chosen[1] + step))]);
  });
  return {node, show};
}

/** The range of values that is kept, or all of it; of words the word, or how many. */
function inWords({binning}: Histogram, chosen: readonly [number, number] | null): string {
  if (binning.kind === "range") {
    if (binning.edges.length === 0) return "not given";
    const [from, to] = chosen ?? [0, binning.edges.length - 2];
    const whole = binning.type === "number" ? 0 : 1; // the last day, not the first that is out
    return printRange(
      binning.edges[from],
      Math.min(binning.edges[to + 1] - whole, binning.most),
      binning.type
    );
  }
  const {words, others} = binning;
  if (chosen && chosen[0] === chosen[1]) return words[chosen[0]] ?? "all others";
  if (chosen) return `${words[chosen[0]]} to ${words[chosen[1]] ?? "all others"}`;
  return words.length === 1 && !others
    ? words[0]
    : `${words[0] ?? "not given"}${words.length > 1 ? ", …" : ""}`;
}
