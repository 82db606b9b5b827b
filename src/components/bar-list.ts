import {h, s} from "./dom.js";
import {formatAmount, formatPercent} from "./format.js";

export interface BarItem {
  name: string;
  /** Exact amount in the reporting currency. */
  value: string;
  /** Share of the whole, signed; null where there is none. */
  weight: number | null;
  color?: string;
}

const ROW = 28;

/** Returns one bar an item, longest first; what is short lies left of zero. */
export function barList(
  items: readonly BarItem[],
  {
    width,
    currency,
    color = "var(--accent)",
    label,
    most = 12
  }: {width: number; currency: string; color?: string; label: string; most?: number}
): Node {
  const ordered = [...items].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const shown = ordered.length > most ? ordered.slice(0, most - 1) : ordered;
  const left = Math.min(132, Math.max(84, width * 0.28));
  const amounts = width > 420 ? 108 : 0;
  const right = 64 + amounts;
  const weights = shown.map(({weight}) => weight ?? 0);
  const low = Math.min(0, ...weights);
  const high = Math.max(0, ...weights);
  const room = Math.max(40, width - left - right - 8);
  const xOf = (weight: number) => left + ((weight - low) / (high - low || 1)) * room;
  const rest = ordered.length - shown.length;
  return h(
    "div",
    {class: "wide-frame"},
    s(
      "svg",
      {class: "bar-list", width, height: Math.max(1, shown.length) * ROW, role: "img", "aria-label": label},
      shown.map(({name, value, weight, color: own = color}, i) => {
        const [from, to] = [xOf(Math.min(0, weight ?? 0)), xOf(Math.max(0, weight ?? 0))];
        return s(
          "g",
          {transform: `translate(0,${i * ROW})`},
          s("title", null, `${name}: ${formatPercent(weight)}`),
          s("text", {x: 0, y: 18, class: "name"}, cut(name, left)),
          s("rect", {x: from, y: 8, width: Math.max(1, to - from), height: 12, rx: 1, style: `fill:${own}`}),
          s("text", {x: width - amounts, y: 18, class: "amount"}, formatPercent(weight, {digits: 1})),
          amounts > 0 &&
            s("text", {x: width, y: 18, class: "amount faint secret"}, formatAmount(value, currency))
        );
      }),
      low < 0 && s("line", {x1: xOf(0), x2: xOf(0), y1: 2, y2: shown.length * ROW - 2, class: "zero"})
    ),
    rest > 0 && h("p", {class: "muted small"}, `and ${rest} smaller: see the table`)
  );
}

/** SVG does not cut text by itself. */
function cut(name: string, room: number): string {
  const letters = Math.floor(room / 7.2);
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}
