import {expect, it} from "vitest";
import {AAPL, ACCOUNT, ask, MSFT, NOW, openDesk, ScriptedBroker} from "./desk.js";

const nav = (day: string, value = 100_000, flowsSince = 0) => ({
  statementNav: () => ({day, value, flowsSince})
});

async function atIbkr(
  options: Parameters<typeof openDesk>[1] = {},
  change?: (broker: ScriptedBroker) => void
) {
  const broker = new ScriptedBroker("ibkr");
  change?.(broker);
  const {desk} = await openDesk(broker, {mode: "ibkr-paper", ...nav("2026-11-19"), ...options});
  return {
    broker,
    desk,
    reason: async (more = {}) => (await desk.submit(ask(more), "a page")).decision.reason
  };
}

it("the day's loss is the last session's NAV and flows less what the account is worth", async () => {
  const worth = (value: number, options = {}) => atIbkr(options, (broker) => (broker.netLiquidation = value));
  expect(await (await worth(98_000)).reason()).toBe(null);
  expect(await (await worth(97_999)).reason()).toBe("the day's loss, 2001, is above 2000");
  expect(await (await worth(97_999, nav("2026-11-19", 100_000, -500))).reason()).toBe(null);
});

it("money paid in today does not hide a loss that IBKR tells of", async () => {
  const {reason} = await atIbkr({}, (broker) => (broker.daily = -2500));
  expect(await reason()).toBe("the day's loss, 2500, is above 2000");
});

it("without a NAV of the last session only what reduces a position passes", async () => {
  const held = (broker: ScriptedBroker) => (broker.held = [{account: ACCOUNT, conId: AAPL, units: 10}]);
  const old = await atIbkr(nav("2026-11-18"), held);
  expect(await old.reason({conId: MSFT, limit: 50})).toMatch(
    "the last statement ends on 2026-11-18, before the last session, 2026-11-19"
  );
  expect(await old.reason({action: "SELL"})).toBe(null);
  const none = await atIbkr({statementNav: () => null}, held);
  expect(await none.reason({conId: MSFT, limit: 50})).toMatch("no statement tells the net asset value");
});

it("margin is asked of the broker, and an order without an answer is refused", async () => {
  const {reason} = await atIbkr({}, (broker) => Object.assign(broker, {hasMargin: true}));
  expect(await reason()).toBe("IBKR did not say what it does to the margin");
});

it("a quote that is delayed, old or missing refuses market orders; a limit that was typed passes", async () => {
  const quotes: ((broker: ScriptedBroker) => void)[] = [
    (broker) => broker.quote$(AAPL, 100, {kind: "delayed"}),
    (broker) => broker.quote$(AAPL, 100, {at: NOW - 60_000}),
    (broker) => broker.quotes.delete(AAPL)
  ];
  for (const change of quotes) {
    const broker = new ScriptedBroker();
    change(broker);
    const {desk} = await openDesk(broker);
    const market = await desk.submit(ask({type: "MKT", limit: undefined!}), "a page");
    expect(market.decision.reason).toMatch(/live quote|price or a rate is missing/);
    expect((await desk.submit(ask(), "a page")).decision.allowed).toBe(true);
    expect(
      (await desk.submit(ask({strategy: "sma-cross", quantity: 9}), "a strategy")).decision.allowed
    ).toBe(false);
  }
});

it("what works already counts: of a bracket's children none while the parent waits", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const limits = desk.limits(ACCOUNT);
  desk.setLimits(ACCOUNT, {...limits, account: {...limits.account, grossNotional: 2500}}, "a person");
  await desk.submit(ask({bracket: {takeProfit: 110, stopLoss: 95}}), "a page");
  expect((await desk.submit(ask({quantity: 15}), "a page")).decision.allowed).toBe(true);
  expect((await desk.submit(ask({quantity: 1}), "a page")).decision.reason).toMatch(
    "the gross notional, 2600, is above 2500"
  );
});

it("limits hold from the moment they are set, for a strategy within those of the account", async () => {
  const broker = new ScriptedBroker();
  const {desk} = await openDesk(broker);
  const limits = desk.limits(ACCOUNT);
  desk.setLimits(ACCOUNT, {...limits, strategies: {"sma-cross": {orderUnits: 5}}}, "a person");
  expect((await desk.submit(ask({strategy: "sma-cross"}), "it")).decision.reason).toBe(
    "units, 10, is above 5"
  );
  expect((await desk.submit(ask(), "a page")).decision.allowed).toBe(true);
  expect(
    desk.riskEvents({limit: 9}).some(({kind, reason}) => kind === "limits" && reason.includes("a person"))
  ).toBe(true);
});

it("REDUCING lets only what reduces go, HALTED nothing", async () => {
  const broker = new ScriptedBroker();
  broker.held = [{account: ACCOUNT, conId: AAPL, units: 10}];
  const {desk} = await openDesk(broker);
  desk.setState("REDUCING", "a person", "calm down");
  expect((await desk.submit(ask(), "a page")).decision.reason).toBe(
    "only orders that reduce a position go out"
  );
  expect((await desk.submit(ask({action: "SELL"}), "a page")).decision.allowed).toBe(true);
  desk.setState("HALTED", "a person", "stop");
  expect(desk.status().blocked).toBe("trading is halted");
  expect((await desk.submit(ask({action: "SELL", quantity: 1}), "a page")).decision.reason).toBe(
    "trading is halted"
  );
});

it("live orders need a live account, a live port, and the account's id typed once per start", async () => {
  const live = (account: string, port: number) =>
    atIbkr({mode: "live", port}, (broker) => (broker.account = account));
  expect((await live("DU1000001", 7496)).desk.status().blocked).toMatch(
    "is a paper account, and TRADING_MODE is live"
  );
  expect((await live("U1000001", 7497)).desk.status().blocked).toMatch(
    "port 7497 is not one of 7496 and 4001"
  );
  const {desk, broker} = await live("U1000001", 7496);
  expect(desk.status()).toMatchObject({isConfirmed: false, blocked: expect.stringMatching("typed in")});
  const refused = await desk.submit(ask({account: "U1000001"}), "a page");
  expect(refused.decision.reason).toMatch("live trading waits");
  expect(() => desk.confirm("U1", "a person")).toThrow("not the id of an account");
  desk.confirm("U1000001", "a person");
  const {decision} = await desk.submit(ask({account: "U1000001"}), "a page");
  expect(decision.rules.find(({rule}) => rule === "ready")?.passed).toBe(true);
  expect(broker.placed).toHaveLength(1);
});

it("a preview tells the account after the order and writes nothing down", async () => {
  const broker = new ScriptedBroker();
  broker.held = [{account: ACCOUNT, conId: AAPL, units: 30}];
  const lots = [{opened: "2025-01-02", units: 10, cost: 80, gain: 200, isLongTerm: true}];
  const {desk} = await openDesk(broker, {lotsTaken: async ({units}) => (units === -10 ? lots : [])});
  const lines = desk.journal({after: 0, limit: 100}).length;
  const preview = await desk.preview(ask({action: "SELL"}));
  expect(preview).toMatchObject({
    decision: {allowed: true},
    label: "AAPL",
    units: {before: 30, after: 20},
    price: 100,
    value: 1000,
    cash: {before: 50_000, after: 51_000},
    weight: {before: 0.03, after: 0.02},
    currencyExposure: {before: 0.53, after: 0.53},
    currencyCash: {before: 50_000, after: 51_000},
    margin: null,
    lots,
    notes: []
  });
  expect(desk.journal({after: 0, limit: 100})).toHaveLength(lines);
});
