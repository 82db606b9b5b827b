/**
 * The series that Markets is made of, built into the site: the demo's. What vendors gave a person is not republished,
 * so a site that names real accounts has none.
 */
import {join} from "node:path";
import {loadConfig, readEnvironment} from "../../config.js";
import {dayAt} from "../../lib/time/calendar.js";
import {openLake} from "../../loaders/lake/lake.js";
import {encodeMarketSet} from "../../loaders/market-arrow.js";
import {readMarketSet} from "../../loaders/market-set.js";
import {VENDORS} from "../../loaders/vendors/index.js";

const {DATA_DIR, SNAPSHOT_ACCOUNTS} = loadConfig(readEnvironment());
const now = () => new Date();
let rows = encodeMarketSet(new Map(), {meetings: [], watchlists: []});
if (SNAPSHOT_ACCOUNTS.length === 0) {
  const lake = openLake(join(DATA_DIR, "demo/lake"), {now, vendors: VENDORS});
  rows = encodeMarketSet(await readMarketSet(lake, dayAt(now())), {
    meetings: [],
    watchlists: lake.watchlists()
  });
  lake.close();
}
process.stdout.write(rows);
