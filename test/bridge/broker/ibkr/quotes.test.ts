import {describe, expect, it} from "vitest";
import type {ContractFacts} from "../../../../bridge/broker/broker.js";
import {createContracts} from "../../../../bridge/broker/ibkr/contracts.js";
import {createQuotes, type QuotesOptions} from "../../../../bridge/broker/ibkr/quotes.js";
import type {LiveQuote} from "../../../../lib/live/figures.js";
import {CHIPS_ID, linked, NOW, phase, poll, VERSIONS, WATER_ID} from "./stand.js";

const PIN = {
  last: 150,
  bid: 149.98,
  ask: 150.02,
  bidSize: 300,
  askSize: 400,
  lastSize: 100,
  open: 149,
  high: 151,
  low: 148.5,
  close: 148,
  volume: 12_000
};

async function desk(options: Parameters<typeof linked>[0] = {}, quoting: Partial<QuotesOptions> = {}) {
  const one = await linked(options);
  const told: LiveQuote[] = [];
  const quotes = createQuotes({
    wire: one.wire,
    now: () => NOW.getTime(),
    tell: (quote) => void told.push(quote),
    ...quoting
  });
  const contracts = createContracts(one.wire, () => NOW.getTime());
  const facts = async (conId: number): Promise<ContractFacts> => (await contracts.find({conId}))[0];
  const until = (conId: number, fits: (quote: LiveQuote) => boolean) =>
    poll(() => {
      const quote = quotes.get(conId);
      return quote && fits(quote) ? quote : undefined;
    }, `a quote of ${conId}`);
  const asked = () => one.tws.calls.filter(({request}) => request.kind === "marketData").length;
  return {...one, told, quotes, facts, until, asked};
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("watch(facts) gives a live quote, bid's size and all, and each step's news once", async () => {
    const {tws, wire, quotes, facts, until, told, faults} = await desk({version});
    tws.market.pin(CHIPS_ID, PIN);
    quotes.watch(await facts(CHIPS_ID));
    expect(quotes.get(CHIPS_ID)).toBeNull();
    await expect(until(CHIPS_ID, ({volume}) => volume !== null)).resolves.toEqual({
      conId: CHIPS_ID,
      kind: "live",
      at: NOW.getTime(),
      problem: null,
      greeks: null,
      ...PIN
    });
    await poll(() => told.length || undefined, "news");
    const before = told.length;
    tws.market.pin(CHIPS_ID, {...PIN, bid: 150, ask: 150.04, bidSize: 500});
    tws.tick();
    const moved = await until(CHIPS_ID, ({bid}) => bid === 150);
    expect([moved.ask, moved.bidSize, moved.last]).toEqual([150.04, 500, 150]);
    await poll(() => told.length > before || undefined, "the next news");
    expect(told.slice(before)).toEqual([moved]);
    expect([wire.protocolErrors, faults]).toEqual([0, []]);
  });

  it("a London share ticks in pence and is quoted in pounds", async () => {
    const {tws, quotes, facts, until} = await desk({version});
    tws.market.pin(WATER_ID, {
      ...PIN,
      last: 6.2,
      bid: 6.195,
      ask: 6.205,
      open: 6.15,
      high: 6.25,
      low: 6.1,
      close: 6
    });
    quotes.watch(await facts(WATER_ID));
    const {bid, ask, last, open, high, low, close} = await until(WATER_ID, ({volume}) => volume !== null);
    expect([bid, ask, last, open, high, low, close]).toEqual([6.195, 6.205, 6.2, 6.15, 6.25, 6.1, 6]);
  });

  it("an option has the greeks of its model's price", async () => {
    const {tws, wire, quotes, facts, until} = await desk({version});
    const call = tws.catalogue.all.find(
      ({secType, right, strike}) => secType === "OPT" && right === "C" && strike === 145
    )!;
    tws.market.pin(CHIPS_ID, PIN);
    quotes.watch(await facts(call.conId));
    const {greeks} = await until(call.conId, (quote) => quote.greeks !== null);
    expect(greeks).toMatchObject({impliedVolatility: 0.38, underlying: 150});
    expect(greeks!.delta).toBeGreaterThan(0.5);
    expect(greeks!.theta).toBeLessThan(0);
    expect(wire.protocolErrors).toBe(0);
  });

  it("delayed and frozen quotes say so", async () => {
    const delayed = await desk({version, faults: {marketData: "delayed"}});
    delayed.quotes.watch(await delayed.facts(CHIPS_ID));
    const quote = await delayed.until(CHIPS_ID, ({volume}) => volume !== null);
    expect([quote.kind, quote.problem]).toEqual(["delayed", null]);
    expect(quote.bid).toBeLessThan(quote.ask!);
    expect(quote.bidSize).toBeGreaterThan(0);

    const frozen = await desk({version, hours: () => false});
    frozen.quotes.watch(await frozen.facts(CHIPS_ID));
    expect((await frozen.until(CHIPS_ID, ({volume}) => volume !== null)).kind).toBe("frozen");

    const both = await desk({version, hours: () => false, faults: {marketData: "delayed"}});
    both.quotes.watch(await both.facts(CHIPS_ID));
    expect((await both.until(CHIPS_ID, ({volume}) => volume !== null)).kind).toBe("delayed-frozen");
    expect([delayed, frozen, both].map(({wire}) => wire.protocolErrors)).toEqual([0, 0, 0]);
  });

  it("-1 is no price", async () => {
    const {tws, quotes, facts, until} = await desk({version});
    tws.market.pin(CHIPS_ID, {...PIN, bid: -1, bidSize: 0});
    quotes.watch(await facts(CHIPS_ID));
    const quote = await until(CHIPS_ID, ({volume}) => volume !== null);
    expect([quote.bid, quote.ask]).toEqual([null, 150.02]);
  });

  it("holders share one line; the last one closes it, and releasing twice counts once", async () => {
    const {tws, wire, quotes, facts, until, asked} = await desk({version});
    const chips = await facts(CHIPS_ID);
    const [first, second] = [quotes.watch(chips), quotes.watch(chips)];
    await until(CHIPS_ID, ({last}) => last !== null);
    expect([asked(), wire.status().lines]).toEqual([1, {used: 1, budget: 100}]);
    first();
    first();
    expect(quotes.get(CHIPS_ID)).not.toBeNull();
    second();
    expect(quotes.get(CHIPS_ID)).toBeNull();
    await poll(
      () => tws.calls.some(({request}) => request.kind === "cancelMarketData") || undefined,
      "the cancel"
    );
    await poll(() => wire.status().lines.used === 0 || undefined, "the line's release");
  });

  it("a line beyond the budget says so, and opens when another is released", async () => {
    const {quotes, facts, until, asked} = await desk({version}, {lines: 1});
    const release = quotes.watch(await facts(CHIPS_ID));
    quotes.watch(await facts(WATER_ID));
    const refused = await until(WATER_ID, ({problem}) => problem !== null);
    expect(refused.problem).toBe(
      "no market data for RVGQ: all 1 market-data lines are in use: close quotes that nobody needs"
    );
    expect(refused.last).toBeNull();
    await until(CHIPS_ID, ({last}) => last !== null);
    release();
    expect((await until(WATER_ID, ({last}) => last !== null)).problem).toBeNull();
    expect(asked()).toBe(2);
  });

  it.each([
    [{marketData: "none"}, /subscribe in Client Portal.*\(354\)$/],
    [{competing: true}, /another session of the same user has them.*\(10197\)$/]
  ] as const)("with %o a quote says why there is none", async (faults, problem) => {
    const {quotes, facts, until} = await desk({version, faults});
    quotes.watch(await facts(CHIPS_ID));
    const quote = await until(CHIPS_ID, (one) => one.problem !== null);
    expect(quote.problem).toMatch(problem);
    expect([quote.bid, quote.ask, quote.last]).toEqual([null, null, null]);
  });

  it("an unknown contract's quote says that TWS does not know it", async () => {
    const {quotes, facts, until} = await desk({version});
    const chips = await facts(CHIPS_ID);
    quotes.watch({...chips, label: "GONE", contract: {...chips.contract, conId: 5}});
    expect((await until(5, ({problem}) => problem !== null)).problem).toBe(
      "no market data for GONE: TWS does not know this contract (200)"
    );
  });

  it("a line that another session has taken is tried again after a while", async () => {
    const {tws, quotes, facts, until} = await desk({version, faults: {competing: true}}, {laterMs: 30});
    quotes.watch(await facts(CHIPS_ID));
    await until(CHIPS_ID, ({problem}) => problem !== null);
    tws.faults.competing = false;
    expect((await until(CHIPS_ID, ({last}) => last !== null)).problem).toBeNull();
  });

  it("lines are asked for again after a reconnection and after 1101, not after 1102", async () => {
    const {tws, wire, readies, quotes, facts, until, asked} = await desk({version});
    quotes.watch(await facts(CHIPS_ID));
    await until(CHIPS_ID, ({last}) => last !== null);
    tws.controls.drop();
    await poll(() => readies.length === 2 || undefined, "the reconnection");
    await poll(() => asked() === 2 || undefined, "the second line");
    tws.controls.loseLink();
    await phase(wire, "cut");
    tws.controls.restoreLink("kept");
    await phase(wire, "ready");
    tws.market.pin(CHIPS_ID, {...PIN, last: 153});
    tws.tick();
    await until(CHIPS_ID, ({last}) => last === 153);
    expect(asked()).toBe(2);
    tws.controls.loseLink();
    await phase(wire, "cut");
    tws.controls.restoreLink("lost");
    await poll(() => asked() === 3 || undefined, "the third line");
    tws.market.pin(CHIPS_ID, {...PIN, last: 154});
    await poll(() => (tws.tick(), quotes.get(CHIPS_ID)?.last === 154 || undefined), "the quote after it");
    expect(wire.protocolErrors).toBe(0);
  });

  it("what is watched while TWS has lost IBKR opens once it is back", async () => {
    const {tws, wire, quotes, facts, until} = await desk({version});
    const chips = await facts(CHIPS_ID);
    tws.controls.loseLink();
    await phase(wire, "cut");
    quotes.watch(chips);
    tws.controls.restoreLink("kept");
    await until(CHIPS_ID, ({last}) => last !== null);
  });

  it("the rejection of an order with the number of a line's request leaves the line alone", async () => {
    const {tws, wire, quotes, facts, until} = await desk({version});
    quotes.watch(await facts(CHIPS_ID));
    await until(CHIPS_ID, ({last}) => last !== null);
    const {reqId} = tws.calls.find(({request}) => request.kind === "marketData")!.request as {reqId: number};
    await wire.send("cancel", (api) => api.cancelOrder(reqId));
    await wire.send("request", (api) => api.reqCurrentTime());
    tws.market.pin(CHIPS_ID, PIN);
    await poll(() => (tws.tick(), quotes.get(CHIPS_ID)?.last === 150 || undefined), "a later quote");
    expect(quotes.get(CHIPS_ID)!.problem).toBeNull();
  });
});
