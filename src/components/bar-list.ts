import {s} from "./dom.js";
import {wideFrame} from "./wide-frame.js";

export interface BarItem {
  name: string;
  /** Length of the bar; what is below zero lies left of it. */
  length: number;
  /** What the bar stands for, printed. */
  text: string;
  /** Further print, fainter: an amount beside a share. */
  more?: string;
  /** Amounts are blurred with the others. */
  secret?: boolean;
  color?: string;
}

const ROW = 28;
const LETTER = 7.2;

/** Returns one bar an item in the order given; what is short lies left of zero. */
export function barList(items: readonly BarItem[], {width, label}: {width: number; label: string}): Node {
  const longest = Math.max(0, ...items.map(({name}) => name.length));
  const left = Math.min(width * 0.42, Math.max(72, longest * LETTER + 8));
  const roomFor = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => text.length)) * LETTER + 12;
  const more = width > 380 ? roomFor(items.map((item) => item.more ?? "")) : 0;
  const right = roomFor(items.map(({text}) => text)) + (more > 12 ? more : 0);
  const lengths = items.map(({length}) => length);
  const low = Math.min(0, ...lengths);
  const high = Math.max(0, ...lengths);
  const room = Math.max(40, width - left - right - 8);
  const xOf = (length: number) => left + ((length - low) / (high - low || 1)) * room;
  const height = Math.max(1, items.length) * ROW;
  return wideFrame(
    label,
    s(
      "svg",
      {class: "bar-list", width, height, role: "img", "aria-label": label},
      items.map(({name, length, text, more: faint, secret, color = "var(--accent)"}, i) => {
        const [from, to] = [xOf(Math.min(0, length)), xOf(Math.max(0, length))];
        return s(
          "g",
          {transform: `translate(0,${i * ROW})`},
          s("title", null, `${name}: ${text}`),
          s("text", {x: 0, y: 18, class: "name"}, cut(name, left)),
          s("rect", {
            x: from,
            y: 8,
            width: Math.max(1, to - from),
            height: 12,
            rx: 1,
            style: `fill:${color}`
          }),
          s(
            "text",
            {x: width - (more > 12 ? more : 0), y: 18, class: secret ? "amount secret" : "amount"},
            text
          ),
          more > 12 && faint && s("text", {x: width, y: 18, class: "amount faint secret"}, faint)
        );
      }),
      low < 0 && s("line", {x1: xOf(0), x2: xOf(0), y1: 2, y2: height - 2, class: "zero"})
    )
  );
}

/** SVG does not cut text by itself. */
function cut(name: string, room: number): string {
  const letters = Math.floor((room - 4) / LETTER);
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}
