import {describe, expect, it} from "vitest";
import {createPositions} from "../../../../bridge/broker/ibkr/positions.js";
import type {LivePosition} from "../../../../lib/live/figures.js";
import type {TwsOptions} from "../../../../sim/tws/service.js";
import {ACCOUNT, CHIPS, CHIPS_ID, linked, NOW, order, poll, VERSIONS, WATER_ID} from "./stand.js";

async function desk(options: TwsOptions = {}) {
  const one = await linked(options);
  one.tws.market.pin(CHIPS_ID, {
    last: 150,
    bid: 149.99,
    ask: 150.01,
    bidSize: 1000,
    askSize: 1000,
    close: 150
  });
  one.tws.market.pin(WATER_ID, {last: 6.2, bid: 6.195, ask: 6.205, close: 6});
  const told: LivePosition[] = [];
  const positions = createPositions({
    wire: one.wire,
    now: () => NOW.getTime(),
    tell: (position) => void told.push(position)
  });
  const of = (conId: number, account = ACCOUNT) =>
    positions.list(account).find(({contract}) => contract.conId === conId);
  const until = (conId: number, fits: (position: LivePosition) => boolean) =>
    poll(() => {
      const position = of(conId);
      return position && fits(position) ? position : undefined;
    }, `a position in ${conId}`);
  return {...one, told, positions, of, until};
}

const units = (list: readonly LivePosition[]) =>
  list.map(({account, contract, units: quantity}) => ({account, conId: contract.conId, quantity}));

describe.each(VERSIONS)("at version %i", (version) => {
  it("list() is what the stand-in's own books hold, in both accounts, with its worth", async () => {
    const {tws, wire, positions, of, faults} = await desk({version});
    const own = tws.positions();
    const whole = () => {
      const list = positions.list();
      return (list.length === own.length && list.every(({value}) => value !== null)) || undefined;
    };
    await poll(whole, "all positions with their worth");
    expect(units(positions.list())).toEqual(expect.arrayContaining(own));
    expect(of(CHIPS_ID)).toEqual({
      account: ACCOUNT,
      contract: {
        conId: CHIPS_ID,
        symbol: "LKMQ",
        secType: "STK",
        currency: "USD",
        exchange: "SMART",
        multiplier: 1
      },
      label: "LKMQ",
      units: 200,
      averageCost: 120.25,
      price: 150,
      priceAt: NOW.getTime(),
      value: 30_000,
      unrealized: 5950,
      daily: expect.any(Number)
    });
    const {units: held, price, value, averageCost} = of(WATER_ID)!;
    expect([held, price, value, averageCost]).toEqual([2000, 6.2, 12_400, 5.9]); // pounds
    const future = positions.list(ACCOUNT).find(({contract}) => contract.secType === "FUT")!;
    expect([future.units, future.averageCost, future.contract.exchange]).toEqual([2, 4980, "CME"]);
    const call = positions.list(ACCOUNT).find(({contract}) => contract.secType === "OPT")!;
    expect([call.label, call.units, call.averageCost]).toEqual([
      expect.stringMatching(/^LKMQ 18DEC26 145 C$/),
      5,
      9.05
    ]);
    expect(call.value).toBeCloseTo(call.price! * 500, 6);
    expect([wire.protocolErrors, faults]).toEqual([0, []]);
  });

  it("a fill moves its position alone; one that goes flat is told once with 0 units, then gone", async () => {
    const {tws, wire, told, positions, until} = await desk({version});
    await until(CHIPS_ID, ({value}) => value !== null);
    const before = positions.list().length;
    const sell = (id: number, totalQuantity: number) =>
      wire.send("order", (api) =>
        api.placeOrder(id, CHIPS, order({action: "SELL" as never, totalQuantity, lmtPrice: 149}))
      );
    await sell(1_000_000, 50);
    await poll(() => tws.calls.some(({request}) => request.kind === "placeOrder") || undefined, "the order");
    tws.tick();
    await until(CHIPS_ID, ({units: held}) => held === 150);
    for (let i = 0; i < 5; ++i) tws.tick();
    expect(await until(CHIPS_ID, ({value}) => value === 22_500)).toMatchObject({price: 150});
    await sell(1_000_001, 150);
    await poll(
      () => tws.calls.filter(({request}) => request.kind === "placeOrder").length === 2 || undefined,
      "it"
    );
    tws.tick();
    await poll(() => positions.list().length === before - 1 || undefined, "the end of the position");
    await poll(
      () => told.some(({contract, units: held}) => contract.conId === CHIPS_ID && held === 0) || undefined,
      "the word of its end"
    );
    const flat = told.filter(({contract, units: held}) => contract.conId === CHIPS_ID && held === 0);
    expect(flat).toHaveLength(1);
    expect(flat[0]).toMatchObject({value: null, price: null});
    expect(units(positions.list())).toEqual(expect.arrayContaining(tws.positions()));
    await poll(
      () => tws.calls.some(({request}) => request.kind === "cancelPnlSingle") || undefined,
      "the stream's end"
    );
  });

  it("what was sold while the link was down is gone after the reconnection", async () => {
    const {tws, readies, told, positions, until} = await desk({version});
    await until(CHIPS_ID, ({value}) => value !== null);
    tws.faults.down = true;
    tws.controls.drop();
    tws.controls.byHand(CHIPS_ID, "SELL", 200, 149);
    tws.tick();
    tws.faults.down = false;
    await poll(() => readies.length === 2 || undefined, "the reconnection");
    await poll(
      () => told.some(({contract, units: held}) => contract.conId === CHIPS_ID && held === 0) || undefined,
      "the word of its end"
    );
    const own = tws.positions();
    expect(positions.list()).toHaveLength(own.length);
    expect(units(positions.list())).toEqual(expect.arrayContaining(own));
  });

  it("positions stay after 1101, each with one stream", async () => {
    const {tws, readies, positions, until} = await desk({version});
    await until(CHIPS_ID, ({value}) => value !== null);
    const count = positions.list().length;
    tws.controls.loseLink();
    tws.controls.restoreLink("lost");
    await poll(() => readies.includes("lost") || undefined, "1101");
    tws.market.pin(CHIPS_ID, {last: 155});
    await until(CHIPS_ID, ({price}) => {
      tws.tick();
      return price === 155;
    });
    expect(positions.list()).toHaveLength(count);
  });
});
