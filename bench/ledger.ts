/** Views of a ledger of ten years: 50,000 trades, 30 positions by day, Change in NAV broken out by day. */
import {createFigures, type Figures} from "../lib/ledger/figures.js";
import {CONTEXT, DAYS, sampleLedger} from "./ledger-sample.js";

const RUNS = 5;

const STEPS: readonly [string, (figures: Figures) => unknown][] = [
  ["summary", (figures) => figures.summary({})],
  ["performance", (figures) => figures.performance({})],
  ["positions", (figures) => figures.positions({})],
  ["trades", (figures) => figures.trades({})],
  ["trades of a symbol", (figures) => figures.trades({symbol: "DEMO3", range: "1Y"})],
  ["pnl", (figures) => figures.pnl({})],
  ["pnl series", (figures) => figures.pnlSeries({})],
  ["activity of a year", (figures) => figures.activity({range: "1Y"})],
  ["health", (figures) => figures.health({})],
  ["attribution by position", (figures) => figures.attribution({})],
  ["attribution by class", (figures) => figures.attribution({by: "class"})],
  ["summary, another range", (figures) => figures.summary({range: "1Y"})]
];

const times = new Map<string, number[]>();
const time = (name: string, milliseconds: number) =>
  times.set(name, [...(times.get(name) ?? []), milliseconds]);
const first = sampleLedger({trades: 50_000, accounts: 1, positions: 30});
console.log(
  `${first.trades.length} trades, ${first.positions.length} positions by day, ${first.change_in_nav.length} figures of Change in NAV, ${DAYS.length} days`
);
for (let run = 0; run < RUNS; ++run) {
  const ledger = {...first}; // a ledger of its own: nothing is known of it yet
  const figures = createFigures(ledger, CONTEXT);
  let total = 0;
  for (const [name, view] of STEPS) {
    const start = performance.now();
    view(figures);
    const spent = performance.now() - start;
    time(name, spent);
    if (["summary", "performance", "positions", "trades"].includes(name)) total += spent;
  }
  time("summary + performance + positions + trades, from nothing", total);
}
for (const [name, list] of times) {
  const median = list.toSorted((a, b) => a - b)[RUNS >> 1];
  console.log(`${name}: ${median.toFixed(0)} ms, median of ${RUNS}; the first ${list[0].toFixed(0)} ms`);
}
const findings = createFigures(first, CONTEXT).health({}).findings;
if (findings.length) throw new Error(`the sample is not sound: ${findings[0].sentence}`);
