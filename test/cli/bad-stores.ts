/** Stores that cannot be written, and the sentence with which an import says so. */
import {spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import Database from "better-sqlite3";
import {onTestFinished} from "vitest";
import {MIGRATIONS} from "../../bridge/store/migrations/index.js";
import {root} from "../../config.js";
import {ACTIVITY, type Desk, ended, type Ended, environment, node, program, RESTATED} from "./terminal.js";

export interface BadStore {
  what: string;
  spoil?: (desk: Desk) => void | Promise<void>;
  /** Imports into it. */
  run: (desk: Desk) => Promise<Ended>;
  sentence: (database: string) => string;
}

const plainly = (desk: Desk): Promise<Ended> => desk.run(["import", RESTATED]);

/** Runs without root's right to read and write whatever it likes, so that a file's mode counts. */
export function withoutRights(desk: Desk, words: readonly string[]): Promise<Ended> {
  const limits = ["--bounding-set", "-dac_override,-dac_read_search,-fowner", "--inh-caps", "-all"];
  const prefix = process.getuid?.() === 0 ? ["setpriv", ...limits] : [];
  return through(prefix, desk, words);
}

function through(prefix: readonly string[], {folder}: Desk, words: readonly string[]): Promise<Ended> {
  const [command, ...all] = [...prefix, node, ...program, ...words];
  return ended(spawn(command, all, {cwd: root, env: environment({DATA_DIR: join(folder, "var")})}));
}

const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

/** Imports more than fits: onto a disk of two megabytes, or into a file of no more where nothing can be mounted. */
function withoutRoom(desk: Desk): Promise<Ended> {
  const file = desk.write("long.xml", manyTrades(5000));
  const home = join(desk.folder, "var");
  const disk = `cp -p ${home}/tearsheet.db ${home}/../kept.db && mount -t tmpfs -o size=2m none ${home} && cp -p ${home}/../kept.db ${home}/tearsheet.db && "$@"; code=$?; cp ${home}/tearsheet.db ${home}/../kept.db; exit $code`;
  const limit = 'trap "" XFSZ; ulimit -f 1000; exec "$@"';
  const shell = canMount ? ["unshare", "-rm", "sh", "-c", disk, "sh"] : ["sh", "-c", limit, "sh"];
  return through(shell, desk, ["import", file]).then((result) => {
    if (canMount) copyFileSync(join(desk.folder, "kept.db"), desk.database);
    return result;
  });
}

/** The invented statement with one of its trades n times, each with its own ids. */
function manyTrades(n: number): string {
  const lines = readFileSync(join(root, ACTIVITY), "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes('transactionID="80002"'));
  const numbered = (i: number) =>
    lines[at]
      .replace(/(tradeID|transactionID)="\d+"/g, `$1="${100_000 + i}"`)
      .replace(/00000002\.01/, `${i}.01`);
  lines.splice(at, 1, ...Array.from({length: n}, (_, i) => numbered(i)));
  return lines.join("\n");
}

function sql(database: string, text: string): void {
  const db = new Database(database);
  db.exec(text);
  db.close();
}

/** Locks a store in a process of its own: one that closes the file anywhere in it loses its locks. */
async function lock(database: string): Promise<void> {
  const script = `
    import Database from "better-sqlite3";
    const db = new Database(process.argv[1]);
    db.pragma("locking_mode = exclusive");
    db.exec("begin immediate; update ledger_state set version = version");
    console.log("locked");
    setInterval(() => {}, 60_000);`;
  const child = spawn(node, ["--input-type=module", "--eval", script, database], {cwd: root});
  onTestFinished(() => void child.kill());
  await once(child.stdout, "data");
}

export const BAD_STORES: readonly BadStore[] = [
  {
    what: "that another program has locked",
    spoil: ({database}) => lock(database),
    run: plainly,
    sentence: (database) =>
      `the database is locked by another program: ${database}: try again when it is done`
  },
  {
    what: "on a disk that is full",
    run: withoutRoom,
    sentence: (database) =>
      canMount
        ? `the disk is full: nothing was stored in ${database}: free some space and try again`
        : `the disk failed under the database: ${database}: check the disk`
  },
  {
    what: "whose file may not be written",
    spoil: ({database}) => chmodSync(database, 0o400),
    run: (desk) => withoutRights(desk, ["import", RESTATED]),
    sentence: (database) =>
      `the database may not be written: ${database}: give yourself the right to write it`
  },
  {
    what: "whose folder may not be written",
    spoil({folder}) {
      chmodSync(join(folder, "var"), 0o500);
      onTestFinished(() => chmodSync(join(folder, "var"), 0o700));
    },
    run: (desk) => withoutRights(desk, ["import", RESTATED]),
    sentence: (database) =>
      `the database may not be written: ${database}: give yourself the right to write it`
  },
  {
    what: "that is damaged",
    spoil: ({database}) => writeFileSync(database, readFileSync(database).fill("Z", 4096)),
    run: plainly,
    sentence: (database) =>
      `the database is damaged: ${database}: put a copy from the backups folder in its place`
  },
  {
    what: "that is a letter",
    spoil: ({database}) => writeFileSync(database, "Dear Jo,\nnothing is enclosed.\n".repeat(100)),
    run: plainly,
    sentence: (database) => `not a database: ${database}: move the file away or set DB_URL to another`
  },
  {
    what: "that is a folder",
    spoil: ({database}) => mkdirSync(database.replace(/db$/, "folder")),
    run: ({run, database}) =>
      run(["import", RESTATED], {DB_URL: `sqlite:///${database.replace(/db$/, "folder")}`}),
    sentence: (database) =>
      `the database cannot be opened: ${database.replace(/db$/, "folder")}: it is a folder`
  },
  {
    what: "that is another program's",
    spoil: ({database}) => sql(database, "pragma application_id = 7"),
    run: plainly,
    sentence: (database) =>
      `another program's database: ${database}: move the file away or set DB_URL to another`
  },
  {
    what: "of a newer tearsheet",
    spoil: ({database}) => sql(database, "pragma user_version = 99"),
    run: plainly,
    sentence: (database) =>
      `the database is of a newer tearsheet: ${database} (99, this one knows ${MIGRATIONS.length}): update tearsheet, or put a copy from the backups folder in its place`
  }
];
