import {expect, it} from "vitest";
import {parseAmount} from "../../lib/money/amount.js";
import {ACTIVITY, desk, filledDesks} from "./terminal.js";

const filled = filledDesks();

it("tearsheet tag keeps tags, notes and rules beside any import", async () => {
  const {run} = desk();
  const thing = ["position", "U1000042", "265598"];
  const {code} = await run(["tag", "set", ...thing, "core", "long term", "--note", "for good"]);
  expect(code).toBe(0);
  await run(["tag", "rule", "bot", "strategy", "starts with", "app:"]);
  await run(["import", ACTIVITY]);
  const listed = await run(["tag", "list", "--json"]);
  expect(listed.json()).toEqual({
    entries: [
      {kind: "position", account: "U1000042", id: "265598", tags: ["core", "long term"], note: "for good"}
    ],
    rules: [{tag: "bot", field: "strategy", match: "starts with", value: "app:"}]
  });
  await run(["tag", "rule", "--remove", "1"]);
  await run(["tag", "remove", ...thing]);
  expect((await run(["tag", "list", "--json"])).json()).toEqual({entries: [], rules: []});
}, 60_000);

it("tearsheet tag refuses what is no tag, and what has none, with a sentence", async () => {
  const {run} = filled();
  const wrong = await run(["tag", "set", "position", "U1000042", "265598", "a,b"]);
  expect([wrong.code, wrong.stderr]).toEqual([64, "a tag has letters, digits, spaces and ._+&#/:'- only\n"]);
  const kind = await run(["tag", "set", "file", "U1000042", "1", "a"]);
  expect([kind.code, kind.stderr.startsWith("kind: ")]).toEqual([64, true]);
  const none = await run(["tag", "remove", "order", "U1000042", "1"]);
  expect([none.code, none.stderr]).toEqual([
    1,
    "no tag or note on that order: tearsheet tag list shows them\n"
  ]);
}, 60_000);

it("tearsheet costs, income, campaigns, options and twin print whole views as JSON", async () => {
  const {run} = filled();
  const print = async <View = unknown>(verb: string): Promise<View> => {
    const {code, json} = await run([verb, "--json"]);
    expect([verb, code]).toEqual([verb, 0]);
    return json() as View; // what the verb prints
  };
  const costs = await print<{total: {amount: {value: string}}; byKind: {amount: {value: string}}[]}>("costs");
  const sum = costs.byKind.reduce((all, {amount}) => all + parseAmount(amount.value), 0n);
  expect(sum).toBe(parseAmount(costs.total.amount.value));
  expect(await print("income")).toHaveProperty("grid.rows");
  expect(await print("campaigns")).toHaveProperty("campaigns");
  expect(await print("options")).toHaveProperty("expiries");
  expect(await print("twin")).toHaveProperty("gain.added");
}, 60_000);
