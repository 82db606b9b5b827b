/** Fills the disk of a lake, writes, makes room, writes again, and tells as JSON what came of it: `LAKE FILLER`. */
import {appendFileSync, rmSync} from "node:fs";
import {openLake} from "../../../loaders/lake/lake.js";
import {LakeError} from "../../../loaders/lake/port.js";
import {BATCH_FACTS, BATCH_ID, batch, manyBars, now} from "./batches.js";

const [dir, filler] = process.argv.slice(2);
const lake = openLake(dir, {now});
await lake.write("clean", BATCH_ID, batch(0), BATCH_FACTS);
const before = (await lake.read("clean", BATCH_ID)).length;
if (filler) fill(filler);
const error = await lake.write("clean", BATCH_ID, manyBars()).then(
  () => null,
  (cause: unknown) => cause
);
const after = (await lake.read("clean", BATCH_ID)).length;
if (filler) rmSync(filler);
const problems = (await lake.verify()).problems;
const again = filler ? await lake.write("clean", BATCH_ID, manyBars()) : null;
process.stdout.write(
  JSON.stringify({
    before,
    after,
    code: error instanceof LakeError ? error.code : String(error),
    message: error instanceof Error ? error.message : "",
    problems,
    again
  })
);
lake.close();

/** Leaves no byte of the disk. */
function fill(path: string): void {
  for (let size = 2 ** 20; size >= 1; size /= 2) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch {
      continue; // the next smaller piece may still fit
    }
  }
}
