import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {expect, it, onTestFinished} from "vitest";
import {openPaperStore} from "../../../../bridge/broker/paper/store.js";
import {root} from "../../../../config.js";

it("kill -9 while it trades loses nothing: the account is what its fills make of it, none that was told is missing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "paper-"));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  const path = join(folder, "paper.db");
  const script = join(root, "test/bridge/broker/paper/killed.ts");
  const child = spawn(process.execPath, ["--import", join(root, "register.js"), script, path], {cwd: root});
  const told: string[] = [];
  const lines = createInterface({input: child.stdout});
  lines.on("line", (line) => {
    told.push(line);
    if (told.length === 40) child.kill("SIGKILL");
  });
  await once(child, "close");
  expect(told.length).toBeGreaterThanOrEqual(40);

  const store = openPaperStore(path);
  onTestFinished(() => store.close());
  const account = store.load({id: "PAPER", base: "USD"})!;
  const done = store.executions();
  const known = new Set(done.map(({execution}) => execution.execId));
  expect(told.filter((execId) => execId && !known.has(execId))).toEqual([]);
  const signed = (side: string) => (side === "BOT" ? 1 : -1);
  const spent = done.reduce(
    (sum, {execution: {side, shares, price}}) => sum + signed(side) * shares * price,
    0
  );
  const paid = done.reduce((sum, {report}) => sum + report.commission, 0);
  const units = done.reduce((sum, {execution: {side, shares}}) => sum + signed(side) * shares, 0);
  expect(account.cash.USD).toBeCloseTo(100_000 - spent - paid, 6);
  expect([...account.positions.values()].reduce((sum, position) => sum + position.units, 0)).toBe(units);
  expect(store.orders(false).filter(({status}) => status === "Filled")).toHaveLength(done.length);
});
