import {expect, it} from "vitest";
import {createFigures} from "../../../../lib/ledger/figures.js";
import type {TagBook} from "../../../../lib/ledger/tags/tag.js";
import type {TwinQuery} from "../../../../lib/ledger/twin/twin.js";
import {A, CONTEXT, ledgerOf, navRows} from "../tables.js";
import {ASSIGNED, held, option, shares} from "../campaigns/rows.js";

type Lists = Parameters<typeof ledgerOf>[0];

const twin = (lists: Lists, query: TwinQuery = {}, tags?: TagBook) =>
  createFigures(ledgerOf(lists), {...CONTEXT, ...(tags && {tags})}).twin(query);

const tagged = (kind: "order" | "position", id: string): TagBook => ({
  entries: [{kind, account: A, id, tags: ["x"], note: ""}],
  rules: []
});

/** 10,000 in cash; ten shares bought at 100 on the 6th, marked 110 and 121; cash 8,999 with the commission of 1. */
const BOUGHT: Lists = {
  nav: navRows({"2026-01-05": "10000", "2026-01-06": "9999", "2026-01-07": "10099", "2026-01-08": "10209"}),
  trades: [shares("2026-01-06", "10", "100", {ibOrderID: "300"})],
  positions: [
    held("2026-01-06", "ACME", "10", "100"),
    held("2026-01-07", "ACME", "10", "110"),
    held("2026-01-08", "ACME", "10", "121")
  ]
};

it("twin(query) without a purchase keeps its money and its commission", () => {
  const view = twin(BOUGHT);
  expect(view.twin).toEqual([10000, 10000, 10000, 10000]);
  expect(view.gain).toEqual({actual: {value: "209"}, twin: {value: "0"}, added: {value: "209"}});
  expect(view.return.twin.value).toBe(0);
  expect(view.return.added.value).toBeCloseTo(0.0209, 12);
  expect(view.without).toMatchObject({after: "2026-01-05", tag: null, rows: ["trades-0"]});
  expect(view.changed).toEqual([{symbol: "ACME", account: A, quantity: "10", value: {value: "1210"}}]);
});

it("twin(query) leaves the trades up to its day", () => {
  const view = twin(BOUGHT, {after: "2026-01-06"});
  expect(view.without.rows).toEqual([]);
  expect(view.gain.added.value).toBe("0");
  expect(view.twin).toEqual(view.actual);
});

it("twin(query) leaves out the trades of one tag, whatever it was given to", () => {
  expect(twin(BOUGHT, {tag: "x"}, tagged("order", "300")).gain.added.value).toBe("209");
  expect(twin(BOUGHT, {tag: "x"}, tagged("position", "1")).gain.added.value).toBe("209");
  expect(twin(BOUGHT, {tag: "y"}, tagged("position", "1")).gain.added.value).toBe("0");
});

it("twin(query) gets the dividends of what it holds at the ex-date, in proportion", () => {
  const dividend = {day: "2026-01-08", conid: "1", symbol: "ACME", currency: "USD", exDate: "2026-01-08"};
  const lists: Lists = {
    ...BOUGHT,
    trades: [shares("2026-01-06", "6", "100", {ibOrderID: "300"}), shares("2026-01-06", "4", "100")],
    cash: [
      {...dividend, type: "Dividends", amount: "20"},
      {...dividend, type: "Withholding Tax", amount: "-3"}
    ]
  };
  // of 17 the six shares got 10.2; their gain is 6 x 21 less a commission of 1
  expect(twin(lists, {tag: "x"}, tagged("order", "300")).gain.added.value).toBe("135.2");
});

it("twin(query) is not assigned on an option that it did not sell, nor does it get its shares", () => {
  const lists: Lists = {
    nav: navRows({"2026-01-05": "10000", "2026-01-06": "10100", "2026-01-16": "9700"}),
    trades: [
      option("2026-01-06", "P 50 2026-01-16", "-1", "2", {ibOrderID: "300", ibCommission: "0"}),
      option("2026-01-16", "P 50 2026-01-16", "1", "0", ASSIGNED),
      shares("2026-01-16", "100", "50", ASSIGNED)
    ],
    positions: [held("2026-01-06", "P 50 2026-01-16", "-1", "1"), held("2026-01-16", "ACME", "100", "45")]
  };
  const view = twin(lists, {tag: "x"}, tagged("order", "300"));
  expect(view.twin).toEqual([10000, 10000, 10000]);
  expect(view.gain.added.value).toBe("-300");
  expect(view.without.rows).toEqual(["trades-0"]);
});

it("twin(query) goes through a split with what it holds", () => {
  const split = {
    day: "2026-01-07",
    conid: "1",
    symbol: "ACME",
    currency: "USD",
    type: "FS",
    quantity: "10",
    actionID: "5"
  };
  const lists: Lists = {
    nav: navRows({"2026-01-05": "10000", "2026-01-06": "9998", "2026-01-07": "10098"}),
    trades: [shares("2026-01-06", "4", "100", {ibOrderID: "300"}), shares("2026-01-06", "6", "100")],
    corporate_actions: [split],
    positions: [held("2026-01-06", "ACME", "10", "100"), held("2026-01-07", "ACME", "20", "55")]
  };
  const view = twin(lists, {tag: "x"}, tagged("order", "300"));
  expect(view.gain.added.value).toBe("39");
  expect(view.changed).toMatchObject([{quantity: "8"}]);
});

it("twin(query) has no value where it holds what nobody marks, and says so", () => {
  const sold: Lists = {
    ...BOUGHT,
    nav: navRows({"2026-01-05": "10000", "2026-01-06": "9999", "2026-01-07": "10098", "2026-01-08": "10098"}),
    trades: [shares("2026-01-06", "10", "100"), shares("2026-01-07", "-10", "110", {closePrice: "111"})],
    positions: [held("2026-01-06", "ACME", "10", "100")]
  };
  const view = twin(sold, {after: "2026-01-06"});
  expect(view.twin).toEqual([10000, 9999, 10109, null]);
  expect(view.unknown).toEqual({days: 1, reason: "no mark of ACME on 2026-01-08"});
  expect(view.gain.added).toEqual({value: null, reason: "no mark of ACME on 2026-01-08"});
  expect(view.return.twin.reason).toBe("no mark of ACME on 2026-01-08");
  expect(view.assumptions.at(-1)).toContain("ACME: the twin holds it after 2026-01-07");
});

it("what the trades of a campaign added is what the campaign gained", () => {
  const lists: Lists = {
    ...BOUGHT,
    trades: [shares("2026-01-06", "10", "100"), shares("2026-01-08", "-10", "120")],
    positions: [
      held("2026-01-06", "ACME", "10", "100"),
      held("2026-01-07", "ACME", "10", "110"),
      {...held("2026-01-08", "ACME", "1", "1"), conid: "77"}
    ]
  };
  const context = {...CONTEXT, tags: tagged("position", "1")};
  const figures = createFigures(ledgerOf(lists), context);
  expect(figures.twin({tag: "x"}).gain.added.value).toBe("198");
  expect(figures.campaigns({symbol: "ACME"}).campaigns[0].gainBase.value).toBe("198");
});

it("twin(query) transfers between its accounts what it holds, and from elsewhere what came", () => {
  const other = "U7000002";
  const move = {day: "2026-01-07", conid: "1", symbol: "ACME", currency: "USD", assetCategory: "STK"};
  const lists: Lists = {
    nav: [
      ...navRows({"2026-01-05": "10000", "2026-01-06": "9999", "2026-01-07": "8999"}),
      ...navRows({"2026-01-05": "0", "2026-01-06": "0", "2026-01-07": "1100"}, other)
    ],
    trades: [shares("2026-01-06", "10", "100", {ibOrderID: "300"})],
    transfers: [
      {...move, direction: "OUT", counterparty: other, quantity: "-10", positionAmount: "-1100"},
      {...move, account: other, direction: "IN", counterparty: A, quantity: "10", positionAmount: "1100"}
    ],
    positions: [
      held("2026-01-06", "ACME", "10", "100"),
      {...held("2026-01-07", "ACME", "10", "110"), account: other}
    ]
  };
  const view = twin(lists, {tag: "x"}, tagged("order", "300"));
  expect(view.changed).toEqual([{symbol: "ACME", account: other, quantity: "10", value: {value: "1100"}}]);
  expect(view.gain.added.value).toBe("99");
  expect(view.assumptions.some((sentence) => sentence.startsWith("ACME"))).toBe(false);
});
