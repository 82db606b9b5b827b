import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import {type CanvasColors, colorsAt, onThemeChange, sized} from "./canvas-colors.js";
import {colorAt, scaleOf} from "./cell-color.js";
import type {Grid} from "./grid.js";
import {printMetric} from "./metric-print.js";
import type {SweepMetric} from "./sweep-state.js";

interface GridMapOptions {
  grid: Grid;
  /** 1 where the strategy takes a cell's parameters. */
  taken: Uint8Array;
  metric: SweepMetric;
  cell: number;
  /** Names of the parameters in words, across and up. */
  labels: readonly string[];
  /** A cell in words: what a screen reader says. */
  say: (cell: number) => string;
  /** The cell that is pointed at, once a frame at most. */
  onMove: (cell: number) => void;
  onOpen: (cell: number) => void;
}

/** A map of cells that is drawn on, read along and dragged over. */
export interface GridMap {
  node: HTMLElement;
  /** Draws the values, NaN where there is none yet. */
  show: (values: Float64Array) => void;
  end: () => void;
}

const TALLEST = 440;
/** Height of the only row of a map of one parameter. */
const STRIP = 72;
const TICKS = 6;

/**
 * Returns a map of cells, each coloured by its value. Dragging or the arrow keys move what is looked at; Enter opens it.
 * To a screen reader it is a slider that says each cell's parameters and values.
 */
export function gridMap(options: GridMapOptions): GridMap {
  const {grid, taken, metric, labels, say, onMove, onOpen} = options;
  const {across, up, size} = grid;
  const canvas = h("canvas", {"aria-hidden": "true"});
  const mark = h("i", {class: "sweep-mark"});
  const field = h(
    "div",
    {
      class: "sweep-field",
      role: "slider",
      tabindex: 0,
      "aria-label": `${labels.join(" by ")}: arrow keys go from cell to cell, Enter opens one as a backtest`,
      "aria-valuemin": 0,
      "aria-valuemax": size - 1
    },
    canvas,
    mark
  );
  const legend = h("div", {class: "sweep-legend"});
  const node = h(
    "div",
    {class: "sweep-map"},
    field,
    axis("sweep-x", labels[0], across),
    up.length > 1 && axis("sweep-y", labels[1], up),
    legend
  );
  const cells = document.createElement("canvas");
  let {cell} = options;
  let values = new Float64Array(size).fill(NaN);
  let [width, height] = [0, 0];
  let colors: CanvasColors | undefined;
  let pending: number | null = null;

  function show(next: Float64Array): void {
    values = next as Float64Array<ArrayBuffer>;
    draw();
    tell();
  }

  function draw(): void {
    if (!width) return;
    colors ??= colorsAt(field);
    const scale = scaleOf(metric, values);
    const isCount = metric === "trades";
    const ends = {
      below: colors.rgb("loss"),
      at: colors.rgb("surface"),
      above: colors.rgb(isCount ? "accent" : "gain")
    };
    const [none, waiting] = [colors.rgb("ground"), colors.rgb("hairline")];
    const image = new ImageData(across.length, up.length);
    for (let at = 0; at < size; ++at) {
      const value = values[at];
      const color = Number.isNaN(value) ? (taken[at] ? waiting : none) : colorAt(value, scale, ends);
      const row = up.length - 1 - Math.floor(at / across.length);
      image.data.set([...color, 255], 4 * (row * across.length + (at % across.length)));
    }
    cells.width = across.length;
    cells.height = up.length;
    cells.getContext("2d")!.putImageData(image, 0, 0); // a canvas of our own
    const context = sized(canvas, width, height);
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, width, height);
    context.drawImage(cells, 0, 0, width, height);
    place();
    const print = (value: number) => printMetric(metric, value);
    legend.replaceChildren(
      h("span", null, print(scale.low)),
      h("i", {
        style: `--low:var(--${scale.low < scale.middle ? "loss" : "surface"});--high:var(--${scale.high > scale.middle ? (isCount ? "accent" : "gain") : "surface"})`
      }),
      h("span", null, print(scale.high))
    );
  }

  function place(): void {
    const [w, t] = [width / across.length, height / up.length];
    const [x, y] = [cell % across.length, up.length - 1 - Math.floor(cell / across.length)];
    mark.style.transform = `translate(${x * w}px, ${y * t}px)`;
    mark.style.width = `${w}px`;
    mark.style.height = `${t}px`;
  }

  function tell(): void {
    field.setAttribute("aria-valuenow", String(cell));
    field.setAttribute("aria-valuetext", say(cell));
  }

  function move(to: number): void {
    if (to === cell) return;
    cell = to;
    place();
    tell();
    onMove(cell);
  }

  /** Takes the last place that was pointed at in a frame. */
  function soon(to: number): void {
    if (pending === null) {
      requestAnimationFrame(() => {
        const last = pending;
        pending = null;
        if (last !== null) move(last);
      });
    }
    pending = to;
  }

  function under({clientX, clientY}: PointerEvent): number {
    const box = canvas.getBoundingClientRect();
    const at = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    const i = at((clientX - box.left) / box.width, across.length);
    const j = up.length - 1 - at((clientY - box.top) / box.height, up.length);
    return j * across.length + i;
  }

  field.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    field.setPointerCapture(event.pointerId);
    soon(under(event));
  });
  field.addEventListener("pointermove", (event) => {
    if (field.hasPointerCapture(event.pointerId)) soon(under(event));
  });
  field.addEventListener("dblclick", () => onOpen(cell));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") return onOpen(cell);
    const [i, j] = [cell % across.length, Math.floor(cell / across.length)];
    const steps: Record<string, readonly [number, number]> = {
      ArrowLeft: [i - 1, j],
      ArrowRight: [i + 1, j],
      ArrowUp: [i, j + 1],
      ArrowDown: [i, j - 1],
      Home: [0, j],
      End: [across.length - 1, j],
      PageUp: [i, j + 10],
      PageDown: [i, j - 10]
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const within = (at: number, count: number) => Math.max(0, Math.min(count - 1, at));
    move(within(step[1], up.length) * across.length + within(step[0], across.length));
  });

  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width || now <= 0) return;
    width = now;
    height = up.length > 1 ? Math.min(TALLEST, Math.round(width * 0.72)) : STRIP;
    field.style.height = `${height}px`;
    node.style.setProperty("--map-height", `${height}px`);
    draw();
  });
  observer.observe(node);
  const endTheme = onThemeChange(() => {
    colors = undefined;
    draw();
  });
  tell();
  return {
    node,
    show,
    end() {
      observer.disconnect();
      endTheme();
    }
  };
}

/** The values of a parameter along an edge of the map, few of them told. */
function axis(name: string, label: string, values: readonly number[]): HTMLElement {
  const step = Math.max(1, Math.ceil(values.length / TICKS));
  const shown = values.flatMap((value, i) =>
    i % step === 0 ? [{value, at: (i + 0.5) / values.length}] : []
  );
  return h(
    "div",
    {class: name, "aria-hidden": "true"},
    shown.map(({value, at}) => h("span", {style: `--at:${at}`}, formatNumber(value, {digits: 0}))),
    h("b", null, label)
  );
}
