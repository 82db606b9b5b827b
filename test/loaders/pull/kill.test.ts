import {spawn} from "node:child_process";
import {once} from "node:events";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {expect, it} from "vitest";
import {childEnvironment, root, typescript} from "../../../config.js";
import type {PullAsk} from "../../../lib/lake/pull.js";
import {long} from "../../long.js";
import {FRIDAY, openDesk, temporaryFolder, type Desk} from "./desk.js";

const FROM = "2024-01-02";
const ASKS: PullAsk[] = [
  {
    vendor: "yahoo",
    universe: "shares",
    symbols: ["AAPL", "MSFT", "SPY", "^GSPC", "^VIX", "GC=F", "CL=F"],
    from: FROM
  },
  {vendor: "ecb", symbols: ["EURUSD", "EURJPY", "EURGBP", "EURCHF"], from: FROM},
  {vendor: "binance", symbols: ["BTCUSDT", "ETHUSDT"], from: FROM}
];
const DATASETS = [
  "yahoo/bars/shares/1d",
  "yahoo/actions/shares/1d",
  "ecb/fx/markets/1d",
  "binance/bars/spot/1d"
];

const held = async ({rows}: Desk) => Promise.all(DATASETS.map((dataset) => rows(dataset)));

it("a pull that is killed at any moment loses and doubles nothing: the next one goes on", async () => {
  const quiet = await openDesk();
  await quiet.pull(ASKS);
  const wanted = await held(quiet);
  expect(wanted.map((rows) => rows.length > 0)).toEqual(DATASETS.map(() => true));
  let interrupted = 0;
  for (let run = 0; run < long(30); ++run) {
    const folder = temporaryFolder();
    const argument = {dir: join(folder, "lake"), urls: quiet.sim.urls, asks: ASKS, at: FRIDAY};
    const child = spawn(
      process.execPath,
      [...typescript, "test/loaders/pull/child.ts", JSON.stringify(argument)],
      {cwd: root, env: childEnvironment(), stdio: "ignore"}
    );
    const ended = once(child, "exit");
    const {binance} = quiet.sim.faults;
    binance.always.push({kind: "slow", ms: 3_600_000}); // so the pull cannot end before it is killed
    const enough = quiet.sim.calls.length + 5 + ((run * 7) % 8); // of 12: by the last of them symbols are written
    while (quiet.sim.calls.length < enough && child.exitCode === null) await sleep(5);
    await sleep((run * 37) % 60);
    child.kill("SIGKILL");
    await ended;
    binance.always.pop();
    const desk = await openDesk({folder});
    const [{state, finished}] = desk.lake.pulls();
    if (state === "interrupted" && finished.length) ++interrupted;
    expect((await desk.lake.verify()).problems.filter(({code}) => code !== "gap")).toEqual([]);
    expect(await desk.pull(ASKS)).toMatchObject({state: "done", failures: []});
    expect(await held(desk)).toEqual(wanted);
    const again = desk.asked().map(({path}) => path.split("/").at(-1));
    const yahoo = finished.filter((key) => key.startsWith("yahoo/")).map((key) => key.split(" ")[1]);
    expect(again.filter((symbol) => yahoo.includes(symbol!))).toEqual([]); // each path has an end
  }
  expect(interrupted).toBeGreaterThan(0);
}, 600_000);
