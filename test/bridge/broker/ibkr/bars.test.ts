import {describe, expect, it} from "vitest";
import type {ContractFacts} from "../../../../bridge/broker/broker.js";
import {type BarsAsk, type BrokerBar, historicalBars} from "../../../../bridge/broker/ibkr/bars.js";
import {createContracts} from "../../../../bridge/broker/ibkr/contracts.js";
import {createHistoricalPacing} from "../../../../bridge/broker/ibkr/historical-pacing.js";
import {realTimeBars} from "../../../../bridge/broker/ibkr/real-time-bars.js";
import type {TwsOptions} from "../../../../sim/tws/service.js";
import {CHIPS_ID, linked, NOW, poll, VERSIONS, WATER_ID} from "./stand.js";

async function desk(options: TwsOptions = {}) {
  const one = await linked(options);
  const now = () => NOW.getTime();
  const contracts = createContracts(one.wire, now);
  const facts = async (conId: number): Promise<ContractFacts> => (await contracts.find({conId}))[0];
  const pacing = createHistoricalPacing(() => performance.now());
  const pages = async (conId: number, ask: BarsAsk) => {
    const all: BrokerBar[][] = [];
    for await (const page of historicalBars({wire: one.wire, pacing, now}, await facts(conId), ask))
      all.push(page);
    return all;
  };
  const asked = () =>
    one.tws.calls.flatMap(({request}) => (request.kind === "historicalData" ? [request] : []));
  return {...one, facts, pages, asked, contracts};
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("days of a share are those of the exchange, in the share's currency, weekends left out", async () => {
    const {tws, wire, pages, asked} = await desk({version});
    tws.market.pin(WATER_ID, {last: 6.2});
    const [bars, ...rest] = await pages(WATER_ID, {from: "2026-11-12", to: "2026-11-18", frequency: "1d"});
    expect(rest).toEqual([]);
    expect(bars.map(({day, from}) => [day, from])).toEqual(
      ["2026-11-12", "2026-11-13", "2026-11-16", "2026-11-17", "2026-11-18"].map((day) => [day, null])
    );
    const water = tws.catalogue.byId(WATER_ID)!;
    for (const {open, high, low, close, volume} of bars) {
      expect(low).toBeGreaterThan(water.price / 2); // pounds, not pence
      expect(high).toBeLessThan(water.price * 2);
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(volume).toBeGreaterThan(0);
    }
    expect(asked()).toEqual([
      expect.objectContaining({duration: "7 D", end: "20261119-00:00:00", barSize: "1 day", what: "TRADES"})
    ]);
    expect(wire.protocolErrors).toBe(0);
  });

  it("hours have the moment at which they began", async () => {
    const {wire, pages} = await desk({version});
    const bars = (await pages(CHIPS_ID, {from: "2026-11-18", to: "2026-11-19", frequency: "1h"})).flat();
    expect(bars.map(({day}) => day)).toEqual([
      ...Array.from({length: 7}, () => "2026-11-18"),
      ...Array.from({length: 7}, () => "2026-11-19")
    ]);
    expect(new Date(bars[0].from!).toISOString()).toBe("2026-11-18T14:30:00.000Z"); // 9:30 in New York
    expect(bars[1].from! - bars[0].from!).toBe(3_600_000);
    expect(wire.protocolErrors).toBe(0);
  });
});

it("two years are asked for year by year, each day once and in order", async () => {
  const {pages, asked} = await desk();
  const found = await pages(CHIPS_ID, {from: "2024-11-01", to: "2026-11-20", frequency: "1d"});
  const days = found.flat().map(({day}) => day);
  expect(asked().map(({duration}) => duration)).toEqual(["365 D", "365 D", "20 D"]);
  expect(days).toEqual([...new Set(days)].sort());
  expect([days[0], days.at(-1)]).toEqual(["2024-11-01", "2026-11-20"]);
  expect(days.length).toBeGreaterThan(500);
  expect(asked().at(-1)?.end).toBe(""); // up to now
});

it("currencies are midpoints of all hours, without volume", async () => {
  const {tws, pages, asked} = await desk();
  const pair = tws.catalogue.all.find(({localSymbol}) => localSymbol === "EUR.USD")!;
  const [[bar]] = await pages(pair.conId, {from: "2026-11-18", to: "2026-11-18", frequency: "1d"});
  expect([bar.volume, bar.vwap, bar.trades]).toEqual([null, null, null]);
  expect(bar.close).toBeCloseTo(pair.price, 1);
  expect(asked()[0]).toMatchObject({what: "MIDPOINT", regularHours: false});
});

it("days that are still to come, and those of which TWS has nothing, give no bars", async () => {
  const {pages, asked} = await desk();
  await expect(pages(CHIPS_ID, {from: "2026-11-23", to: "2026-11-30", frequency: "1d"})).resolves.toEqual([]);
  expect(asked()).toEqual([]);
  await expect(pages(CHIPS_ID, {from: "2026-11-14", to: "2026-11-15", frequency: "1m"})).resolves.toEqual([]);
});

it("a contract whose zone is not known, and a link that is gone, are said", async () => {
  const {facts, wire} = await desk();
  const tools = {wire, now: () => NOW.getTime(), pacing: createHistoricalPacing(() => performance.now())};
  const ask: BarsAsk = {from: "2026-11-18", to: "2026-11-18", frequency: "1d"};
  const chips = await facts(CHIPS_ID);
  await expect(historicalBars(tools, {...chips, timeZone: null}, ask).next()).rejects.toMatchObject({
    status: 422,
    code: "no-zone"
  });
  const gone = {...chips, contract: {...chips.contract, conId: 5}};
  await expect(historicalBars(tools, gone, ask).next()).rejects.toMatchObject({code: "bars-refused"});
  await expect(
    historicalBars(tools, chips, ask, AbortSignal.abort(new Error("enough"))).next()
  ).rejects.toThrow("enough");
  await wire.close();
  await expect(historicalBars(tools, chips, ask).next()).rejects.toMatchObject({status: 503});
});

it.each(VERSIONS)(
  "realTimeBars tells each five seconds, in pounds, again after a reconnection, at version %i",
  async (version) => {
    let now = NOW.getTime();
    const {tws, wire, facts, readies} = await desk({version, clock: () => new Date(now)});
    const water = await facts(WATER_ID);
    const bars: BrokerBar[] = [];
    const problems: string[] = [];
    const end = realTimeBars(
      wire,
      water,
      (bar) => void bars.push(bar),
      (sentence) => void problems.push(sentence)
    );
    const requests = (kind: string) => tws.calls.filter(({request}) => request.kind === kind).length;
    const pass = () => {
      now += 5000;
      tws.tick();
    };
    await poll(() => requests("realTimeBars") === 1 || undefined, "the request");
    pass();
    await poll(() => bars.length === 1 || undefined, "a bar");
    expect(bars[0]).toMatchObject({day: "2026-11-20", from: NOW.getTime()});
    expect(bars[0].close).toBeCloseTo(tws.market.price(tws.catalogue.byId(WATER_ID)!, new Date(now)), 6);
    tws.controls.drop();
    await poll(() => readies.length === 2 || undefined, "the reconnection");
    await poll(() => requests("realTimeBars") === 2 || undefined, "the second request");
    pass();
    await poll(() => bars.length === 2 || undefined, "another bar");
    end();
    await poll(() => requests("cancelRealTimeBars") === 1 || undefined, "the end");
    expect(problems).toEqual([]);
    const off = realTimeBars(
      wire,
      {...water, contract: {...water.contract, conId: 5}},
      () => undefined,
      (sentence) => problems.push(sentence)
    );
    await poll(() => problems.length || undefined, "the refusal");
    expect(problems[0]).toMatch(/^TWS gives no bars of RVGQ: .*\(200\)$/);
    off();
    expect(wire.protocolErrors).toBe(0);
  }
);
