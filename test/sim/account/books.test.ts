import {createHash} from "node:crypto";
import {expect, it} from "vitest";
import {demoBooks, demoIndex, flexXml, type Books} from "../../../sim/account/index.js";
import type {AccountDay} from "../../../sim/account/booking/account-day.js";
import {exact, float, type Amount} from "../../../sim/account/booking/amounts.js";

const NOW = new Date("2026-11-22T11:00:00Z");
const books = demoBooks({now: NOW});
const days = books.restated.days;
const sum = (amounts: Iterable<Amount>): Amount => [...amounts].reduce((a, b) => a + b, 0n);
const rate = ({day}: AccountDay, currency: string): Amount =>
  books.plot.market.rate(currency, books.days.indexOf(day));

it("each day and account: the parts of the change add up to the ending value exactly", () => {
  for (const {startNav, parts, endNav} of [...books.first.days, ...days]) {
    expect(startNav + sum(Object.values(parts))).toBe(endNav);
  }
});

it("each day and account: NAV is the sum of its components, and begins where the day before ended", () => {
  const ended = new Map<string, Amount>();
  for (const {account, start, end, startNav, endNav} of days) {
    expect(sum(start.values())).toBe(startNav);
    expect(sum(end.values())).toBe(endNav);
    expect(startNav).toBe(ended.get(account) ?? 0n);
    ended.set(account, endNav);
  }
});

it("positions at their marks, cash and accruals at the day's rates make the components exactly", () => {
  const sections = {STK: "stock", OPT: "options", BILL: "bonds"} as const;
  for (const day of days) {
    const made = new Map<string, Amount>();
    const add = (component: string, currency: string, local: Amount): void => {
      made.set(component, (made.get(component) ?? 0n) + exact(local, rate(day, currency)));
    };
    for (const {instrument, quantity, mark, openMoney} of day.positions) {
      const {assetCategory, multiplier, currency} = instrument;
      const worth = exact(exact(quantity, mark), multiplier);
      if (assetCategory === "CFD") add("cfdUnrealizedPl", currency, worth - openMoney);
      else if (assetCategory !== "FUT") add(sections[assetCategory as "STK"], currency, worth);
    }
    for (const {currency, ending} of day.cash) if (currency !== "BASE_SUMMARY") add("cash", currency, ending);
    for (const {instrument, net} of day.accruals) add("dividendAccruals", instrument.currency, net);
    for (const {currency, start, accrued, reversed} of day.interest) {
      add("interestAccruals", currency, start + accrued + reversed);
    }
    for (const [component, value] of day.end)
      expect(made.get(component) ?? 0n, `${day.day} ${component}`).toBe(value);
  }
});

it("the trial balance is zero: each event, each day, each account", () => {
  for (const {postings} of days) {
    const events = Map.groupBy(postings, ({event}) => event);
    for (const lines of events.values()) expect(sum(lines.map(({base}) => base))).toBe(0n);
  }
});

it("the cash report adds up in each currency and in base", () => {
  for (const day of days) {
    for (const {starting, lines, translation, ending} of day.cash) {
      expect(starting + sum(Object.values(lines)) + translation).toBe(ending);
    }
    expect(day.cash[0].ending).toBe(day.end.get("cash"));
  }
});

it("cash in other currencies earns (rate today - rate yesterday) x what stood there in the morning", () => {
  for (const day of days) {
    const index = books.days.indexOf(day.day);
    const expected = day.cash.slice(1).map(({currency, starting}) => {
      const change = books.plot.market.rate(currency, index) - books.plot.market.rate(currency, index - 1);
      return exact(starting, change);
    });
    expect(day.cash[0].translation).toBe(sum(expected));
  }
});

it("mark-to-market by instrument adds up to mtm", () => {
  for (const {performance, parts} of days) {
    expect(sum(performance.map(({transactionMtm, priorOpenMtm}) => transactionMtm + priorOpenMtm))).toBe(
      parts.mtm
    );
  }
});

it("the migrated account ends at zero on the day that the other one begins", () => {
  const former = days.filter(({account}) => account === "U6000009");
  const second = days.filter(({account}) => account === "U7000002");
  const last = former.at(-1)!;
  expect(last.endNav).toBe(0n);
  expect(last.positions).toEqual([]);
  expect(second[0].day).toBe(last.day);
  expect(second[0].startNav).toBe(0n);
  const flows = ({parts}: AccountDay): Amount => parts.assetTransfers + parts.internalCashTransfers;
  expect(flows(last)).toBeLessThan(0n);
  expect(flows(second[0])).toBe(-flows(last));
});

it("demoBooks(seed, now) is the same for every time of a New York day", () => {
  const hash = (some: Books): string => {
    const digest = createHash("sha256");
    const range = {from: some.days[0], to: some.days.at(-1)!};
    for (const chunk of flexXml(some, {...range, query: "Activity"})) digest.update(chunk);
    return digest.digest("hex");
  };
  const again = demoBooks({now: new Date("2026-11-23T04:59:00Z")}); // 23:59 in New York
  expect(hash(again)).toBe(hash(books));
  expect(demoBooks({now: new Date("2026-11-24T05:01:00Z")}).days.at(-1)).toBe("2026-11-23");
});

interface Figures {
  nav: number;
  lines: number;
  trades: number;
  volatility: number;
  perYear: number;
  moneyWeighted: number;
  years: Map<string, number>;
}

/** Money.md R5 (in-flows at day start, out-flows at day end) and R8 (XIRR), on both accounts together. */
function figures(some: Books): Figures {
  const whole = new Map<string, {start: number; end: number; flow: number}>();
  for (const {day, startNav, endNav, parts} of some.restated.days) {
    const at = whole.get(day) ?? {start: 0, end: 0, flow: 0};
    at.start += float(startNav);
    at.end += float(endNav);
    at.flow += float(parts.depositsWithdrawals);
    whole.set(day, at);
  }
  const last = some.days.at(-1)!;
  const yearsTo = (day: string): number => (Date.parse(last) - Date.parse(day)) / 86_400_000 / 365;
  const years = new Map<string, number>();
  const returns: number[] = [];
  let index = 1;
  for (const [day, {start, end, flow}] of whole) {
    const r = (end + Math.max(0, -flow)) / (start + Math.max(0, flow)) - 1;
    returns.push(r);
    index *= 1 + r;
    years.set(day.slice(0, 4), (years.get(day.slice(0, 4)) ?? 1) * (1 + r));
  }
  const mean = returns.reduce((a, b) => a + b, 0) / returns.length;
  const variance = returns.reduce((a, r) => a + (r - mean) ** 2, 0) / (returns.length - 1);
  const nav = whole.get(last)!.end;
  const worth = (i: number): number =>
    [...whole].reduce((total, [day, {flow}]) => total + flow * (1 + i) ** yearsTo(day), -nav);
  let [low, high] = [-0.9, 3];
  for (let step = 0; step < 100; ++step) {
    const middle = (low + high) / 2;
    if (worth(middle) < 0) low = middle;
    else high = middle;
  }
  return {
    nav,
    lines: some.restated.days
      .filter(({day}) => day === last)
      .reduce((count, {positions}) => count + positions.length, 0),
    trades: some.restated.days.reduce(
      (count, {rows}) => count + rows.filter(({element}) => element === "Trade").length,
      0
    ),
    volatility: Math.sqrt(252 * variance),
    perYear: index ** (1 / yearsTo(some.days[0])) - 1,
    moneyWeighted: low,
    years
  };
}

it.each([
  ["2026-11-22", books],
  ["2027-01-04", demoBooks({now: new Date("2027-01-04T12:00:00Z")})],
  ["2026-06-30", demoBooks({now: new Date("2026-06-30T12:00:00Z")})]
])("the account of %s has the size and the risk that the demo needs", (_, some) => {
  const {nav, lines, trades, volatility, perYear, moneyWeighted, years} = figures(some);
  expect(nav).toBeGreaterThan(370_000);
  expect(nav).toBeLessThan(430_000);
  expect(lines).toBeGreaterThanOrEqual(25);
  expect(lines).toBeLessThanOrEqual(30);
  expect(trades).toBeGreaterThanOrEqual(600);
  expect(trades).toBeLessThanOrEqual(900);
  expect(volatility).toBeGreaterThan(0.12);
  expect(volatility).toBeLessThan(0.18);
  expect(years.get(String(some.losingYear))).toBeLessThan(0.96);
  expect(perYear).toBeGreaterThan(0.08);
  expect(perYear - moneyWeighted).toBeGreaterThan(0.01);
});

it("demoIndex(books) is a price index with a close for each day and the one before", () => {
  const index = demoIndex(books);
  expect(index).toMatchObject({name: "Demo 500", currency: "USD", kind: "price index"});
  expect(index.closes.slice(1).map(([day]) => day)).toEqual(books.days);
  expect(index.closes[0][0] < books.days[0]).toBe(true);
  expect(Math.min(...index.closes.map(([, close]) => close))).toBeGreaterThan(1000);
});
