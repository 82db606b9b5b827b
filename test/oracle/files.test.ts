import {expect, it} from "vitest";
import {importFile} from "../../bridge/store/import.js";
import type {Store} from "../../bridge/store/open.js";
import {undoFile} from "../../bridge/store/undo.js";
import type {LedgerTables} from "../../lib/ledger/tables.js";
import {chunksOf, dump, temporaryStore} from "../bridge/store/fixture.js";
import {ledgerOfFlex} from "../lib/ledger/flex-ledger.js";
import {long} from "../long.js";
import {randomWorld} from "./random-account.js";
import {Random} from "./random.js";
import {onAccounts, xmlOf, type Told} from "./worlds.js";

/** All that a ledger is, without how its days were handed over. */
const textOf = (ledger: LedgerTables) =>
  JSON.stringify({...ledger, coverage: []}, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value
  );
const ledgerOfFiles = (files: readonly string[]) => textOf(ledgerOfFlex(files.map((xml) => [xml])).ledger);

/** Files of ranges that overlap and have all days together; lots stand under every day, so that each file has the same. */
function split(told: Told): string[] {
  const {days} = told.calendar;
  const random = new Random(told.seed);
  const cut = random.between(1, days.length - 1);
  const [from, to] = [random.between(0, cut), random.between(cut, days.length)];
  const world = {...told, boxes: {...told.boxes, lots: "always" as const}};
  return [days.slice(0, cut), days.slice(cut), days.slice(from, to)]
    .filter(({length}) => length)
    .map((list) => xmlOf(world, list));
}

const whole = (told: Told) => xmlOf({...told, boxes: {...told.boxes, lots: "always"}}, told.calendar.days);

it("a random account is one ledger, bit for bit: whole, in overlapping files of whole days, in any order, twice", () => {
  onAccounts(long(200), (told) => {
    const one = ledgerOfFiles([whole(told)]);
    const files = split(told);
    expect(ledgerOfFiles(files) === one).toBe(true);
    expect(ledgerOfFiles([...files.toReversed(), ...files, whole(told)]) === one).toBe(true);
  });
}, 600_000);

const now = () => new Date("2026-04-02T12:00:00Z");

async function add(store: Store, xml: string): Promise<string> {
  const {sha256} = await importFile(
    store,
    {name: "oracle.xml", open: () => chunksOf(new TextEncoder().encode(xml))},
    {now}
  );
  return sha256;
}

it("the store keeps a random account bit for bit: imported in any order, twice, undone and done again", async () => {
  for (let seed = 1; seed <= long(20); ++seed) {
    const world = randomWorld(seed);
    const told = {...world, xml: "", ledger: {}, figures: {}} as unknown as Told; // only its books are asked
    const files = split(told);
    const plain = await temporaryStore();
    for (const xml of files) await add(plain, xml);
    const expected = dump(plain);

    const busy = await temporaryStore();
    for (const xml of [...files.toReversed(), files[0]]) await add(busy, xml);
    expect(dump(busy), `seed ${seed}`).toBe(expected);
    const sha256 = await add(busy, files[1]);
    await undoFile(busy, sha256, {now});
    await add(busy, files[1]);
    expect(dump(busy), `seed ${seed}`).toBe(expected);
  }
}, 600_000);
