import {h, s} from "./dom.js";

interface CrosshairOptions {
  /** What is read along: "Growth of 100". */
  label: string;
  count: number;
  /** Pixels of the i-th day from the left. */
  xOf: (i: number) => number;
  top: number;
  bottom: number;
  /** Pixels from the top of each series' i-th value, with its colour; NaN where it has none. */
  dots: (i: number) => {y: number; color: string}[];
  /** The i-th day's exact values in words. */
  say: (i: number) => string;
  onMove: (i: number | null) => void;
  onZoom: (from: number, to: number) => void;
  onBack: () => void;
}

/**
 * Lays a reading line over a drawing: the pointer or the arrow keys move it, dragging chooses days, a double
 * click or Escape goes back. To a screen reader it is a slider that says each day's values.
 */
export function crosshair(drawing: Element, options: CrosshairOptions): HTMLElement {
  const {label, count, xOf, top, bottom, dots, say, onMove, onZoom, onBack} = options;
  const rule = s("line", {y1: top, y2: bottom, class: "crosshair-rule"});
  const marks = s("g");
  const chosen = s("rect", {y: top, height: bottom - top, class: "crosshair-chosen", visibility: "hidden"});
  const layer = s("svg", {class: "crosshair icon", "aria-hidden": "true"}, chosen, rule, marks);
  const node = h(
    "div",
    {
      class: "chart-frame",
      role: "slider",
      tabindex: 0,
      "aria-label": `${label}: read along with the arrow keys`,
      "aria-valuemin": 0,
      "aria-valuemax": count - 1,
      "aria-valuenow": count - 1,
      "aria-valuetext": say(count - 1)
    },
    drawing,
    layer
  );
  let at: number | null = null;
  let pressed: number | null = null;

  function move(i: number | null): void {
    at = i;
    layer.classList.toggle("on", i !== null);
    onMove(i);
    if (i === null) return;
    const x = xOf(i);
    rule.setAttribute("x1", String(x));
    rule.setAttribute("x2", String(x));
    marks.replaceChildren(
      ...dots(i).flatMap(({y, color}) =>
        Number.isFinite(y) ? [s("circle", {cx: x, cy: y, r: 3.5, fill: color})] : []
      )
    );
    node.setAttribute("aria-valuenow", String(i));
    node.setAttribute("aria-valuetext", say(i));
  }

  function nearest(event: PointerEvent): number {
    const x = event.clientX - node.getBoundingClientRect().left;
    let low = 0;
    let high = count - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xOf(middle) < x) low = middle;
      else high = middle;
    }
    return x - xOf(low) < xOf(high) - x ? low : high;
  }

  function choose(i: number): void {
    const [from, to] = [Math.min(pressed ?? i, i), Math.max(pressed ?? i, i)];
    chosen.setAttribute("visibility", to > from ? "visible" : "hidden");
    chosen.setAttribute("x", String(xOf(from)));
    chosen.setAttribute("width", String(xOf(to) - xOf(from)));
  }

  node.addEventListener("pointermove", (event) => {
    const i = nearest(event);
    if (pressed !== null) choose(i);
    move(i);
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    pressed = nearest(event);
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointerup", (event) => {
    if (pressed === null) return;
    const i = nearest(event);
    const [from, to] = [Math.min(pressed, i), Math.max(pressed, i)];
    pressed = null;
    chosen.setAttribute("visibility", "hidden");
    if (to - from > 1) onZoom(from, to);
  });
  node.addEventListener("pointerleave", () => pressed === null && move(null));
  node.addEventListener("dblclick", onBack);
  node.addEventListener("blur", () => move(null));
  node.addEventListener("keydown", (event) => {
    const from = at ?? count - 1;
    const big = Math.max(1, Math.round(count / 12));
    const to: Record<string, number> = {
      ArrowRight: from + 1,
      ArrowLeft: from - 1,
      PageUp: from + big,
      PageDown: from - big,
      Home: 0,
      End: count - 1
    };
    if (event.key === "Escape") onBack();
    if (!(event.key in to)) return;
    event.preventDefault();
    move(Math.max(0, Math.min(count - 1, to[event.key])));
  });
  return node;
}
