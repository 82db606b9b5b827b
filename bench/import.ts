/** Import, end to end: 50,000 trades of ten years into an empty store; and what 200 MB do to the event loop. */
import {createReadStream, mkdtempSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {ImportPool} from "../bridge/jobs/import-pool.js";
import {openStore} from "../bridge/store/open.js";
import {writeFlexFile} from "./flex-file.js";

const RUNS = 5;
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
  const {seconds, turn, stall, resident} = await importOnce(large, "large.db");
  console.log(`import of ${megabytes(large)} MB: ${seconds.toFixed(1)} s, peak RSS ${resident} MB`);
  console.log(
    `longest turn of the caller's event loop: ${turn.toFixed(1)} ms of its own work, ${stall.toFixed(1)} ms by the clock`
  );
} finally {
  rmSync(folder, {recursive: true, force: true});
}

/** Imports a stream as the bridge does; looks at its own event loop and memory meanwhile. */
async function importOnce(path: string, name: string) {
  const url = join(folder, name);
  (await openStore({url})).close();
  const pool = new ImportPool(url);
  const start = performance.now();
  let [turn, stall, resident, last, cpu] = [0, 0, 0, start, process.threadCpuUsage()];
  const timer = setInterval(() => {
    const [time, {user, system}] = [performance.now(), process.threadCpuUsage(cpu)];
    turn = Math.max(turn, (user + system) / 1000);
    stall = Math.max(stall, time - last);
    resident = Math.max(resident, process.memoryUsage.rss());
    [last, cpu] = [performance.now(), process.threadCpuUsage()];
  }, 1);
  await pool.importFile({name, stream: createReadStream(path)});
  const seconds = (performance.now() - start) / 1000;
  clearInterval(timer);
  await pool.close();
  return {seconds, turn, stall, resident: Math.round(resident / 1e6)};
}

function megabytes(path: string): number {
  return Math.round(statSync(path).size / 1e6);
}
