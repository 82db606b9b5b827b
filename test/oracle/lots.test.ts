import {expect, it} from "vitest";
import type {Disposal} from "../../lib/ledger/lots/lot.js";
import {lotsOf} from "../../lib/ledger/lots/lots-of.js";
import {formatAmount, type Amount} from "../../lib/money/amount.js";
import {long} from "../long.js";
import {closeOf, outcomesOn} from "./figures.js";
import {Fraction, sum} from "./fraction.js";
import {ALFA, SPUN} from "./instruments.js";
import {readBooks, rowsOfFlex} from "./read.js";
import {onAccounts} from "./worlds.js";

const fraction = (amount: Amount) => Fraction.parse(formatAmount(amount));

/** A part of a lot may cost what has more than twelve decimals: a rounding of each is allowed. */
const isNear = (a: Fraction, b: Fraction) => a.minus(b).size.below(Fraction.parse("0.00000001"));

/** No row says how a spin-off splits a cost: there the second ledger knows none, and judges none. */
const UNSAID = new Set([ALFA.conid, SPUN.conid]);

it("open lots of a random account are those of the second ledger on each day: quantity, cost, in order of opening", () => {
  onAccounts(long(200), ({accounts, calendar, ledger, xml}) => {
    const books = readBooks(rowsOfFlex(xml));
    const lots = lotsOf(ledger, {method: "fifo"});
    for (const account of accounts) {
      for (const day of calendar.days) {
        const theirs = [...closeOf(books, account, day).state.holdings.values()]
          .flatMap(({conid, lots: own}) => own.map(({quantity, cost}) => ({conid, quantity, cost})))
          .toSorted((a, b) => Number(a.conid) - Number(b.conid));
        const ours = lots
          .open(account, day)
          .map(({holding, quantity, cost}) => ({conid: holding, quantity: fraction(quantity), cost}))
          .toSorted((a, b) => Number(a.conid) - Number(b.conid));
        const told = (list: readonly {conid: string; quantity: Fraction}[]) =>
          list.map(({conid, quantity}) => `${conid} ${quantity.text()}`);
        expect(told(ours), `${account} ${day}`).toEqual(told(theirs));
        for (const [i, {conid, cost}] of theirs.entries()) {
          if (!cost && UNSAID.has(conid)) continue;
          const mine = ours[i].cost;
          const agrees = cost === null || mine === null ? cost === mine : isNear(fraction(mine), cost);
          expect(agrees, `${account} ${day} ${conid}: cost ${mine}, not ${cost?.text()}`).toBe(true);
        }
      }
    }
  });
}, 600_000);

it("gains of what is closed are those of the second ledger, unknown where a cost is, on each day", () => {
  onAccounts(long(200), ({accounts, calendar, ledger, xml}) => {
    const books = readBooks(rowsOfFlex(xml));
    const {disposals} = lotsOf(ledger, {method: "fifo"});
    for (const account of accounts) {
      for (const day of calendar.days) {
        const outcomes = outcomesOn(books, account, day).filter(({row}) => !UNSAID.has(row.fields["conid"]));
        const own = disposals.filter(
          (one: Disposal) => one.account === account && one.closed === day && !UNSAID.has(one.holding)
        );
        const unknown = [outcomes.some(({realized}) => !realized), own.some(({gain}) => gain === null)];
        expect(unknown[1], `${account} ${day}`).toBe(unknown[0]);
        if (unknown[0]) continue;
        const theirs = sum(outcomes.map(({realized}) => realized as Fraction)); // none is null
        const ours = sum(own.map(({gain}) => fraction(gain as Amount))); // none is null
        expect(isNear(ours, theirs), `${account} ${day}: ${ours.text()}, not ${theirs.text()}`).toBe(true);
      }
    }
  });
}, 600_000);
