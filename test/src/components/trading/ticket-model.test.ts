import * as fc from "fast-check";
import {expect, it} from "vitest";
import {OrderAsk} from "../../../../lib/orders/desk.js";
import {
  BLANK,
  orderInWords,
  pricesOf,
  readTicket,
  TYPE_NAMES,
  type TicketFields
} from "../../../../src/components/trading/ticket-model.js";

const ID = "5c2fb3bb-9b0c-4d50-a1c8-6e6a5d7f8a01";
const NOW = Date.parse("2026-03-02T15:00:00Z");
const SHARE = {conId: 11, steps: [{from: 0, increment: 0.01}]};

const typed = (fields: Partial<TicketFields>): TicketFields => ({
  ...BLANK,
  account: "DU1",
  quantity: "100",
  limit: "10.25",
  ...fields
});
const read = (fields: Partial<TicketFields>, contract: typeof SHARE | null = SHARE) =>
  readTicket(typed(fields), contract, ID, NOW);

it("readTicket(fields, contract, id, now) is the order that the ticket says", () => {
  expect(read({}).ask).toEqual({
    id: ID,
    account: "DU1",
    conId: 11,
    action: "BUY",
    quantity: 100,
    type: "LMT",
    limit: 10.25,
    tif: "DAY"
  });
  const bracket = {takeProfit: "12", stopLoss: "9.5", outsideHours: true, tif: "GTC" as const};
  expect(read(bracket).ask).toMatchObject({
    bracket: {takeProfit: 12, stopLoss: 9.5},
    outsideHours: true,
    tif: "GTC"
  });
});

it("readTicket(fields, contract, id, now) takes the prices of its type alone, whatever stands in hidden fields", () => {
  expect(read({type: "MKT", stop: "x", trail: "-1"}).ask).not.toHaveProperty("limit");
  expect(read({type: "STP LMT", stop: "10"}).ask).toMatchObject({stop: 10, limit: 10.25});
  expect(read({type: "TRAIL", trail: "2.5"}).ask).toMatchObject({trail: {fraction: 0.025}});
  expect(read({type: "TRAIL", trail: "0.5", trailUnit: "amount"}).ask).toMatchObject({trail: {amount: 0.5}});
  expect(read({type: "TRAIL", trail: "1", takeProfit: "12"}).ask).not.toHaveProperty("bracket");
});

it("readTicket(fields, contract, id, now) says what is wrong, each field by itself", () => {
  for (const quantity of ["", "0", "-5", "NaN", "Infinity", "1e3", "1,000", "ten"])
    expect(Object.keys(read({quantity}).problems ?? {}), quantity).toEqual(["quantity"]);
  expect(read({account: "", limit: "x"}, null).problems).toMatchObject({
    account: "choose an account",
    contract: "choose what to trade",
    limit: "a number, as 100 or 0.5"
  });
  expect(read({limit: "10.253"}).problems).toEqual({limit: "between two ticks: 10.25 or 10.26"});
  expect(read({type: "TRAIL", trail: "101"}).problems).toEqual({trail: "at most 100 percent"});
  expect(read({takeProfit: "-1"}).problems).toEqual({takeProfit: "above zero"});
});

it("readTicket(fields, contract, id, now) wants a last moment that is to come", () => {
  expect(read({tif: "GTD", until: ""}).problems).toEqual({until: "a time to come"});
  expect(read({tif: "GTD", until: "2026-03-02T14:00Z"}).problems).toEqual({until: "a time to come"});
  expect(read({tif: "GTD", until: "2026-03-02T16:00Z"}).ask).toMatchObject({until: NOW + 3_600_000});
});

it("readTicket(fields, contract, id, now) takes a price below zero, as spreads have", () => {
  expect(read({limit: "−0.05"}).ask).toMatchObject({limit: -0.05});
});

it("readTicket(fields, contract, id, now) gives what the bridge takes, of every type", () => {
  const types = fc.constantFrom(...(Object.keys(TYPE_NAMES) as TicketFields["type"][]));
  const cents = fc.integer({min: 1, max: 100_000}).map((n) => (n / 100).toFixed(2));
  fc.assert(
    fc.property(types, cents, cents, cents, (type, limit, stop, quantity) => {
      const {ask} = read({type, limit, stop, quantity, trail: "5", takeProfit: limit});
      expect(OrderAsk.safeParse(ask).success).toBe(true);
      expect(ask?.quantity).toBe(Number(quantity));
    })
  );
});

it("pricesOf(type) names those that the risk gate asks for", () => {
  expect([pricesOf("LMT"), pricesOf("STP"), pricesOf("STP LMT"), pricesOf("MKT"), pricesOf("TRAIL")]).toEqual(
    [["limit"], ["stop"], ["stop", "limit"], [], ["trail"]]
  );
});

it("orderInWords(order, label) says side, size, prices and time", () => {
  expect(orderInWords(read({}).ask!, "INVT")).toBe("Buy 100 INVT, limit 10.25, day");
  expect(orderInWords(read({type: "MKT", action: "SELL", quantity: "0.5"}).ask!, "INVT")).toBe(
    "Sell 0.5 INVT, market, day"
  );
  expect(orderInWords(read({type: "STP LMT", stop: "10"}).ask!, "INVT")).toBe(
    "Buy 100 INVT, stop 10.00, limit 10.25, day"
  );
  expect(orderInWords(read({type: "TRAIL", trail: "2.5", tif: "GTC"}).ask!, "INVT")).toBe(
    "Buy 100 INVT, trailing by 2.50%, until cancelled"
  );
});
