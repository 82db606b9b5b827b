import {readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {SIM_KEYS, startVendors, type Vendors} from "../../sim/vendors/service.js";
import {desk, ended, type Settings} from "./terminal.js";

const DAYS_AGO = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const FROM = DAYS_AGO(30);
const INDEX = ["pull", "vega-datasets", "^GSPC", "--from", "2020-01-02"];

/** Starts the stand-ins; returns them with the settings that lead to them. */
async function stand(): Promise<{sim: Vendors; settings: Settings}> {
  const sim = await startVendors({now: () => new Date()});
  onTestFinished(() => sim.close());
  const {yahoo, polygon, binance, stooq, ecb, fred, treasury} = sim.urls;
  const settings = {
    YAHOO_URL: yahoo,
    POLYGON_URL: polygon,
    BINANCE_URL: binance,
    STOOQ_URL: stooq,
    ECB_URL: ecb,
    FRED_URL: fred,
    FRED_GRAPH_URL: sim.urls["fred-graph"],
    TREASURY_URL: treasury,
    NEW_YORK_FED_URL: sim.urls["new-york-fed"]
  };
  return {sim, settings};
}

it("pull VENDOR SYMBOL… brings rows, and a second time only what is new", async () => {
  const {sim, settings} = await stand();
  const {run} = desk();
  const to = DAYS_AGO(2); // over everywhere: of today a vendor may have a bar at any moment
  const words = ["pull", "yahoo", "AAPL", "^GSPC", "--from", FROM, "--to", to, "--universe", "mine"];
  const {code, stdout, stderr} = await run(words, settings);
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toMatch(/^yahoo: AAPL, \^GSPC: 2 of 2 symbols, \d+ new rows, \d+ kB\n$/);
  const asked = sim.calls.length;
  const again = await run([...words, "--json"], settings);
  expect(again.json()).toMatchObject({
    state: "done",
    what: "symbols",
    rows: {new: 0, changed: 0},
    failures: []
  });
  expect(sim.calls).toHaveLength(asked);
  const {datasets} = (await run(["catalog", "--json"], settings)).json();
  const bars = sim
    .world()
    .bars("yahoo:AAPL")
    .days.filter((day) => day >= FROM && day <= to);
  expect(datasets[0]).toMatchObject({
    dataset: "yahoo/actions/mine/1d"
  });
  expect(datasets).toContainEqual(
    expect.objectContaining({dataset: "yahoo/bars/mine/1d", layer: "clean", symbols: 2, to: bars.at(-1)})
  );
  const {symbols} = (await run(["catalog", "yahoo/bars/mine/1d", "--json"], settings)).json();
  expect(symbols[0]).toMatchObject({symbol: "AAPL", rows: bars.length});
});

it("pull --update asks for all that was pulled before", async () => {
  const {settings} = await stand();
  const {run} = desk();
  expect(await run(["pull", "--update"], settings)).toMatchObject({
    code: 1,
    stderr: "nothing is tracked yet: pull some symbols, or all that Markets reads\n"
  });
  await run(["pull", "ecb", "EURUSD", "--from", FROM], settings);
  const update = await run(["pull", "--update", "--json"], settings);
  expect(update.json()).toMatchObject({what: "update-all", state: "done", symbols: {done: 1, total: 1}});
});

it("pull markets brings all that Markets reads", async () => {
  const {settings} = await stand();
  const {run} = desk();
  const {code, json} = await run(["pull", "markets", "--json"], settings);
  expect(code).toBe(0);
  expect(json()).toMatchObject({what: "markets", title: "all that Markets reads", failures: []});
  expect(json().asks.map(({vendor}: {vendor: string}) => vendor)).toContain("fred-graph"); // there is no key
}, 120_000);

it("pull tells of the symbol that failed, keeps the others, and exits 1", async () => {
  const {settings} = await stand();
  const {run} = desk();
  const {code, stderr, json} = await run(
    ["pull", "yahoo", "AAPL", "NOSUCH", "--from", FROM, "--json"],
    settings
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/^yahoo NOSUCH: /m);
  expect(json()).toMatchObject({state: "done", failures: [{symbol: "NOSUCH", code: "unknown-symbol"}]});
});

it("pull VENDOR SYMBOL --file takes in a CSV; one that is none is refused with exit code 2", async () => {
  const {run, write} = desk();
  const csv = write(
    "aapl_us_d.csv",
    "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.89,185.64,1000\n"
  );
  const words = (file: string) => ["pull", "stooq", "aapl.us", "--file", file];
  const {code, stderr} = await run(words(csv));
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^stooq\/bars\/imported\/1d: aapl_us_d\.csv: 1 of 1 symbols, 1 new rows, /)
  ]);
  const page = await run(words(write("page.csv", "<!doctype html>")));
  expect(page).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("page.csv: Stooq sent a web page instead of a CSV")
  });
  const none = await run(words("no-such-file.csv"));
  expect(none).toMatchObject({code: 1, stderr: "no-such-file.csv cannot be read: there is no such file\n"});
});

it.each([
  [["pull", "bloomberg", "X"], 1, "unknown vendor: bloomberg: there are yahoo, "],
  [
    ["pull", "ecb", "EURUSD", "--from", "2026-02-01", "--to", "2026-01-01"],
    1,
    "from 2026-02-01 is after to 2026-01-01"
  ],
  [["pull", "ecb", "EURUSD", "--frequency", "1m"], 1, "European Central Bank has no fx by 1m"],
  [["pull", "ecb", "EURUSD", "--universe", "../x"], 1, "invalid universe: ../x"],
  [["pull", "ecb"], 1, "name a symbol at least"],
  [["pull"], 64, "name a vendor and symbols, markets, flex or --update"],
  [["pull", "--update", "yahoo"], 64, "--update asks for all that is tracked, and takes no yahoo"],
  [["pull", "markets", "AAPL"], 64, "pull markets asks for all that Markets reads, and takes no AAPL"],
  [["pull", "stooq", "--file", "x.csv"], 64, "name the vendor and the one symbol of the file"],
  [["catalog"], 1, "there is no lake yet: "],
  [["verify"], 1, "there is no lake yet: "],
  [["watchlist", "set", "A", "AAPL"], 64, "write vendor:symbol, such as yahoo:AAPL"],
  [["watchlist", "remove", "A"], 1, "there is no watchlist A: there are none"]
] as const)("%j is refused in a sentence", async (words, code, sentence) => {
  const {run} = desk();
  const result = await run(words);
  expect(result).toMatchObject({code, stdout: "", stderr: expect.stringContaining(sentence)});
});

it("pull of a vendor without its key says which setting is missing; a wrong key is in no output", async () => {
  const {sim, settings} = await stand();
  const {run} = desk();
  const without = await run(["pull", "polygon", "AAPL", "--from", FROM], settings);
  expect(without).toMatchObject({code: 1, stderr: expect.stringContaining("POLYGON_API_KEY")});
  expect(sim.calls).toEqual([]);
  const key = SIM_KEYS.polygon.replace("S", "X");
  const wrong = await run(["pull", "polygon", "AAPL", "--from", FROM, "--json"], {
    ...settings,
    POLYGON_API_KEY: key
  });
  expect(wrong.json().failures).toMatchObject([{code: "key-wrong"}]);
  expect(wrong.stdout + wrong.stderr).not.toContain(key);
});

it("Ctrl-C ends a pull with exit code 130, and the same pull goes on with the rest", async () => {
  const {sim, settings} = await stand();
  sim.faults.ecb.always.push({kind: "slow", ms: 400});
  const {run, begin} = desk();
  const words = ["pull", "ecb", "EURUSD", "EURJPY", "EURGBP", "EURCHF", "--from", FROM];
  const child = begin(words, settings);
  const result = ended(child);
  await expect.poll(() => sim.calls.length, {timeout: 30_000}).toBeGreaterThan(1);
  child.kill("SIGINT");
  expect(await result).toMatchObject({
    code: 130,
    stdout: "",
    stderr: "cancelled: what had come is in the lake, the same pull again goes on with the rest\n"
  });
  sim.faults.ecb.always.length = 0;
  const rest = await run([...words, "--json"], settings);
  expect(rest.json()).toMatchObject({state: "done", symbols: {done: 4, total: 4}, failures: []});
  expect((await run(["verify"], settings)).code).toBe(0);
});

it("verify finds a file that someone edited, --repair sets it aside, and the next update brings its days back", async () => {
  const {run, folder} = desk();
  await run(INDEX);
  const lake = join(folder, "lake");
  const part = readdirSync(lake, {recursive: true, encoding: "utf8"}).find((name) =>
    name.endsWith(".parquet")
  )!;
  writeFileSync(join(lake, part), "edited");
  const found = await run(["verify", "--json"]);
  expect(found.code).toBe(1);
  expect(found.json().problems).toMatchObject([{code: "edited-part"}]);
  const repaired = await run(["verify", "--repair", "--json"]);
  expect(repaired.code).toBe(0);
  expect(repaired.json().repaired.length).toBeGreaterThan(0);
  const update = await run(["pull", "--update", "--json"]);
  expect(update.json().rows.new).toBe(74); // sessions from 2020-01-02 to 2020-04-17, by the file
  expect((await run(["verify"])).code).toBe(0);
});

it("catalog --problems lists what checks found, --rebuild and --compact leave the rows as they are", async () => {
  const {run} = desk();
  await run(INDEX);
  const rows = async () =>
    (await run(["catalog", "--json", "--rebuild", "--compact"]))
      .json()
      .datasets.map(({rows: count}: {rows: number}) => count);
  expect(await rows()).toEqual([74]);
  expect((await run(["catalog", "--problems", "--json"])).json()).toEqual({problems: []});
  const table = await run(["catalog"]);
  expect(table.stdout).toMatch(
    /^vega-datasets\/bars\/sp500-to-2020-04-17\/1d +clean +74 +1 +2020-01-02 +2020-04-17 /m
  );
});

it("sql asks the lake where no statement has been imported, and nothing outside of it", async () => {
  const {run, folder} = desk();
  await run(INDEX);
  const {json} = await run(["sql", "select count(*)::int as n, max(day) as last_day from bars", "--json"]);
  expect(json()).toEqual([{n: 74, last_day: "2020-04-17"}]);
  const secret = join(folder, "secret.csv");
  writeFileSync(secret, "a\n1\n");
  for (const select of [
    `select * from read_csv('${secret}')`,
    `copy (select 1) to '${join(folder, "lake/x.csv")}'`,
    `copy bars to '${secret}'`,
    "install httpfs",
    "select 1; select 2",
    `attach '${join(folder, "lake/catalog.db")}'`,
    "set enable_external_access = true"
  ]) {
    const refused = await run(["sql", select]);
    expect([select, refused.code, refused.stdout]).toEqual([select, 1, ""]);
  }
  expect(readdirSync(join(folder, "lake"))).not.toContain("x.csv");
});

it("watchlist keeps lists in their order", async () => {
  const {run} = desk();
  await run(["watchlist", "set", "B", "yahoo:^GSPC", "yahoo:^VIX"]);
  await run(["watchlist", "set", "A", "binance:BTCUSDT"]);
  await run(["watchlist", "set", "B", "yahoo:^GSPC"]);
  expect((await run(["watchlist", "list", "--json"])).json()).toEqual({
    watchlists: [
      {name: "B", ids: ["yahoo:^GSPC"]},
      {name: "A", ids: ["binance:BTCUSDT"]}
    ]
  });
  await run(["watchlist", "remove", "B"]);
  expect((await run(["watchlist", "list"])).stdout).toBe(
    "name  series\n----  ---------------\nA     binance:BTCUSDT\n"
  );
});
