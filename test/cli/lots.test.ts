import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {filledDesks} from "./terminal.js";

const filledDesk = filledDesks();

it("tearsheet lots prints open lots, by the method of each account", async () => {
  const {run} = filledDesk();
  const {code, stdout, stderr} = await run(["lots", "--method", "lifo"]);
  expect([code, stderr.includes("lots by lifo")]).toEqual([0, true]);
  expect(stdout).toContain("ALFA");
  const {rows, methods} = (await run(["lots", "--method", "U1000042=average", "--json"])).json();
  expect(methods).toEqual({U1000042: "average"});
  expect(rows.length).toBeGreaterThan(0);
});

it("tearsheet gains prints the gains of a year as a table, JSON and CSV alike", async () => {
  const {run} = filledDesk();
  const {json} = await run(["gains", "--json"]);
  const {rows, totals, year} = json();
  expect(rows.length).toBeGreaterThan(0);
  const table = await run(["gains", "--year", String(year)]);
  expect(table.stderr).toContain(`all: ${rows.length} closings`);
  expect(table.stderr).toContain("not tax advice");
  const {stdout} = await run(["gains", "--csv"]);
  const lines = stdout.split("\r\n");
  expect(lines.filter((line) => line && !line.startsWith("#"))).toHaveLength(rows.length + 1);
  expect(stdout).toContain(`all ${totals.all.gainBase.value}`);
  const another = (await run(["gains", "--year", String(year - 5), "--json"])).json();
  expect([another.year, another.rows]).toEqual([year - 5, []]);
});

it("tearsheet gains --choices closes the lots that a file names", async () => {
  const {run, folder} = filledDesk();
  const [sold] = (await run(["gains", "--method", "lifo", "--json"])).json().rows;
  const file = join(folder, "lots.csv");
  writeFileSync(file, `close,open,quantity\n${sold.close.id},${sold.open.id},${sold.quantity}\n`);
  const {rows} = (await run(["gains", "--method", "specific", "--choices", file, "--json"])).json();
  const named = rows.find(({close}: {close: {id: string}}) => close.id === sold.close.id);
  expect([named.by, named.cost, named.open]).toEqual(["specific", sold.cost, sold.open]);
});

it("tearsheet gains says which method, year or choice it does not know", async () => {
  const {run, folder} = filledDesk();
  const file = join(folder, "bad.csv");
  writeFileSync(file, "only,two\n");
  for (const [words, sentence] of [
    [["--method", "cheapest"], "unknown method: cheapest: say --method with booked, fifo"],
    [["--year", "soon"], "--year is no year: soon"],
    [["--choices", file], "line 1 of the lots is not understood"],
    [["--choices", join(folder, "none.csv")], "no such file"]
  ] as const) {
    const {code, stderr} = await run(["gains", ...words]);
    expect([code, stderr]).toEqual([64, expect.stringContaining(sentence)]);
  }
});
