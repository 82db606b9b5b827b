import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {isoDay} from "../backtest/bars-window.js";
import {type CanvasColors, colorsAt, onThemeChange, sized} from "./canvas-colors.js";
import {BEGINNING} from "./cell-curves.js";

const HEIGHT = 260;
const LEFT = 52;
const RIGHT = 8;
const TOP = 12;
const BOTTOM = 26;

/** What is drawn: values at the bars' closes, all above zero where it can be helped. */
export interface Growth {
  time: Float64Array;
  own: Float64Array;
  held: Float64Array;
}

export interface GrowthCanvas {
  node: HTMLElement;
  /** Draws at once: it is called within a frame. */
  draw: (growth: Growth, label: string) => void;
  /** Forgets the range of values that has been in sight. */
  reset: () => void;
  end: () => void;
}

/**
 * Returns a drawing of growth on a logarithmic scale that is redrawn within a frame. The scale holds all that was drawn
 * since the last reset, so that it stands still under a hand that drags.
 */
export function growthCanvas(): GrowthCanvas {
  const canvas = h("canvas", {role: "img", "aria-label": "growth of 100"});
  const node = h("div", {class: "sweep-growth"}, canvas);
  let colors: CanvasColors | undefined;
  let width = 0;
  let last: {growth: Growth; label: string} | undefined;
  let [low, high] = [Infinity, -Infinity];

  function widen(values: Float64Array): void {
    for (const value of values) {
      if (value > 0 && value < low) low = value;
      if (value > high) high = value;
    }
  }

  function draw(growth: Growth, label: string): void {
    last = {growth, label};
    widen(growth.held);
    widen(growth.own);
    canvas.setAttribute("aria-label", label);
    if (!width) return;
    colors ??= colorsAt(node);
    const {css} = colors;
    const {time, own, held} = growth;
    const context = sized(canvas, width, HEIGHT);
    const [bottom, top] = [Math.log(low) - 0.03, Math.log(high) + 0.03];
    const xOf = (i: number) => LEFT + (i / Math.max(1, time.length - 1)) * (width - LEFT - RIGHT);
    const yOf = (value: number) =>
      TOP + ((top - Math.log(Math.max(value, low))) / (top - bottom || 1)) * (HEIGHT - TOP - BOTTOM);
    context.clearRect(0, 0, width, HEIGHT);
    context.font = '12px "Inter Variable", Inter, system-ui, sans-serif';
    context.textBaseline = "middle";
    context.textAlign = "right";
    context.lineWidth = 1;
    for (const value of ticksOf(low, high)) {
      const y = Math.round(yOf(value)) + 0.5;
      context.strokeStyle = css(value === BEGINNING ? "control" : "hairline");
      context.beginPath();
      context.moveTo(LEFT, y);
      context.lineTo(width - RIGHT, y);
      context.stroke();
      context.fillStyle = css("ink-3");
      context.fillText(formatNumber(value, {digits: 0}), LEFT - 8, y);
    }
    context.textAlign = "center";
    for (const {i, text} of yearsOf(time, width)) context.fillText(text, xOf(i), HEIGHT - BOTTOM / 2);
    line(context, held, {xOf, yOf, color: css("benchmark")});
    line(context, own, {xOf, yOf, color: css("portfolio")});
  }

  const again = () => last && draw(last.growth, last.label);
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width || now === 0) return;
    width = now;
    again();
  });
  observer.observe(node);
  const endTheme = onThemeChange(() => {
    colors = undefined;
    again();
  });
  return {
    node,
    draw,
    reset() {
      [low, high] = [Infinity, -Infinity];
    },
    end() {
      observer.disconnect();
      endTheme();
    }
  };
}

/** One point a pixel is enough; the last bar is always among them. */
function line(
  context: CanvasRenderingContext2D,
  values: Float64Array,
  {xOf, yOf, color}: {xOf: (i: number) => number; yOf: (value: number) => number; color: string}
): void {
  const step = Math.max(1, Math.floor(values.length / context.canvas.width));
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.beginPath();
  for (let i = 0; i < values.length; i += step) context.lineTo(xOf(i), yOf(values[i]));
  context.lineTo(xOf(values.length - 1), yOf(values[values.length - 1]));
  context.stroke();
}

/** Round values between two, by 1, 2 and 5; what growth began with is one of them. */
export function ticksOf(low: number, high: number): number[] {
  if (!(low > 0 && low < Infinity)) return [];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); ++power)
    for (const digit of [1, 2, 5]) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) ticks.push(value);
    }
  return ticks;
}

/** First bars of years, as far apart as their names need. */
function yearsOf(time: Float64Array, width: number): {i: number; text: string}[] {
  const firsts: {i: number; text: string}[] = [];
  let before = time.length ? isoDay(time[0]).slice(0, 4) : "";
  for (let i = 1; i < time.length; ++i) {
    const year = isoDay(time[i]).slice(0, 4);
    if (year !== before) firsts.push({i, text: year});
    before = year;
  }
  const step = Math.max(1, Math.ceil(firsts.length / Math.max(1, Math.floor(width / 70))));
  return firsts.filter((_, k) => k % step === 0);
}
