import {describe, expect, it} from "vitest";
import {createAccounts} from "../../../../bridge/broker/ibkr/account.js";
import type {AccountFigures} from "../../../../lib/live/figures.js";
import type {TwsOptions} from "../../../../sim/tws/service.js";
import {ACCOUNT, CHIPS, CHIPS_ID, linked, NOW, order, phase, poll, VERSIONS, WATER_ID} from "./stand.js";

const OTHER = "DU7000002";

/** 200 shares at 150 dollars, 2,000 at 6.20 pounds; 1,000 dollars and 500 pounds; a pound is 1.25 dollars. */
const OPENINGS: NonNullable<TwsOptions["accounts"]> = [
  {
    account: ACCOUNT,
    cash: {USD: 1000, GBP: 500},
    positions: [
      {conId: CHIPS_ID, quantity: 200, averageCost: 120.25},
      {conId: WATER_ID, quantity: 2000, averageCost: 5.9}
    ]
  },
  {account: OTHER, cash: {USD: 40_000}, positions: []}
];

async function desk(options: TwsOptions = {}) {
  const one = await linked({accounts: OPENINGS, ...options});
  const pound = one.tws.catalogue.all.find(({localSymbol}) => localSymbol === "GBP.USD")!;
  one.tws.market.pin(CHIPS_ID, {last: 150, bid: 149.99, ask: 150.01, close: 150});
  one.tws.market.pin(WATER_ID, {last: 6.2, bid: 6.195, ask: 6.205, close: 6.2});
  const price = one.tws.market.price(pound, NOW);
  const told: AccountFigures[] = [];
  const accounts = createAccounts({
    wire: one.wire,
    now: () => NOW.getTime(),
    afterFillMs: 20,
    tell: (figures) => void told.push(figures)
  });
  const until = (account: string, fits: (figures: AccountFigures) => boolean) =>
    poll(() => {
      const figures = accounts.figures(account);
      return figures && fits(figures) ? figures : undefined;
    }, `figures of ${account}`);
  return {...one, told, accounts, until, pound: price};
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("figures(account) are the account's own books, in base, cash and rates by currency", async () => {
    const {wire, until, faults, pound} = await desk({version});
    const figures = await until(ACCOUNT, ({profit, rates}) => profit.daily !== null && "GBP" in rates);
    const net = 1000 + 500 * pound + 200 * 150 + 2000 * 6.2 * pound;
    const {initMargin, maintMargin, availableFunds, excessLiquidity, lookAhead, cushion} = figures;
    expect(figures).toMatchObject({
      account: ACCOUNT,
      currency: "USD",
      at: NOW.getTime(),
      cashByCurrency: {USD: 1000, GBP: 500}
    });
    expect(figures.netLiquidation).toBeCloseTo(net, 2);
    expect(figures.cash).toBeCloseTo(1000 + 500 * pound, 2);
    expect(figures.grossPosition).toBeCloseTo(200 * 150 + 2000 * 6.2 * pound, 2);
    expect(figures.equityWithLoan).toBeCloseTo(net, 2);
    expect(figures.rates.USD).toBe(1);
    expect(figures.rates.GBP).toBeCloseTo(pound, 6);
    expect(availableFunds! + initMargin!).toBeCloseTo(net, 2);
    expect(excessLiquidity! + maintMargin!).toBeCloseTo(net, 2);
    expect(cushion).toBeCloseTo(excessLiquidity! / net, 6);
    expect(lookAhead).toEqual({at: null, initMargin, maintMargin, excessLiquidity});
    expect(figures.profit.unrealized).toBeCloseTo(200 * (150 - 120.25) + 2000 * (6.2 - 5.9) * pound, 2);
    expect(figures.profit.realized).toBe(0);
    const other = await until(OTHER, ({profit}) => profit.daily !== null);
    expect(other).toMatchObject({netLiquidation: 40_000, cash: 40_000, cashByCurrency: {USD: 40_000}});
    expect([wire.protocolErrors, faults]).toEqual([0, []]);
  });

  it("the rate of a currency in which only shares are held is told, too", async () => {
    const {until, pound} = await desk({
      version,
      accounts: [
        {account: ACCOUNT, cash: {USD: 1000}, positions: [{conId: WATER_ID, quantity: 1, averageCost: 5}]}
      ]
    });
    const {rates, cashByCurrency} = await until(ACCOUNT, (figures) => "GBP" in figures.rates);
    expect(rates.GBP).toBeCloseTo(pound, 6);
    expect(cashByCurrency).toEqual({USD: 1000, GBP: 0});
  });

  it("figures(account) is null for an account that is not told of", async () => {
    const {accounts, until} = await desk({version});
    await until(ACCOUNT, () => true);
    expect(accounts.figures("U1")).toBeNull();
  });

  it("after a fill the summary is asked for anew, one subscription at a time", async () => {
    const {tws, wire, until, accounts} = await desk({version});
    await until(ACCOUNT, () => true);
    await wire.send("order", (api) =>
      api.placeOrder(1_000_000, CHIPS, order({totalQuantity: 10, lmtPrice: 151}))
    );
    await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder") || undefined, "the order");
    tws.tick();
    const {netLiquidation, cash} = await until(ACCOUNT, (figures) => figures.grossPosition! > 46_500);
    const summaries = () => tws.calls.filter(({request}) => request.kind === "accountSummary").length;
    await poll(() => summaries() === 2 || undefined, "the second summary");
    expect(netLiquidation! - cash!).toBeGreaterThan(46_500);
    expect(accounts.health()).toEqual({at: NOW.getTime(), problem: null});
  });

  it("figures go on after a reconnection and after 1101", async () => {
    const {tws, wire, readies, until} = await desk({version});
    await until(ACCOUNT, ({profit}) => profit.daily !== null);
    tws.controls.drop();
    await poll(() => readies.length === 2 || undefined, "the reconnection");
    tws.market.pin(CHIPS_ID, {last: 160});
    await until(ACCOUNT, ({grossPosition}) => grossPosition! > 32_000 + 2000 * 6);
    tws.controls.loseLink();
    await phase(wire, "cut");
    tws.market.pin(CHIPS_ID, {last: 170});
    tws.controls.restoreLink("lost");
    const {unrealized} = (await until(ACCOUNT, ({grossPosition}) => grossPosition! > 34_000 + 2000 * 6))
      .profit;
    expect(unrealized).toBeGreaterThan(0);
    expect(wire.protocolErrors).toBe(0);
  });

  it("changes are told once a turn, and only of accounts whose summary has come", async () => {
    const {told, until} = await desk({version});
    await until(ACCOUNT, ({profit, rates}) => profit.daily !== null && "GBP" in rates);
    expect(told.length).toBeLessThan(12); // some fifty rows came
    expect(told.every(({currency}) => currency === "USD")).toBe(true);
  });
});
