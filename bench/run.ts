/** `npm run bench`: each measurement in a process of its own, one after the other, so that none warms another up. */
import {spawnSync} from "node:child_process";
import {join} from "node:path";
import {root, typescript} from "../config.js";

const PARTS = [
  "flex-parse.ts",
  "import.ts",
  "ledger.ts",
  "worker.ts",
  "page.ts",
  "live.ts",
  "trading.ts",
  "lake.ts",
  "dataset.ts",
  "backtest/event.ts",
  "sweep/compare.ts",
  "sweep/exits.ts",
  "sweep-drag.ts",
  "kernels-chromium.ts",
  "portfolio/speed.ts",
  "risk/kernels.ts"
];

const wanted = process.argv.slice(2);
const parts = PARTS.filter((part) => !wanted.length || wanted.some((name) => part.startsWith(name)));
if (!parts.length) {
  console.error(
    `no such measurement: ${wanted.join(", ")}: there are ${PARTS.map((part) => part.replace(".ts", "")).join(", ")}`
  );
  process.exit(2);
}
for (const part of parts) {
  console.log(`\n== ${part.replace(".ts", "")}`);
  const {status} = spawnSync(process.execPath, ["--expose-gc", ...typescript, join(root, "bench", part)], {
    stdio: "inherit"
  });
  if (status !== 0) process.exitCode = 1;
}
