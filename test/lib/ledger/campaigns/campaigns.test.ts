import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {CampaignsQuery} from "../../../../lib/ledger/campaigns/campaign.js";
import {createFigures} from "../../../../lib/ledger/figures.js";
import type {TagBook} from "../../../../lib/ledger/tags/tag.js";
import {parseAmount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {A, CONTEXT, ledgerOf, navRows} from "../tables.js";
import {ASSIGNED, EXPIRED, held, option, shares} from "./rows.js";

type Lists = Parameters<typeof ledgerOf>[0];

const END = "2026-01-30";
const nav = navRows({"2026-01-02": "20000", [END]: "20000"}).map((row) => ({...row, cash: "20000"}));

const campaigns = (lists: Lists, query: CampaignsQuery = {}, tags?: TagBook) =>
  createFigures(ledgerOf({nav, ...lists}), {...CONTEXT, ...(tags && {tags})}).campaigns(query);
/** Positions of the last day; something else is held, so that nothing held is known to be nothing. */
const open = (...rows: ReturnType<typeof held>[]) => [
  ...rows,
  {
    day: END,
    conid: "77",
    symbol: "REST",
    assetCategory: "STK",
    position: "1",
    markPrice: "1",
    positionValue: "1",
    currency: "USD"
  }
];

it("campaigns chains a put, its assignment, a call on the shares and their sale into one wheel", () => {
  const {campaigns: list, total} = campaigns({
    trades: [
      option("2026-01-05", "P 50 2026-01-16", "-1", "2"),
      option("2026-01-16", "P 50 2026-01-16", "1", "0", ASSIGNED),
      shares("2026-01-16", "100", "50", ASSIGNED),
      option("2026-01-19", "C 55 2026-01-23", "-1", "1.5"),
      option("2026-01-23", "C 55 2026-01-23", "1", "0", ASSIGNED),
      shares("2026-01-23", "-100", "55", ASSIGNED)
    ],
    positions: open()
  });
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({
    structure: "wheel",
    status: "closed",
    opened: "2026-01-05",
    closed: "2026-01-23",
    days: 18,
    assigned: 2,
    premium: {value: "350"},
    options: {value: "350"},
    stock: {value: "500"},
    fees: {value: "-2"},
    gain: {value: "848"},
    capital: {value: "5000"},
    return: {value: 848 / 5000},
    breakEven: {value: null, reason: "it is closed"}
  });
  expect(list[0].annualized.value).toBeNull();
  expect(list[0].legs.map(({ended}) => ended)).toEqual(["assigned", "closed", "assigned"]);
  expect(total.gain.value).toBe("848");
});

it("campaigns calls a put secured by cash only where the account had the cash", () => {
  const trades = [option("2026-01-05", "P 50 2026-02-20", "-1", "2")];
  const positions = open(held(END, "P 50 2026-02-20", "-1", "1"));
  const secured = campaigns({trades, positions}).campaigns[0];
  expect(secured).toMatchObject({
    structure: "cash-secured put",
    gain: {value: "99"},
    capital: {value: "5000"}
  });
  expect(secured.breakEven.value).toBe("48.01");
  const poor = navRows({"2026-01-02": "4000", [END]: "4000"}).map((row) => ({...row, cash: "4000"}));
  expect(campaigns({nav: poor, trades, positions}).campaigns[0].structure).toBe("short put");
  expect(campaigns({nav: navRows({[END]: "1"}), trades, positions}).campaigns[0].structure).toBe("short put");
});

it("campaigns carries a rolled covered call on, its premium lowers what the shares must fetch", () => {
  const {campaigns: list} = campaigns({
    trades: [
      shares("2026-01-05", "100", "50"),
      option("2026-01-05", "C 55 2026-01-16", "-1", "1"),
      option("2026-01-14", "C 60 2026-02-20", "-1", "1.2"),
      option("2026-01-14", "C 55 2026-01-16", "1", "0.5")
    ],
    positions: open(held(END, "ACME", "100", "53"), held(END, "C 60 2026-02-20", "-1", "0.4"))
  });
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({
    structure: "covered call",
    status: "open",
    rolls: 1,
    premium: {value: "170"},
    options: {value: "130"},
    stock: {value: "300"},
    fees: {value: "-4"},
    gain: {value: "426"},
    breakEven: {value: "48.34"},
    capital: {value: "5000"}
  });
});

it("campaigns rolls a short put that was flat for an instant", () => {
  const {campaigns: list} = campaigns({
    trades: [
      option("2026-01-05", "P 50 2026-01-16", "-1", "2"),
      option("2026-01-14", "P 50 2026-01-16", "1", "1"),
      option("2026-01-14", "P 48 2026-02-20", "-1", "2.5"),
      option("2026-01-20", "P 48 2026-02-20", "1", "0.5"),
      option("2026-01-21", "P 45 2026-02-20", "-1", "1")
    ],
    positions: open(held(END, "P 45 2026-02-20", "-1", "0.5"))
  });
  expect(list.map(({opened, closed, gain}) => [opened, closed, gain.value])).toEqual([
    ["2026-01-21", null, "49"],
    ["2026-01-05", "2026-01-20", "296"]
  ]);
  expect(list[1].legs.map(({ended}) => ended)).toEqual(["rolled", "closed"]);
});

it("campaigns names spreads by their legs, and nothing that it does not know", () => {
  const structure = (...names: [string, string][]) =>
    campaigns({
      trades: names.map(([name, quantity]) => option("2026-01-05", name, quantity, "1")),
      positions: open(...names.map(([name, quantity]) => held(END, name, quantity, "1")))
    }).campaigns[0];
  const credit = structure(["P 50 2026-02-20", "-1"], ["P 45 2026-02-20", "1"]);
  expect(credit).toMatchObject({structure: "vertical", capital: {value: "500"}});
  expect(structure(["C 50 2026-02-20", "-1"], ["C 50 2026-03-20", "1"]).structure).toBe("calendar");
  expect(structure(["C 50 2026-02-20", "1"]).structure).toBe("long call");
  expect(structure(["C 50 2026-02-20", "-1"])).toMatchObject({
    structure: "short call",
    capital: {value: null, reason: "a short call was not covered on 2026-01-05: its loss has no bound"},
    return: {value: null}
  });
  expect(structure(["C 50 2026-02-20", "-1"], ["P 45 2026-02-20", "-1"]).structure).toBe("custom");
  expect(structure(["C 50 2026-02-20", "-2"], ["C 55 2026-02-20", "1"]).structure).toBe("custom");
});

it("campaigns finds where a vertical breaks even between its strikes", () => {
  const spread = (short: string, bought: string, credit: string, debit: string) =>
    campaigns({
      trades: [option("2026-01-05", short, "-1", credit), option("2026-01-05", bought, "1", debit)],
      positions: open(held(END, short, "-1", "1"), held(END, bought, "1", "1"))
    }).campaigns[0].breakEven.value;
  expect(spread("P 50 2026-02-20", "P 45 2026-02-20", "2.02", "1")).toBe("49");
  expect(spread("C 50 2026-02-20", "C 55 2026-02-20", "2.02", "1")).toBe("51");
  expect(spread("C 55 2026-02-20", "C 50 2026-02-20", "1", "2.98")).toBe("52");
});

it("campaigns counts an option that expires, and the dividend of shares sold before it was paid", () => {
  const dividend = {day: "2026-01-28", conid: "1", symbol: "ACME", currency: "USD", type: "Dividends"};
  const {campaigns: list, outside} = campaigns({
    trades: [
      shares("2026-01-05", "100", "50"),
      shares("2026-01-20", "-100", "51"),
      option("2026-01-22", "C 55 2026-01-23", "1", "0.3"),
      option("2026-01-23", "C 55 2026-01-23", "-1", "0", EXPIRED)
    ],
    cash: [
      {...dividend, exDate: "2026-01-20", amount: "25"},
      {...dividend, type: "Withholding Tax", exDate: "2026-01-20", amount: "-3"},
      {...dividend, exDate: "2026-01-27", amount: "7"}
    ],
    positions: open()
  });
  expect(list.map(({structure, gain}) => [structure, gain.value])).toEqual([
    ["long call", "-31"],
    ["stock", "120"]
  ]);
  expect(list[1].dividends.value).toBe("22");
  expect(outside).toEqual({amount: {value: "7"}, rows: ["cash-2"]});
});

it("campaigns does not count what began before the statements", () => {
  const {
    campaigns: [one]
  } = campaigns({
    trades: [shares("2026-01-20", "-40", "51")],
    positions: open(held(END, "ACME", "60", "50"))
  });
  expect(one).toMatchObject({opened: null, days: null, status: "open", structure: "stock"});
  expect(one.gain.reason).toContain("began before the statements");
  expect(one.legs[0]).toMatchObject({quantity: "100", held: "60", opened: null});
});

it("campaigns gives a spin-off its value as cost, and its parent the same as received", () => {
  const child = {conid: "2", symbol: "KID", assetCategory: "STK", currency: "USD", multiplier: "1"};
  const parent = {isin: "US0000000001"};
  const {campaigns: list, total} = campaigns({
    trades: [shares("2026-01-05", "100", "50", parent)],
    corporate_actions: [
      {
        day: "2026-01-12",
        ...child,
        type: "SO",
        quantity: "25",
        value: "200",
        actionID: "5",
        actionDescription: "ACME(US0000000001) SPINOFF 1 FOR 4 (KID, KID INC, US0000000002)"
      }
    ],
    positions: open(held(END, "ACME", "100", "49"), {...held(END, "ACME", "25", "9"), ...child})
  });
  expect(list.map(({underlying, gain, breakEven}) => [underlying, gain.value, breakEven.value])).toEqual([
    ["KID", "25", "8"],
    ["ACME", "99", "48.01"]
  ]);
  expect(total.gain.value).toBe("124");
});

it("campaigns groups by tag: own tags first, else rules, a structure's too", () => {
  const trades = [
    option("2026-01-05", "P 50 2026-01-16", "-1", "2", {ibOrderID: "300", fifoPnlRealized: "0"}),
    option("2026-01-09", "P 50 2026-01-16", "1", "1", {ibOrderID: "301", fifoPnlRealized: "98"}),
    {...shares("2026-01-05", "10", "5"), conid: "2", symbol: "BETA", orderReference: "bot-7"},
    {
      ...shares("2026-01-06", "-10", "4"),
      conid: "2",
      symbol: "BETA",
      orderReference: "bot-7",
      fifoPnlRealized: "-12"
    }
  ];
  const tags: TagBook = {
    entries: [{kind: "order", account: A, id: "300", tags: ["earnings"], note: ""}],
    rules: [
      {tag: "bot", field: "strategy", match: "starts with", value: "bot"},
      {tag: "puts", field: "structure", match: "contains", value: "put"}
    ]
  };
  const {byTag, campaigns: list, byStructure} = campaigns({trades, positions: open()}, {}, tags);
  expect(list.map((one) => [one.underlying, one.tags])).toEqual([
    ["ACME", ["earnings", "puts"]],
    ["BETA", ["bot"]]
  ]);
  expect(byTag.map((group) => [group.name, group.campaigns, group.gain.value, group.realized.value])).toEqual(
    [
      ["bot", 1, "-12", "-12"],
      ["earnings", 1, "98", "0"],
      ["puts", 1, "98", "98"]
    ]
  );
  expect(byStructure.map(({name, winRate}) => [name, winRate.value])).toEqual([
    ["cash-secured put", 1],
    ["stock", 0]
  ]);
  expect(campaigns({trades, positions: open()}, {tag: "bot"}, tags).campaigns).toHaveLength(1);
  expect(campaigns({trades, positions: open()}, {symbol: "acme"}, tags).campaigns).toHaveLength(1);
});

it("campaigns shows those that ran in the range, whole", () => {
  const lists = {
    trades: [shares("2026-01-05", "10", "50"), shares("2026-01-20", "-10", "51")],
    positions: open()
  };
  const between = (from: string, to: string) =>
    campaigns(lists, {range: "custom", from, to}).campaigns.map(({gain}) => gain.value);
  expect(between("2026-01-10", "2026-01-12")).toEqual(["8"]);
  expect(between("2026-01-20", "2026-01-30")).toEqual(["8"]);
  expect(between("2026-01-21", "2026-01-30")).toEqual([]);
  expect(between("2026-01-02", "2026-01-04")).toEqual([]);
});

const DAYS = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-12", "2026-01-13", "2026-01-20"];
const NAMES = ["ACME", "P 50 2026-02-20", "P 45 2026-02-20", "C 55 2026-02-20", "C 55 2026-03-20"];
const step = fc.record({
  day: fc.constantFrom(...DAYS),
  name: fc.constantFrom(...NAMES),
  quantity: fc.integer({min: -2, max: 2}).filter((n) => n !== 0),
  cents: fc.integer({min: 0, max: 6000}),
  kind: fc.constantFrom({}, {}, {}, ASSIGNED, EXPIRED)
});
const payment = fc.record({
  day: fc.constantFrom(...DAYS, END),
  exDate: fc.constantFrom(...DAYS, undefined),
  type: fc.constantFrom("Dividends", "Withholding Tax", "Other Fees", "Payment In Lieu Of Dividends"),
  cents: fc.integer({min: -500, max: 500}).filter((n) => n !== 0)
});

it("gains of campaigns and cash in none of them sum to all that was traded, paid and is held, exactly", () => {
  fc.assert(
    fc.property(
      fc.array(step, {maxLength: 14}),
      fc.array(payment, {maxLength: 5}),
      fc.constantFrom("40", "53.17"),
      (steps, payments, mark) => {
        const trades = steps
          .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
          .map(({day, name, quantity, cents, kind}) => {
            const price = String(cents / 100);
            return name === "ACME"
              ? shares(day, String(100 * quantity), price, kind)
              : option(day, name, String(quantity), price, kind);
          });
        const cash = payments.map(({day, exDate, type, cents}) => ({
          day,
          exDate,
          type,
          conid: "1",
          symbol: "ACME",
          currency: "USD",
          amount: String(cents / 100)
        }));
        const ends = NAMES.map((name) => {
          const all = steps.filter((one) => one.name === name);
          const quantity = all.reduce((sum, one) => sum + one.quantity * (name === "ACME" ? 100 : 1), 0);
          return held(END, name, String(quantity), mark);
        }).filter(({position}) => position !== "0");
        const view = campaigns({trades, cash, positions: open(...ends)});
        const sum = (texts: (string | undefined)[]) =>
          texts.reduce((total, text) => total + parseAmount(text ?? "0"), 0n);
        const expected = sum([
          ...trades.flatMap(({proceeds, ibCommission}) => [proceeds, ibCommission]),
          ...cash.map(({amount}) => amount),
          ...ends.map(({positionValue}) => positionValue)
        ]);
        const gains = sum([
          ...view.campaigns.map(({gain}) => gain.value ?? "0"),
          view.outside.amount.value ?? "0"
        ]);
        expect(gains).toBe(expected);
        for (const {gain, options, stock, dividends, fees} of view.campaigns)
          expect(
            sum([options.value, stock.value, dividends.value, fees.value].map((text) => text ?? "0"))
          ).toBe(parseAmount(gain.value as string));
        const rows = view.campaigns.flatMap((one) => one.rows);
        expect(new Set(rows).size).toBe(rows.length);
        expect(rows.length + view.outside.rows.length).toBe(trades.length + cash.length);
      }
    ),
    {numRuns: long(2000)}
  );
});
