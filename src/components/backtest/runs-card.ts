import {compareRuns, type KeptRun} from "../../lib/tasks/run.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {formatNumber, formatPercent} from "../format.js";
import {latest} from "../lake/latest.js";
import {runLink} from "../run-record.js";
import {plainTable} from "../plain-table.js";
import type {Watched} from "../watch-view.js";
import {openRuns} from "../../workers/run-store.js";
import {wideFrame} from "../wide-frame.js";
import type {Ran} from "./run-backtest.js";

/** Figures that runs are listed with. */
const LISTED = [
  ["totalReturn", "Return"],
  ["sharpe", "Sharpe"],
  ["maxDrawdown", "Drawdown"],
  ["trades", "Trades"]
] as const;

const DEFINITION =
  "A run is known by a hash of its code, everything that was chosen, and every value of its bars: equal key, equal result. Runs that are kept stay in this browser; choose two and they stand side by side.";

/** Returns the key of the run that is shown, and the runs that were kept, two of them side by side. */
export function runsCard(watched: Watched<Ran>): HTMLElement {
  const place = h("div");
  const chosen = new Set<string>();
  const ran = watched.kind === "ready" ? watched.view : null;
  const shown = ran?.run;
  const state = h("span", {class: "muted small", role: "status"});

  const draw = latest(
    async () => {
      const runs = await (await openRuns()).list("backtest");
      place.replaceChildren(listOf(runs), comparison(runs));
    },
    (error) => (state.textContent = error.message)
  );

  function listOf(runs: readonly KeptRun[]): HTMLElement {
    if (!runs.length) return h("p", {class: "muted"}, "No run is kept yet.");
    return wideFrame(
      "Kept runs",
      plainTable(
        ["Side by side", "Kept", "Run", "Strategy", "Bars", ...LISTED.map(([, name]) => name), "Forget"],
        runs.map((run) => rowOf(run)),
        {numbersFrom: 5}
      )
    );
  }

  function rowOf(run: KeptRun): HTMLElement {
    const {strategy, parameters} = run.choices as {strategy: string; parameters: Record<string, number>}; // a backtest's
    const box = h("input", {
      type: "checkbox",
      "aria-label": `compare run ${run.key.slice(0, 8)}`,
      onchange: () => {
        if (box.checked) chosen.add(run.key);
        else chosen.delete(run.key);
        const [oldest] = chosen;
        if (chosen.size > 2) chosen.delete(oldest);
        draw();
      }
    });
    box.checked = chosen.has(run.key);
    return h(
      "tr",
      null,
      h("td", null, box),
      h("td", null, run.at.slice(0, 16).replace("T", " ")),
      h("td", {"data-tip": run.key}, runLink(run), run.key === shown?.key && " shown"),
      h("td", null, [strategy, Object.values(parameters).join(" / ")].join(" ")),
      h("td", null, run.data.map(({name}) => name.replace("bars ", "")).join(", ")),
      LISTED.map(([name]) => h("td", {class: "number"}, print(name, run.figures[name] ?? null))),
      h(
        "td",
        null,
        h("button", {type: "button", class: "link-button", onclick: () => void forget(run.key)}, "Forget")
      )
    );
  }

  function comparison(runs: readonly KeptRun[]): Node {
    const [first, second] = runs.filter(({key}) => chosen.has(key)).toReversed();
    if (!first || !second) return h("span");
    const {changed, figures} = compareRuns(first, second);
    const say = (value: unknown) => (typeof value === "string" ? value.slice(0, 24) : JSON.stringify(value));
    const heads = [first, second].map(({key}) => key.slice(0, 8));
    return h(
      "div",
      {class: "bt-compare"},
      wideFrame(
        "What was chosen otherwise",
        plainTable(
          ["Chosen otherwise", ...heads],
          changed.map(({what, first: a, second: b}) =>
            h(
              "tr",
              null,
              h("th", {scope: "row"}, what),
              h("td", {class: "number"}, say(a)),
              h("td", {class: "number"}, say(b))
            )
          )
        )
      ),
      wideFrame(
        "What came of it",
        plainTable(
          ["Figure", ...heads, "Difference"],
          figures.map(({name, first: a, second: b, difference}) =>
            h(
              "tr",
              null,
              h(
                "th",
                {scope: "row"},
                name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
              ),
              [a, b, difference].map((value) => h("td", {class: "number"}, formatNumber(value, {digits: 4})))
            )
          )
        )
      )
    );
  }

  async function keep(): Promise<void> {
    if (!ran) return;
    try {
      await (await openRuns()).keep({...ran.run, at: new Date().toISOString()}, ran.output);
      draw();
    } catch (error) {
      state.textContent = (error as Error).message;
    }
  }

  async function forget(key: string): Promise<void> {
    chosen.delete(key);
    await (await openRuns()).remove(key);
    draw();
  }

  draw();
  const own =
    shown &&
    h(
      "p",
      {class: "bt-run"},
      "This run: ",
      h("code", {class: "bt-key"}, shown.key),
      h("button", {type: "button", class: "button quiet", onclick: () => void keep()}, "Keep this run"),
      state
    );
  return chartCard(() => h("div", null, own, place), {
    title: "Runs",
    finding: shown ? `This run is ${shown.key.slice(0, 8)}.` : "Nothing has been run yet.",
    definition: DEFINITION
  });
}

function print(name: (typeof LISTED)[number][0], value: number | null): string {
  if (name === "sharpe") return formatNumber(value);
  return name === "trades" ? formatNumber(value, {digits: 0}) : formatPercent(value);
}
