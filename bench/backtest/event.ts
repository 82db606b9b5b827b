/**
 * The event engine beside others, a crossover of two averages bar by bar in each one's callbacks, medians of seven rounds
 * in turn:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/backtest/event.ts
 */
import {median} from "d3-array";
import {PROFILES} from "../../lib/backtest/contract.js";
import {runEvents} from "../../lib/backtest/event/engine.js";
import {smaCross} from "../../lib/backtest/strategies/sma-cross.js";
import {startPeer} from "../peer.js";
import {randomWalk} from "./walk.js";

const LENGTH = 20_000;
const ROUNDS = 7;
/** Runs before the first that is timed: V8 compiles what is hot; what the peers have is compiled already. */
const WARM = 40;
const PARAMETERS = {fast: 10, slow: 30};
const CASH = 1_000_000;
const PEERS = ["backtesting.py", "backtrader", "NautilusTrader"] as const;

const bars = randomWalk({seed: 7, length: LENGTH, digits: 2, move: 0.01});
const seconds = new Map<string, number[]>();
const told = new Map<string, string>();
const {symbol: _, currency: __, ...columns} = bars;
const job = {
  bars: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]])),
  ...PARAMETERS,
  cash: CASH
};
const peers = new Map(PEERS.map((name) => [name, startPeer<{fills: number}>("event_engine.py", name, job)]));

const first = runOurs();
for (let i = 1; i < WARM; ++i) runOurs();
for (let round = 0; round < ROUNDS; ++round) {
  add("ours", runOurs());
  for (const [name, ask] of peers) {
    const answer = await ask();
    if ("missing" in answer) {
      told.set(name, `not measured: ${answer.missing}`);
      peers.delete(name);
    } else {
      told.set(name, `${answer.version}, ${answer.fills} fills`);
      add(name, answer.seconds);
    }
  }
}

const ours = median(seconds.get("ours")!)!;
console.log(
  `event engines: a crossover of ${PARAMETERS.fast} and ${PARAMETERS.slow} over ${LENGTH} bars, one thread each,`
);
console.log(
  `medians of ${ROUNDS} in turn, ours after ${WARM} untimed, the first of them ${(1000 * first).toFixed(1)} ms; Node ${process.version}`
);
print("ours", ours);
for (const peer of PEERS) {
  const times = seconds.get(peer);
  if (times) print(peer, median(times)!);
  else console.log(`  ${peer.padEnd(16)} ${told.get(peer)}`);
}

function runOurs(): number {
  const begun = performance.now();
  const {journal} = runEvents(smaCross(PARAMETERS), {
    bars: [bars],
    cash: CASH,
    rules: PROFILES["backtesting.py"]
  });
  const taken = (performance.now() - begun) / 1000;
  told.set("ours", `${journal.filter(({kind}) => kind === "fill").length} fills`);
  return taken;
}

function add(engine: string, taken: number): void {
  seconds.set(engine, [...(seconds.get(engine) ?? []), taken]);
}

function print(engine: string, taken: number): void {
  const rate = `${(LENGTH / taken / 1e6).toFixed(3)} M bars/s`;
  const ratio = engine === "ours" ? "" : `, ours ${(taken / ours).toFixed(1)} times as fast`;
  console.log(`  ${engine.padEnd(16)} ${(1000 * taken).toFixed(1)} ms, ${rate}, ${told.get(engine)}${ratio}`);
}
