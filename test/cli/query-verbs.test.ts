import {expect, it} from "vitest";
import {filledDesks} from "./terminal.js";

const filledDesk = filledDesks();

it("tearsheet pnl prints a day a line, and --json the view that pages show", async () => {
  const {run} = filledDesk();
  const {code, json} = await run(["pnl", "--json"]);
  expect(code).toBe(0);
  const {days, scope, total} = json();
  expect(scope.range).toBe("ALL");
  expect(days.length).toBeGreaterThan(0);
  const {stdout, stderr} = await run(["pnl"]);
  for (const {day} of days) expect(stdout).toContain(day);
  expect(stderr).toContain(`gain ${total.pnl.value ?? "n/a"}`);
});

it("tearsheet trades --symbol prints only the executions of that symbol", async () => {
  const {run} = filledDesk();
  const all = (await run(["trades", "--json"])).json();
  const {symbol} = all.rows[0];
  const {rows, total} = (await run(["trades", "--symbol", symbol.toLowerCase(), "--json"])).json();
  expect(rows.length).toBeGreaterThan(0);
  expect(total).toBeLessThan(all.total);
  const {stdout} = await run(["trades", "--symbol", symbol]);
  expect(stdout).toContain(symbol);
});

it("tearsheet pnl says which date it cannot read", async () => {
  const {run} = filledDesk();
  const {code, stderr} = await run(["pnl", "--from", "31.01.2026"]);
  expect(code).toBe(64);
  expect(stderr).toContain("--from is no date: 31.01.2026");
  expect((await run(["pnl", "--from", "2026-02-01", "--to", "2026-01-01"])).stderr).toContain("is after");
});

it("tearsheet recalculate makes the same ledger again", async () => {
  const {run} = filledDesk();
  const before = (await run(["sql", "from trades order by id", "--json"])).stdout;
  const {code, json} = await run(["recalculate", "--json"]);
  expect(code).toBe(0);
  expect(Object.keys(json())).toEqual(["accountSnapshots", "pnlHistory", "performanceMetrics"]);
  expect((await run(["sql", "from trades order by id", "--json"])).stdout).toBe(before);
});
