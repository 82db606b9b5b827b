/** Imports a file into a store and says where it is, so that a test can kill it there: `STORE FILE`. */
import {importFile} from "../../../bridge/store/import.js";
import {openStore} from "../../../bridge/store/open.js";
import {fromFile} from "../../../bridge/store/source.js";

const [url, path] = process.argv.slice(2);
const store = await openStore({url});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
await importFile(
  store,
  {name: "file", open: fromFile(path)},
  {now: () => new Date(), onProgress: ({phase, done}) => say(`${phase} ${done}`)}
);
say("done");
store.close();
