/**
 * The event engine beside others, a crossover of two averages bar by bar in each one's callbacks, medians of seven rounds
 * in turn:
 *
 *     PATH=VENV/bin:$PATH node --import ./register.js bench/backtest/event.ts
 */
import {spawn} from "node:child_process";
import {once} from "node:events";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";
import {median} from "d3-array";
import {PROFILES} from "../../lib/backtest/contract.js";
import {runEvents} from "../../lib/backtest/event/engine.js";
import {smaCross} from "../../lib/backtest/strategies/sma-cross.js";
import {randomWalk} from "./walk.js";

const LENGTH = 20_000;
const ROUNDS = 7;
/** Runs before the first that is timed: V8 compiles what is hot; what the peers have is compiled already. */
const WARM = 10;
const PARAMETERS = {fast: 10, slow: 30};
const CASH = 1_000_000;
const PEERS = ["backtesting.py", "backtrader", "NautilusTrader"] as const;
const SCRIPT = fileURLToPath(new URL("../peers/event_engine.py", import.meta.url));

type Answer = {version: string; seconds: number; fills: number} | {missing: string};

const bars = randomWalk({seed: 7, length: LENGTH, digits: 2, move: 0.01});
const seconds = new Map<string, number[]>();
const told = new Map<string, string>();
const peers = new Map(PEERS.map((name) => [name, startPeer(name)]));

for (let i = 0; i < WARM; ++i) runOurs();
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
console.log(`medians of ${ROUNDS} in turn, ours after ${WARM} untimed; Node ${process.version}`);
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

/** Starts an engine in a process of its own; returns what has it run once. */
function startPeer(name: string): () => Promise<Answer> {
  const python = spawn("python3", [SCRIPT, name], {stdio: ["pipe", "pipe", "inherit"]});
  python.unref();
  python.stdin.on("error", () => undefined); // told by its end
  const lines = createInterface(python.stdout);
  const ended = once(python, "exit").then(([code, signal]) => ({
    missing: `its process ended with ${code ?? signal}`
  }));
  const {time, open, high, low, close, volume} = bars;
  const columns = Object.fromEntries(
    Object.entries({time, open, high, low, close, volume}).map(([key, values]) => [key, [...values]])
  );
  python.stdin.write(`${JSON.stringify({bars: columns, ...PARAMETERS, cash: CASH})}\n`);
  return async () => {
    python.stdin.write("run\n");
    const answer = once(lines, "line").then(([line]) => JSON.parse(line as string) as Answer);
    return Promise.race([answer, ended]);
  };
}

function add(engine: string, taken: number): void {
  seconds.set(engine, [...(seconds.get(engine) ?? []), taken]);
}

function print(engine: string, taken: number): void {
  const rate = `${(LENGTH / taken / 1e6).toFixed(3)} M bars/s`;
  const ratio = engine === "ours" ? "" : `, ours ${(taken / ours).toFixed(1)} times as fast`;
  console.log(`  ${engine.padEnd(16)} ${(1000 * taken).toFixed(1)} ms, ${rate}, ${told.get(engine)}${ratio}`);
}
