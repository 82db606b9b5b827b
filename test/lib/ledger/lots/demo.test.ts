import {beforeAll, expect, it} from "vitest";
import {lotsOf, type Lots} from "../../../../lib/ledger/lots/lots-of.js";
import {LOT_METHODS, type Lot} from "../../../../lib/ledger/lots/lot.js";
import type {LedgerTables} from "../../../../lib/ledger/tables.js";
import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";
import {knownAt, type Books} from "../../../../sim/account/index.js";
import {booksAt, SPRING, wholeLedger} from "../../demo.js";

/** The demo account keeps its own lots, first in first out, and books what IBKR would: both must agree with ours. */
let books: Books;
let ledger: LedgerTables;
let fifo: Lots;

beforeAll(() => {
  books = booksAt(SPRING);
  ({ledger} = wholeLedger());
  fifo = lotsOf(ledger, {method: "fifo"});
}, 120_000);

/** The books round a part of a lot to four decimals, ours to twelve. */
const isNear = (a: bigint, b: bigint, parts = 1n) => (a - b) ** 2n <= (parts * parseAmount("0.0001")) ** 2n;

it("first in first out realizes each day what the demo booked of each instrument", () => {
  const ours = new Map<string, {gain: bigint; parts: bigint}>();
  for (const {account, holding, closed, gain} of fifo.disposals) {
    const key = `${account} ${closed} ${holding}`;
    const {gain: before, parts} = ours.get(key) ?? {gain: 0n, parts: 0n};
    ours.set(key, {gain: before + (gain ?? 0n), parts: parts + 1n});
  }
  const theirs = new Map<string, bigint>();
  for (const row of [...ledger.trades, ...ledger.corporate_actions]) {
    if (!row.fifoPnlRealized || ("buySell" in row && row.assetCategory === "CASH")) continue;
    const key = `${row.account} ${row.day} ${row.conid}`;
    theirs.set(key, (theirs.get(key) ?? 0n) + row.fifoPnlRealized);
  }
  const off = [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
    const {gain, parts} = ours.get(key) ?? {gain: 0n, parts: 1n};
    const booked = theirs.get(key) ?? 0n;
    return isNear(gain, booked, parts + 1n)
      ? []
      : [`${key}: ${formatAmount(gain)} for ${formatAmount(booked)}`];
  });
  expect(off).toEqual([]);
  expect(theirs.size).toBeGreaterThan(50);
});

it("open lots of the last day are those of the demo's books", () => {
  const last = books.days[books.days.length - 1];
  const shown = ({openedTime, quantity, cost}: Pick<Lot, "openedTime" | "quantity" | "cost">) =>
    `${openedTime} ${formatAmount(quantity)} ${Number(formatAmount(cost ?? 0n)).toFixed(2)}`;
  for (const {account, positions} of knownAt(books, `${books.today}T06:30:00`).filter(
    ({day}) => day === last
  )) {
    const byHolding = Map.groupBy(fifo.open(account, last), ({holding}) => holding);
    const theirs = positions.map(({instrument, lots}) => [
      instrument.conid,
      lots.map(({opened, quantity, cost}) => shown({openedTime: opened, quantity, cost}))
    ]);
    const ours = [...byHolding].map(([holding, lots]) => [
      holding,
      lots.map((lot) => shown(onReportDay(lot)))
    ]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  }
});

/** The row of a merger says the evening before, the books the day. */
function onReportDay(lot: Lot): Lot {
  if (lot.source.table !== "corporate_actions") return lot;
  return {...lot, openedTime: `${lot.opened}${lot.openedTime?.slice(10)}`};
}

it("lots of every day sum to the position that the demo states", () => {
  const off = LOT_METHODS.flatMap((method) => {
    const lots = lotsOf(ledger, {method});
    return [...Map.groupBy(ledger.positions, ({account, day}) => `${account} ${day}`)].flatMap(
      ([key, rows]) => {
        const [account, day] = key.split(" ");
        const ours = new Map<string, bigint>();
        for (const {holding, quantity} of lots.open(account, day))
          ours.set(holding, (ours.get(holding) ?? 0n) + quantity);
        return rows.flatMap(({conid, symbol, position}) =>
          ours.get(conid ?? "") === position ? [] : [`${method} ${key} ${symbol}`]
        );
      }
    );
  });
  expect(off).toEqual([]);
});

it("nothing about the demo's lots is a problem", () => {
  expect(fifo.problems.map(({day, code, sentence}) => `${day} ${code} ${sentence}`)).toEqual([]);
});
