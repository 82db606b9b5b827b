import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {importFile} from "../../../bridge/store/import.js";
import {openStore} from "../../../bridge/store/open.js";
import {fromFile} from "../../../bridge/store/source.js";
import {childEnvironment, root, typescript} from "../../../config.js";
import {TABLES} from "../../../lib/ledger/tables.js";
import {GUIDE, withTables} from "../../../scripts/database-guide.js";
import {now, temporaryFolder} from "./fixture.js";

const guide = readFileSync(GUIDE, "utf8");

it("guides/database.md lists the ledger's tables as they are (node --import ./register.js scripts/database-guide.ts)", () => {
  expect(withTables(guide)).toBe(guide);
});

it("guides/database.md names every other table that a program may read", async () => {
  const store = await openStore({url: join(temporaryFolder(), "store.db")});
  const tables = store.raw
    .prepare<[], string>(
      "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%'"
    )
    .pluck()
    .all();
  store.close();
  const behind = ["ledger_state", "row_groups", "row_contents", "row_places"];
  const [, , list] = guide.split(/^## The (?:ledger's|other) tables$/m);
  const named = [...list.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(
    tables.filter((name) => !behind.includes(name) && name !== "coverage" && !(name in TABLES)).toSorted()
  );
});

it("guides/database.md prints what tearsheet sql answers", async () => {
  const url = join(temporaryFolder(), "store.db");
  const store = await openStore({url});
  for (const name of ["activity.xml", "activity-restated.xml"]) {
    await importFile(store, {name, open: fromFile(join(root, "test/data/flex", name))}, {now});
  }
  store.close();
  const examples = [...guide.matchAll(/```sql\n([^]*?)```\n\n```text\n([^]*?)```/g)];
  expect(examples).toHaveLength(4);
  for (const [, select, printed] of examples) {
    const args = [...typescript, join(root, "cli/tearsheet.ts"), "sql", select];
    const env = childEnvironment({DB_URL: `sqlite:///${url}`});
    const {stdout, stderr} = spawnSync(process.execPath, args, {env, encoding: "utf8"});
    expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
  }
});
