import {expect, it} from "vitest";
import {desk, filledDesks} from "./terminal.js";

const filledDesk = filledDesks();

it("tearsheet benchmark add, list, use and remove keep an index to compare with", async () => {
  const {run, write} = filledDesk();
  const file = write("world.csv", "Date,Close\n2026-01-05,100\n2026-01-06,101\n");
  expect((await run(["benchmark", "add", file, "--name", "World", "--kind", "total"])).stderr).toContain(
    "World: 2 days, 2026-01-05 to 2026-01-06, total return, USD"
  );
  const bill = write("bill.csv", "date,yield\n2026-01-05,4.1\n");
  expect((await run(["benchmark", "add", bill, "--kind", "yield"])).code).toBe(0);
  expect((await run(["benchmark", "list", "--json"])).json()).toEqual({
    chosen: "World",
    series: [
      {name: "World", kind: "total return", currency: "USD", days: 2, from: "2026-01-05", to: "2026-01-06"},
      {name: "bill", kind: "yield", currency: "USD", days: 1, from: "2026-01-05", to: "2026-01-05"}
    ]
  });
  expect((await run(["benchmark", "use", "60% World / 40% Bonds"])).stderr).toContain(
    "no benchmark Bonds: there are World"
  );
  expect((await run(["benchmark", "use", "World"])).code).toBe(0);
  expect((await run(["benchmark", "remove", "World"])).stderr).toContain("World is gone");
  expect((await run(["benchmark", "remove", "World"])).code).toBe(1);
}, 60_000);

it("tearsheet benchmark add says what is wrong with a file", async () => {
  const {run, write} = desk();
  expect((await run(["benchmark", "add", "nowhere.csv"])).stderr).toContain("no such file: nowhere.csv");
  const file = write("bad.csv", "date,close\n2026-01-05,much\n");
  expect((await run(["benchmark", "add", file])).stderr).toContain("it needs the columns date and close");
  expect((await run(["benchmark", "add", file, "--kind", "gold"])).code).toBe(64);
}, 60_000);

it("tearsheet attribution prints gains by group, or says why there are none", async () => {
  const {run, write} = filledDesk();
  const {code, stdout, stderr} = await run(["attribution", "--by", "class"]);
  if (code === 0) expect(stdout).toContain("contribution");
  else expect(stderr).toMatch(/no positions of|no net asset value|one value only/);
  expect((await run(["attribution", "--by", "planet"])).code).toBe(64);
  const groups = write("groups.csv", "date,group,weight,return\n2026-01-05,A,0.5,0\n");
  expect((await run(["attribution", "--benchmark", groups])).stderr).toContain(
    "the weights of 2026-01-05 sum to 50 %"
  );
}, 60_000);
