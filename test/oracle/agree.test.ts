import {expect, it} from "vitest";
import {rolledNavs} from "../../lib/ledger/roll/nav.js";
import type {Figure} from "../../lib/ledger/views.js";
import {long} from "../long.js";
import {formatAmount} from "../../lib/money/amount.js";
import {closeOf, outcomesOn, partsOf, rateOf} from "./figures.js";
import {Fraction, sum} from "./fraction.js";
import {quantityOf} from "./lots.js";
import {readBooks, rowsOfFlex} from "./read.js";
import {dailyReturns, internalRate, linked, modifiedDietz} from "./returns.js";
import {inFloats, seriesOf, type ExactDay} from "./series.js";
import {onAccounts, scopes} from "./worlds.js";

it("the parts of each day of a random account add up to its change, without a residual", () => {
  onAccounts(long(200), ({books, accounts, calendar: {days, before}}) => {
    for (const account of accounts) {
      for (const day of days) {
        const change = closeOf(books, account, day).nav.minus(closeOf(books, account, before(day)).nav);
        expect(
          sum(partsOf(books, account, before(day), day).values())
            .minus(change)
            .text()
        ).toBe("0");
      }
    }
  });
}, 600_000);

it("the second ledger reads from statements what they were printed from", () => {
  onAccounts(long(200), (world) => {
    const {books, accounts, calendar} = world;
    const read = readBooks(rowsOfFlex(world.xml));
    for (const account of accounts) {
      for (const day of calendar.days) {
        const [ours, theirs] = [read, books].map((one) => closeOf(one, account, day).nav.text());
        expect(ours, `${account} ${day}`).toBe(theirs);
      }
    }
  });
}, 600_000);

it("value, flows and gains of each day of a random account are those of the second ledger, to the last decimal", () => {
  onAccounts(long(200), (world) => {
    const {figures} = world;
    for (const accounts of scopes(world)) {
      const [, ...days] = seriesOf(world.books, accounts, world.calendar);
      const ours = figures.pnl({accounts}).days;
      expect(ours.map(({day}) => day)).toEqual(days.map(({day}) => day));
      expect(ours.map(({nav}) => nav.value)).toEqual(days.map(({nav}) => nav.text()));
      expect(ours.map(({flow}) => flow.value)).toEqual(days.map((day) => net(day).text()));
      expect(ours.map(({pnl}) => pnl.value)).toEqual(gains(seriesOf(world.books, accounts, world.calendar)));
    }
  });
}, 600_000);

const net = ({inflow, outflow}: ExactDay) => inflow.minus(outflow);
const gains = (days: readonly ExactDay[]) =>
  days.slice(1).map((day, i) => day.nav.minus(days[i].nav).minus(net(day)).text());

it("realized gains of each day of a random account are first in first out, as the second ledger has them", () => {
  onAccounts(long(200), (world) => {
    const {books, calendar, figures} = world;
    for (const accounts of scopes(world)) {
      for (const {day, realized} of figures.pnl({accounts}).days) {
        expect(calendar.days).toContain(day);
        const outcomes = accounts.flatMap((account) => outcomesOn(books, account, day));
        const known = outcomes.filter((one) => one.realized?.sign);
        const base = known.map((one) =>
          (one.realized as Fraction).times(rateOf(books, one.row.fields["currency"], day))
        ); // none is null
        near(realized.value, sum(base), day);
      }
    }
  });
}, 600_000);

/** Costs of parts of lots have more than twelve decimals: a rounding of each is allowed. */
function near(text: string | null, exact: Fraction, what: string) {
  const difference = Fraction.parse(text ?? "NaN").minus(exact).size;
  expect(difference.below(Fraction.parse("0.00000001")), `${what}: ${text}, not ${exact.text()}`).toBe(true);
}

it("net asset value that is rolled from openings by movements is that of the second ledger, and what it is made of", () => {
  onAccounts(long(200), (world) => {
    const {books, accounts, calendar} = world;
    const rolled = rolledNavs(world.ledger);
    for (const account of accounts) {
      for (const day of calendar.days) {
        const {nav, components, state} = closeOf(books, account, day);
        const ours = rolled(account, day);
        const held = ours?.holdings.filter(({quantity}) => quantity !== 0n) ?? [];
        const quantities = [...state.holdings.values()].map(({conid, lots}) => [
          conid,
          quantityOf(lots).text()
        ]);
        expect(new Map(held.map(({holding, quantity}) => [holding.key, formatAmount(quantity)]))).toEqual(
          new Map(quantities.filter(([, quantity]) => quantity !== "0") as [string, string][])
        );
        const {total, cash, dividends, interest} = ours!;
        const texts = [total, cash, dividends, interest].map((amount) =>
          amount === null ? "n/a" : formatAmount(amount)
        );
        const {cash: theirs, dividendAccruals, interestAccruals} = components;
        expect(texts, `${account} ${day}`).toEqual(
          [nav, theirs, dividendAccruals, interestAccruals].map((one) => one.text())
        );
      }
    }
  });
}, 600_000);

it("returns of a random account are those of the second ledger, to nine decimals", () => {
  onAccounts(long(200), (world) => {
    const {figures} = world;
    for (const accounts of scopes(world)) {
      const days = inFloats(seriesOf(world.books, accounts, world.calendar));
      for (const convention of ["start-end", "ibkr"] as const) {
        const view = figures.performance({accounts, convention});
        const daily = dailyReturns(days, convention);
        figures.pnl({accounts, convention}).days.forEach((day, i) => {
          const expected = daily[i + 1];
          same(day.return, typeof expected === "number" ? expected : NaN, day.day);
        });
        same(view.timeWeighted.return, linked(daily), `${convention} ${accounts.join("+")}`);
        same(view.moneyWeighted.period, internalRate(days), "internal rate");
        same(view.moneyWeighted.modifiedDietz, modifiedDietz(days), "Modified Dietz");
      }
    }
  });
}, 600_000);

function same({value, reason}: Figure, expected: number | undefined, what: string) {
  if (expected === undefined) return;
  const scale = Math.max(1, Math.abs(expected));
  if (Number.isNaN(expected)) expect(value, what).toBeNull();
  else expect((value ?? NaN) / scale, `${what}: ${reason ?? ""}`).toBeCloseTo(expected / scale, 9);
}
