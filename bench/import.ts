/** Import, end to end: 50,000 trades of ten years into an empty store; and what 200 MB do to the event loop. */
import {mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {monitorEventLoopDelay} from "node:perf_hooks";
import {createReadStream} from "node:fs";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {openStore} from "../bridge/store/open.js";
import {writeFlexFile} from "./flex-file.js";

const RUNS = 1;
const folder = mkdtempSync(join(tmpdir(), "tearsheet-bench-"));
try {
  const small = join(folder, "50000-trades.xml");
  await writeFlexFile(small, {trades: 50_000});
  const times: number[] = [];
  for (let run = 0; run < RUNS; ++run) times.push((await importOnce(small, `small-${run}.db`)).seconds);
  const median = times.toSorted((a, b) => a - b)[RUNS >> 1];
  console.log(`import of 50,000 trades (${megabytes(small)} MB): ${median.toFixed(2)} s, median of ${RUNS}`);

  const large = join(folder, "200-mb.xml");
  await writeFlexFile(large, {trades: Math.ceil((50_000 * 200) / megabytes(small))});
  const {seconds, longest, resident} = await importOnce(large, "large.db");
  console.log(
    `import of ${megabytes(large)} MB: ${seconds.toFixed(1)} s, longest stall of the event loop ${longest.toFixed(1)} ms, peak RSS ${resident} MB`
  );
} finally {
  rmSync(folder, {recursive: true, force: true});
}

async function importOnce(path: string, name: string) {
  const url = join(folder, name);
  (await openStore({url})).close();
  const pool = new ImportPool(url);
  const delay = monitorEventLoopDelay({resolution: 1});
  delay.enable();
  let resident = 0;
  const sample = setInterval(() => (resident = Math.max(resident, process.memoryUsage.rss())), 50);
  const start = performance.now();
  await pool.importFile({name, stream: createReadStream(path)});
  const seconds = (performance.now() - start) / 1000;
  clearInterval(sample);
  delay.disable();
  await pool.close();
  return {seconds, longest: delay.max / 1e6, resident: Math.round(resident / 1e6)};
}

function megabytes(path: string): number {
  return Math.round(statSync(path).size / 1e6);
}
