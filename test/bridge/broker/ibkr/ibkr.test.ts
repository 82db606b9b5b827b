/** A whole session over the Broker port: what is told equals the stand-in's own books. */

import {describe, expect, it} from "vitest";
import type {Broker, BrokerEvent, ContractFacts} from "../../../../bridge/broker/broker.js";
import {createIbkrBroker} from "../../../../bridge/broker/ibkr/ibkr.js";
import type {TwsOptions} from "../../../../sim/tws/service.js";
import type {OrderIntent} from "../../../../lib/orders/order.js";
import {ACCOUNT, CHIPS_ID, linked, NOW, phase, poll, VERSIONS, WATER_ID} from "./stand.js";

async function session(options: TwsOptions = {}) {
  let now = NOW.getTime();
  const one = await linked({clock: () => new Date(now), ...options});
  const faults: unknown[] = [];
  const broker = createIbkrBroker({
    wire: one.wire,
    log: {error: (...words: unknown[]) => void faults.push(words)} as never, // all that is called of it
    now: () => now
  });
  const events: BrokerEvent[] = [];
  broker.subscribe((event) => void events.push(event));
  one.tws.market.pin(CHIPS_ID, {
    last: 150,
    bid: 149.99,
    ask: 150.01,
    bidSize: 5000,
    askSize: 5000,
    close: 148
  });
  one.tws.market.pin(WATER_ID, {last: 6.2, bid: 6.195, ask: 6.205, bidSize: 5000, askSize: 5000, close: 6.1});
  const of = <K extends BrokerEvent["kind"]>(kind: K) =>
    events.filter((event): event is Extract<BrokerEvent, {kind: K}> => event.kind === kind);
  const facts = async (conId: number): Promise<ContractFacts> => (await broker.contracts({conId}))[0];
  const pass = (ms: number) => {
    now += ms;
    one.tws.tick();
  };
  return {...one, broker, of, facts, pass, faults};
}

const held = (broker: Broker) =>
  broker
    .positions()
    .map(({account, contract, units}) => ({account, conId: contract.conId, quantity: units}))
    .sort((a, b) => a.conId - b.conId);

const own = (tws: {positions(): {account: string; conId: number; quantity: number}[]}) =>
  tws.positions().sort((a, b) => a.conId - b.conId);

const order = ({contract}: ContractFacts, fields: Partial<OrderIntent>): OrderIntent => ({
  id: "5d3f0d5a-4b1e-4f5a-9a60-1f2e3d4c5b6a",
  at: NOW.getTime(),
  account: ACCOUNT,
  contract,
  action: "BUY",
  quantity: 100,
  type: "LMT",
  tif: "DAY",
  ...fields
});

describe.each(VERSIONS)("at version %i", (version) => {
  it("a day with TWS: figures, positions and quotes are its own, through a reconnection and 1101", async () => {
    const {tws, wire, broker, of, facts, pass, readies, faults} = await session({version});
    const {accounts, serverVersion} = broker.status();
    expect([accounts, serverVersion]).toEqual([["DU7000001", "DU7000002"], version]);
    await poll(() => broker.positions().length === own(tws).length || undefined, "the positions");
    expect(held(broker)).toEqual(own(tws));
    const other = await poll(() => broker.figures("DU7000002") ?? undefined, "the other account");
    const [index] = broker.positions("DU7000002");
    await poll(() => broker.positions("DU7000002")[0].value !== null || undefined, "its worth");
    const {value} = broker.positions("DU7000002")[0];
    expect([index.units, other.cash]).toEqual([100, 40_000]);
    expect(other.netLiquidation).toBeCloseTo(40_000 + value!, 2);

    const [chips, water] = [await facts(CHIPS_ID), await facts(WATER_ID)];
    const releases = [broker.watchQuote(chips), broker.watchQuote(water)];
    await poll(
      () => (broker.quote(CHIPS_ID)?.volume && broker.quote(WATER_ID)?.volume) || undefined,
      "quotes"
    );
    expect(broker.quote(WATER_ID)).toMatchObject({
      kind: "live",
      bid: 6.195,
      ask: 6.205,
      last: 6.2,
      close: 6.1
    });
    tws.market.pin(CHIPS_ID, {last: 151, bid: 150.99, ask: 151.01, close: 148});
    pass(1000);
    const toldOf = (conId: number) => of("quote").findLast(({quote}) => quote.conId === conId)?.quote;
    await poll(() => toldOf(CHIPS_ID)?.last === 151 || undefined, "the move");
    expect(toldOf(CHIPS_ID)).toEqual(broker.quote(CHIPS_ID));
    expect(broker.status().lines).toEqual({used: 2, budget: 100});

    tws.controls.drop();
    await poll(() => readies.length === 2 || undefined, "the reconnection");
    tws.market.pin(WATER_ID, {last: 6.4, bid: 6.395, ask: 6.405, close: 6.1});
    await poll(() => (pass(1000), broker.quote(WATER_ID)?.last === 6.4 || undefined), "a quote after it");
    tws.controls.loseLink();
    await phase(wire, "cut");
    expect(of("link").at(-1)?.status.phase).toBe("cut");
    tws.controls.restoreLink("lost");
    await phase(wire, "ready");
    tws.market.pin(WATER_ID, {last: 6.5, bid: 6.495, ask: 6.505, close: 6.1});
    await poll(() => (pass(1000), broker.quote(WATER_ID)?.last === 6.5 || undefined), "a quote after 1101");
    await poll(() => {
      pass(1000);
      const position = broker.positions(ACCOUNT).find(({contract}) => contract.conId === WATER_ID);
      return position?.price === 6.5 || undefined;
    }, "the position's price");
    expect(held(broker)).toEqual(own(tws));
    for (const release of releases) release();
    await poll(() => broker.status().lines.used === 0 || undefined, "no line");
    expect(broker.streams().map(({name, problem}) => [name, problem])).toEqual([
      ["quotes", null],
      ["account", null],
      ["positions", null]
    ]);
    for (const {at} of broker.streams()) expect(at).toBeGreaterThan(NOW.getTime());
    expect([wire.protocolErrors, faults]).toEqual([0, []]);
  });

  it("a London share is bought in pence on the wire, and in pounds for everybody here", async () => {
    const {tws, wire, broker, of, facts, pass, faults} = await session({version});
    const water = await facts(WATER_ID);
    const release = broker.watchQuote(water);
    const intent = order(water, {limit: 6.21, quantity: 100});
    expect(await broker.place({intent, orderId: broker.takeOrderId(0), transmit: true})).toBe(true);
    await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder") || undefined, "the order");
    const {request} = tws.calls.find((call) => call.request.kind === "placeOrder")!;
    expect(request).toMatchObject({order: {lmtPrice: 621}});
    await poll(() => (pass(1000), of("execution").length || undefined), "its fill");
    expect(of("execution")[0].execution).toMatchObject({
      conId: WATER_ID,
      side: "BOT",
      shares: 100,
      price: 6.205
    });
    const position = await poll(
      () =>
        broker.positions(ACCOUNT).find(({contract, units}) => contract.conId === WATER_ID && units === 2100),
      "the position"
    );
    expect(position.averageCost).toBeCloseTo((2000 * 5.9 + 100 * 6.205) / 2100, 8);
    const lists = await broker.readLists(AbortSignal.timeout(4000));
    expect(lists.executions?.rows.map(({price}) => price)).toEqual([6.205]);
    expect(held(broker)).toEqual(own(tws));
    release();
    expect([wire.protocolErrors, faults]).toEqual([0, []]);
  });
});

it("the bars of the last session and those of this moment are of one market", async () => {
  const {tws, broker, facts, pass} = await session();
  const chips = await facts(CHIPS_ID);
  const days = [];
  for await (const bars of broker.history(chips, {from: "2026-11-19", to: "2026-11-19", frequency: "1d"}))
    days.push(...bars);
  const own = tws.market.bar(
    tws.catalogue.byId(CHIPS_ID)!,
    new Date("2026-11-19T14:30:00Z"),
    new Date("2026-11-19T21:00:00Z")
  );
  expect(days).toEqual([expect.objectContaining({day: "2026-11-19", open: own.open, close: own.close})]);
  const heard: number[] = [];
  const end = broker.watchBars(
    chips,
    ({from}) => void heard.push(from!),
    () => undefined
  );
  await poll(
    () => tws.calls.some(({request}) => request.kind === "realTimeBars") || undefined,
    "the request"
  );
  pass(5000);
  await poll(() => heard.length || undefined, "a bar");
  expect(heard).toEqual([NOW.getTime()]);
  end();
});

it("all of it comes through when bytes come in pieces", async () => {
  const {tws, wire, broker, facts, faults} = await session({version: 193, faults: {split: true}});
  broker.watchQuote(await facts(WATER_ID));
  await poll(() => broker.quote(WATER_ID)?.volume || undefined, "a quote");
  await poll(() => broker.positions().length === own(tws).length || undefined, "the positions");
  await poll(() => broker.figures(ACCOUNT) ?? undefined, "the figures");
  expect(held(broker)).toEqual(own(tws));
  expect(broker.quote(WATER_ID)).toMatchObject({bid: 6.195, ask: 6.205});
  expect([wire.protocolErrors, faults]).toEqual([0, []]);
});

it("a listener that fails keeps no other from hearing, and close() ends the link with a word", async () => {
  const {broker, of, faults} = await session();
  broker.subscribe(() => {
    throw new Error("a listener of ours");
  });
  await poll(() => of("position").length > 0 || undefined, "positions");
  await poll(() => faults.length || undefined, "the fault");
  await broker.close();
  expect(of("link").at(-1)?.status.phase).toBe("off");
  await expect(broker.contracts({conId: CHIPS_ID})).rejects.toMatchObject({status: 503});
});
