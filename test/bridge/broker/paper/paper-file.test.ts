/** A paper account's file that is not as it should be: said clearly, and left as it is. */
import {existsSync, readFileSync, truncateSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import Database from "better-sqlite3";
import {expect, it} from "vitest";
import {createPaperBroker} from "../../../../bridge/broker/paper/paper.js";
import {PaperFileError} from "../../../../bridge/broker/paper/paper-file.js";
import {openPaperStore} from "../../../../bridge/broker/paper/store.js";
import {folder} from "../../execution/desk.js";
import {HandMarket, intent} from "./market.js";

const open = (path: string, account: {id?: string; base?: string} = {}) => {
  const market = new HandMarket();
  const store = openPaperStore(path);
  try {
    return {market, broker: createPaperBroker({data: market, store, now: () => market.now, account})};
  } catch (error) {
    store.close();
    throw error;
  }
};

/** A file with an account that has traded. */
async function kept(): Promise<string> {
  const path = join(folder(), "paper.db");
  const {broker, market} = open(path);
  for (let n = 1; n <= 6; ++n) {
    await broker.place({intent: intent(n, {quantity: 1}), orderId: broker.takeOrderId(0), transmit: true});
    market.move(100, 100.01);
  }
  await broker.close();
  return path;
}

const change = (path: string, sql: string): void => {
  const db = new Database(path);
  db.exec(sql);
  db.close();
};

const spoils: [what: string, spoil: (path: string) => void, says: string][] = [
  ["cut short", (path) => truncateSync(path, 9000), "is damaged"],
  [
    "overwritten",
    (path) => writeFileSync(path, "not a database, but long enough to be read as one"),
    "is damaged"
  ],
  ["empty", (path) => truncateSync(path, 0), "is empty"],
  ["of another program", (path) => change(path, "pragma application_id = 7"), "is another program's"],
  [
    "without its account",
    (path) => change(path, "delete from paper_account"),
    "has fills or orders and no account"
  ],
  [
    "with half an account",
    (path) => change(path, "update paper_account set json = substr(json, 1, 90)"),
    "has an account that cannot be read"
  ],
  [
    "with an amount that is none",
    (path) => change(path, `update paper_account set json = replace(json, '"USD":', '"USD":null,"X":')`),
    "has an account that cannot be read"
  ]
];

it.each(spoils)(
  "a file %s is refused with a sentence, and nothing is written to it",
  async (_, spoil, says) => {
    const path = await kept();
    spoil(path);
    const before = readFileSync(path);
    expect(() => open(path)).toThrow(PaperFileError);
    expect(() => open(path)).toThrow(
      new RegExp(
        `^the paper account cannot be opened: ${path} ${says}.*: put a copy of it back, with the orders.db beside it, or move both away to begin anew$`
      )
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  }
);

it("an account of another name, or in another currency, is left as it is", async () => {
  const path = await kept();
  expect(() => open(path, {id: "OTHER"})).toThrow(`${path} is of account PAPER in USD, not OTHER in USD`);
  expect(() => open(path, {base: "EUR"})).toThrow("is of account PAPER in USD, not PAPER in EUR");
  const {broker} = open(path);
  expect(broker.positions()).toMatchObject([{units: 6}]);
  await broker.close();
});

it("what no file was yet is an account of its own, and a file of before they were marked is taken", async () => {
  const path = await kept();
  change(path, "pragma application_id = 0");
  const {broker} = open(path);
  expect(broker.positions()).toMatchObject([{units: 6}]);
  await broker.close();
  const fresh = join(folder(), "paper.db");
  const {broker: begun} = open(fresh);
  await begun.close();
  expect(existsSync(fresh)).toBe(true);
});
