import * as fc from "fast-check";
import {expect, it} from "vitest";
import {LOT_METHODS, type Disposal, type Lot} from "../../../../lib/ledger/lots/lot.js";
import {formatAmount, parseAmount, type Amount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {A} from "../tables.js";
import {action, lots, trade, type Row} from "./trades.js";

const runs = {numRuns: long(150)};
const END = "2029-12-31";
const COMPUTED = LOT_METHODS.filter((method) => method !== "booked" && method !== "specific");

const dayOf = (i: number) =>
  `20${20 + Math.floor(i / 28 / 12)}-${two((Math.floor(i / 28) % 12) + 1)}-${two((i % 28) + 1)}`;
const two = (n: number) => String(n).padStart(2, "0");

interface Step {
  quantity: number;
  price: number;
  commission: number;
}

const step = fc.record({
  quantity: fc.integer({min: -40, max: 40}).filter((n) => n !== 0),
  price: fc.integer({min: 1, max: 500}),
  commission: fc.integer({min: 0, max: 300})
});
const steps = fc.array(step, {minLength: 1, maxLength: 40});

/** Trades of fractional quantities, long and short, each side told by IBKR's indicator. */
function tradesOf(all: readonly Step[], scale = 1): Row[] {
  let position = 0;
  return all.map(({quantity, price, commission}, i) => {
    const crosses =
      position !== 0 && position > 0 !== quantity > 0 && Math.abs(quantity) > Math.abs(position);
    const closes = position !== 0 && position > 0 !== quantity > 0;
    position += quantity;
    return trade(dayOf(i), cents(quantity), cents(price * scale), {
      ibCommission: cents(-commission * scale),
      openCloseIndicator: crosses ? "C;O" : closes ? "C" : "O"
    });
  });
}

const cents = (n: number) => formatAmount(parseAmount(String(n)) / 100n);
const quantityOf = (all: readonly Lot[]) => all.reduce((sum, {quantity}) => sum + quantity, 0n);
const costOf = (all: readonly Lot[]) => all.reduce((sum, {cost}) => sum + (cost ?? 0n), 0n);
const gainOf = (all: readonly Disposal[]) => all.reduce((sum, {gain}) => sum + (gain ?? 0n), 0n);
const cashOf = (rows: readonly Row[]) =>
  rows.reduce(
    (sum, {proceeds, ibCommission}) => sum + parseAmount(proceeds ?? "0") + parseAmount(ibCommission ?? "0"),
    0n
  );

it("lots sum to the position on every day, under every method", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const trades = tradesOf(all);
      for (const method of LOT_METHODS) {
        const {open} = lots({trades}, method);
        let position = 0n;
        for (const {day, quantity} of trades) {
          position += parseAmount(quantity ?? "0");
          expect(quantityOf(open(A, day))).toBe(position);
        }
      }
    }),
    runs
  );
});

it("no cent is lost: gains are the cash that came in and the cost of what is left, under every method", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const trades = tradesOf(all);
      for (const method of LOT_METHODS) {
        const {open, disposals} = lots({trades}, method);
        expect(gainOf(disposals)).toBe(cashOf(trades) + costOf(open(A, END)));
      }
    }),
    runs
  );
});

it("first in, last in, highest and average cost gain the same once all is sold", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const position = all.reduce((sum, {quantity}) => sum + quantity, 0);
      const whole = position ? [...all, {quantity: -position, price: 100, commission: 7}] : all;
      const gains = COMPUTED.map((method) => gainOf(lots({trades: tradesOf(whole)}, method).disposals));
      expect(new Set(gains).size).toBe(1);
    }),
    runs
  );
});

it("prices ten times as high gain ten times as much", () => {
  fc.assert(
    fc.property(steps, (all) => {
      for (const method of COMPUTED) {
        const [once, tenfold] = [1, 10].map(
          (scale) => lots({trades: tradesOf(all, scale)}, method).disposals
        );
        expect(tenfold.map(({lot, quantity}) => `${lot} ${quantity}`)).toEqual(
          once.map(({lot, quantity}) => `${lot} ${quantity}`)
        );
        expect(isNear(gainOf(tenfold), 10n * gainOf(once))).toBe(true);
      }
    }),
    runs
  );
});

it("a split before a sale is a sale at split-adjusted numbers", () => {
  const bought = fc.array(
    step.map((one) => ({...one, quantity: Math.abs(one.quantity)})),
    {minLength: 1, maxLength: 12}
  );
  fc.assert(
    fc.property(
      bought,
      fc.double({min: 0.1, max: 1, noNaN: true}),
      fc.integer({min: 2, max: 20}),
      (all, part, ratio) => {
        const position = all.reduce((sum, {quantity}) => sum + quantity, 0);
        const sold = Math.max(1, Math.floor(position * part));
        const trades = tradesOf(all);
        const split = action("2025-02-03", "FS", cents(position * (ratio - 1)));
        const sale = {ibCommission: "-1", openCloseIndicator: "C"};
        for (const method of COMPUTED) {
          const after = lots(
            {
              trades: [...trades, trade("2025-03-03", cents(-sold * ratio), "7", sale)],
              corporate_actions: [split]
            },
            method
          );
          const adjusted = lots(
            {trades: [...trades, trade("2025-03-03", cents(-sold), cents(700 * ratio), sale)]},
            method
          );
          expect(isNear(gainOf(after.disposals), gainOf(adjusted.disposals))).toBe(true);
          expect(isNear(costOf(after.open(A, END)), costOf(adjusted.open(A, END)))).toBe(true);
          expect(quantityOf(after.open(A, END))).toBe(BigInt(ratio) * quantityOf(adjusted.open(A, END)));
        }
      }
    ),
    runs
  );
});

it("a trade and its cancel leave lots and gains as if they had not been", () => {
  fc.assert(
    fc.property(steps, fc.nat(), fc.integer({min: 0, max: 20}), (all, where, later) => {
      const trades = tradesOf(all);
      const at = where % (trades.length + 1);
      const day = trades[at]?.day ?? trades[trades.length - 1].day;
      const original = trade(day, "5", "33", {
        dateTime: `${day}T09:00:00`,
        transactionID: "77",
        openCloseIndicator: "C;O",
        ibCommission: "-1"
      });
      const cancelled = trades[Math.min(trades.length - 1, at + later)].day;
      const cancel = trade(cancelled, "-5", "33", {
        dateTime: `${cancelled}T09:30:00`,
        transactionType: "TradeCancel",
        buySell: "BUY (Ca.)",
        origTransactionID: "77"
      });
      for (const method of COMPUTED) {
        const plain = lots({trades}, method);
        const undone = lots({trades: [...trades, original, cancel]}, method);
        expect(undone.disposals).toEqual(plain.disposals);
        expect(undone.open(A, END)).toEqual(plain.open(A, END));
      }
    }),
    runs
  );
});

it("a transfer between own accounts changes no gain of both together", () => {
  const B = "U7000002";
  fc.assert(
    fc.property(steps, (all) => {
      const bought = all.map((one) => ({...one, quantity: Math.abs(one.quantity)}));
      const position = bought.reduce((sum, {quantity}) => sum + quantity, 0);
      const share = {conid: "1", symbol: "ACME", currency: "USD", day: "2025-02-03", type: "INTERNAL"};
      const transfers = [
        {...share, direction: "OUT", counterparty: B, quantity: cents(-position)},
        {...share, account: B, direction: "IN", counterparty: A, quantity: cents(position)}
      ];
      const sale = trade("2025-03-03", cents(-position), "2", {openCloseIndicator: "C"});
      for (const method of COMPUTED) {
        const there = lots({trades: [...tradesOf(bought), {...sale, account: B}], transfers}, method);
        const here = lots({trades: [...tradesOf(bought), sale]}, method);
        expect(gainOf(there.disposals)).toBe(gainOf(here.disposals));
        expect(there.open(A, END)).toEqual([]);
      }
    }),
    runs
  );
});

/** Alike to what rounding at the twelfth decimal can make. */
function isNear(a: Amount, b: Amount): boolean {
  return (a - b) ** 2n < 10_000n ** 2n;
}

it("an instrument may be traded hundreds of thousands of times", () => {
  const trades = Array.from({length: 2}, (_, i) => trade(`2025-01-0${i + 2}`, i ? "-0.25" : "0.25", "100"));
  const rows = Array.from({length: long(250_000)}, (_, i) => trades[i % 2]);
  const {disposals, open} = lots({trades: rows});
  expect(disposals).toHaveLength(rows.length / 2);
  expect(open(A, END)).toEqual([]);
});
