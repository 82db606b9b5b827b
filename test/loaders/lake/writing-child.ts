/** Writes batches of bars into a lake and says which ones are in, so that a test can kill it anywhere: `LAKE COUNT`. */
import {openLake} from "../../../loaders/lake/lake.js";
import {BATCH_FACTS, BATCH_ID, batch, now} from "./batches.js";

const [dir, count] = process.argv.slice(2);
const lake = openLake(dir, {now});
process.stdout.write("open\n");
for (let i = 0; i < Number(count); ++i) {
  await lake.write("clean", BATCH_ID, batch(i), BATCH_FACTS);
  process.stdout.write(`${i + 1}\n`);
}
lake.close();
