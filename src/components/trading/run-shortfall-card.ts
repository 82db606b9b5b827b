import {STRATEGIES} from "../../lib/backtest/strategies/index.js";
import {revivedHappening, type RunShortfall, shortfallOfRun} from "../../lib/orders/run/lived-run.js";
import {type CardOptions, chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {shortfallChart} from "../shortfall/shortfall-chart.js";
import {findingOf, rowsOf} from "../shortfall/shortfall-model.js";
import {readStrategyRun, readStrategyRuns, type KeptStrategyRun} from "./calls.js";
import {poll} from "./poll.js";

/** A run is read again so often: it may go on while the page is open. */
const EVERY_MS = 15_000;

const TITLE = "Implementation shortfall";
const DEFINITION =
  "What each trade of a run cost above the backtest on the bars that the run lived through, in parts of its value: what the market moved until it filled (delay), what was paid beyond the middle of bid and ask (spread), and commission.";

interface RunShortfallCard {
  node: HTMLElement;
  /** Runs are the person's own: nobody else asks for them, in the demo neither. */
  show(isKnown: boolean): void;
}

/** Returns what the fills of a kept run fall short of its backtest, on one chart; which run is chosen in its head. */
export function runShortfallCard(): RunShortfallCard {
  const node = h("div");
  let runs: readonly KeptStrategyRun[] = [];
  let chosen = "";
  let shown = "";

  const put = (content: (width: number) => Node, options: Omit<CardOptions, "title" | "definition">) =>
    node.replaceChildren(chartCard(content, {title: TITLE, definition: DEFINITION, ...options}));
  const instead = (state: CardOptions["state"] & {}, finding: string, controls?: Node) =>
    put(() => h("div"), {state, finding, ...(controls && {controls})});

  async function draw(): Promise<void> {
    const head = runs.find(({run}) => run === chosen) ?? runs.at(0);
    const sign = JSON.stringify([head, runs.map(({run}) => run)]);
    if (sign === shown) return;
    shown = sign;
    if (!head) {
      const sentence =
        "No run of a strategy has been kept. In a terminal: npx tearsheet run sma-cross --paper --bars prices.csv --set fast=10 --set slow=30 --run first";
      return instead({kind: "empty", sentence}, "No run has been kept.");
    }
    const told = await shortfallOf(head);
    if (sign === shown) show(head, told);
  }

  function show(head: KeptStrategyRun, told: RunShortfall): void {
    const about = h("p", {class: "muted small"}, runInWords(head));
    const controls = runs.length > 1 ? choice(head.run) : undefined;
    if (told.reason !== null)
      return instead(
        {kind: "empty", sentence: `Run ${head.run}: n/a, ${told.reason}.`},
        told.reason,
        controls
      );
    const {shortfall, currency, from, to} = told;
    const finding = findingOf(shortfall, currency);
    put((width) => h("div", {class: "stack-small"}, about, h("p", null, finding), drawn(width)), {
      unit: "basis points",
      finding,
      origin: {source: head.settings.account, asOf: new Date(to).toISOString(), age: ageOf(to)},
      constants: [
        `Bars from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}; money in ${currency}.`,
        "The backtest begins with what the account was worth at the first bar, by the same rules, free of costs."
      ],
      rows: rowsOf(shortfall),
      ...(controls && {controls})
    });
    function drawn(width: number): Node | null {
      return shortfall.trades.length ? shortfallChart(shortfall, {width}) : null;
    }
  }

  function choice(run: string): HTMLElement {
    const select = h(
      "select",
      {
        "aria-label": "Run",
        onchange: () => {
          chosen = select.value;
          void draw().then(() => node.querySelector("select")?.focus());
        }
      },
      runs.map((each) => h("option", {value: each.run, selected: each.run === run}, each.run))
    );
    return select;
  }

  let was: boolean | null = null;
  const ask = () =>
    poll(readStrategyRuns, EVERY_MS, {
      tell(found) {
        runs = found;
        void draw();
      },
      fail: ({message}) => {
        if (!runs.length) instead({kind: "empty", sentence: `No run is shown: ${message}.`}, message);
      }
    });
  return {
    node,
    show(isKnown) {
      if (was === isKnown || was) return;
      was = isKnown;
      if (!isKnown) {
        const sentence = "Runs of strategies stand here for a browser that came by the start link.";
        return instead({kind: "empty", sentence}, sentence);
      }
      instead({kind: "loading"}, "It is being read.");
      ask();
    }
  };
}

async function shortfallOf({run, settings}: KeptStrategyRun): Promise<RunShortfall> {
  const strategy = STRATEGIES.get(settings.strategy);
  if (!strategy) return {reason: `this desk does not know the strategy ${settings.strategy}`};
  try {
    const {happenings, commissions} = await readStrategyRun(run);
    return shortfallOfRun(
      () => strategy.create(settings.parameters),
      settings,
      happenings.map(revivedHappening),
      new Map(Object.entries(commissions))
    );
  } catch (error) {
    return {reason: (error as Error).message};
  }
}

function runInWords({
  run,
  settings: {strategy, parameters, symbols, account},
  fills
}: KeptStrategyRun): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  const what = [strategy, ...values].join(", ");
  const count = fills === 1 ? "1 fill" : `${fills} fills`;
  return `Run ${run}: ${what}, on ${symbols.map(({symbol}) => symbol).join(", ")}, account ${account}, ${count}.`;
}

/** How long ago a bar ended, in days as every card tells it. */
function ageOf(time: number): string {
  const days = Math.floor((Date.now() - time) / 86_400_000);
  return days > 0 ? `${days} d` : "today";
}
