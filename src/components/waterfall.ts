import {s} from "./dom.js";
import {direction, formatAmount, formatCompact, formatNumber} from "./format.js";
import {wideFrame} from "./wide-frame.js";

export interface WaterfallPart {
  name: string;
  /** Exact amount; null where it cannot be computed. */
  amount: string | null;
  reason?: string | undefined;
  /** What it is made of, as a sentence. */
  detail?: string;
}

interface WaterfallData {
  start: {name: string; amount: string};
  end: {name: string; amount: string};
  parts: readonly WaterfallPart[];
}

const ROW = 24;

/**
 * Returns the way from one value to another, a line for each part. The axis holds what moved, not zero: start
 * and end are therefore marks, not bars.
 */
export function waterfall(
  {start, end, parts}: WaterfallData,
  {width, currency}: {width: number; currency: string}
): Node {
  const left = Math.min(150, Math.max(92, width * 0.26));
  const right = 112;
  const sums = [Number(start.amount)];
  for (const {amount} of parts) sums.push(sums[sums.length - 1] + Number(amount ?? 0));
  const low = Math.min(...sums, Number(end.amount));
  const high = Math.max(...sums, Number(end.amount));
  const room = Math.max(40, width - left - right - 16);
  const xOf = (value: number) => left + 4 + ((value - low) / (high - low || 1)) * room;
  const height = (parts.length + 2) * ROW + 24;
  const bottom = height - 24;
  const line = (i: number, name: string, text: string, kind: string, mark: Node[], detail?: string) =>
    s(
      "g",
      {transform: `translate(0,${i * ROW})`, class: kind},
      detail && s("title", null, detail),
      s("text", {x: 0, y: 16, class: "name"}, name),
      mark,
      s("text", {x: width, y: 16, class: "amount secret"}, text)
    );
  const edge = (value: number) => [s("line", {x1: xOf(value), x2: xOf(value), y1: 4, y2: 20, class: "edge"})];
  const alike = formatCompact(low) === formatCompact(high);
  const ticks = [low, high].filter((value, i, both) => i === 0 || value !== both[0]);
  return wideFrame(
    `From ${start.name} to ${end.name}`,
    s(
      "svg",
      {
        class: "waterfall",
        width,
        height,
        role: "img",
        "aria-label": `From ${start.name} to ${end.name} by part`
      },
      line(0, start.name, formatAmount(start.amount, currency), "whole", edge(Number(start.amount))),
      parts.map(({name, amount, reason, detail}, i) => {
        const text = formatAmount(amount, currency, {signed: true});
        const [from, to] = [xOf(sums[i]), xOf(sums[i + 1])];
        const sign = direction(text);
        const bar = s("rect", {
          x: Math.min(from, to),
          y: 7,
          width: Math.max(1, Math.abs(to - from)),
          height: 14,
          rx: 1
        });
        const link = s("line", {x1: from, x2: from, y1: -6, y2: 6, class: "link"});
        const kind = amount === null ? "none" : (["loss", "none", "gain"][sign + 1] ?? "none");
        return line(i + 1, name, text, kind, [link, bar], reason ?? detail);
      }),
      line(parts.length + 1, end.name, formatAmount(end.amount, currency), "whole", edge(Number(end.amount))),
      s("line", {x1: left, x2: width - right, y1: bottom, y2: bottom, class: "axis-line"}),
      ticks.map((value, i) =>
        s(
          "text",
          {x: xOf(value), y: bottom + 16, class: `axis secret ${i ? "end" : "start"}`},
          alike ? formatNumber(value) : formatCompact(value)
        )
      )
    )
  );
}
