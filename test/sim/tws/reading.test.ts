import {BarSizeSetting, EventName, OptionType, SecType, WhatToShow} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {ACCOUNT, CHIPS, CHIPS_ID, NOW, ready, VERSIONS, WATER, WATER_ID} from "./stand.js";

const QUOTE = {last: 150, bid: 149.98, ask: 150.02, bidSize: 300, askSize: 400, lastSize: 100, close: 148};

describe.each(VERSIONS)("at version %i, @stoqey/ib", (version) => {
  it("gets version, accounts, an id and the farms' notes at the start", async () => {
    const {seen, infos, errors, until} = await ready({version});
    expect(seen(EventName.server)).toEqual([[version, "20261120 10:00:00 EST"]]);
    expect(seen(EventName.managedAccounts)).toEqual([["DU7000001,DU7000002,"]]);
    expect(seen(EventName.nextValidId)).toEqual([[1]]);
    await until(EventName.info, 3);
    expect(infos.map(({code}) => code)).toEqual([2104, 2106, 2158]);
    expect(errors).toEqual([]);
  });

  it("reads the time, the user, ids and a market rule", async () => {
    const {ib, errors, until} = await ready({version});
    ib.reqCurrentTime();
    ib.reqUserInfo(4);
    ib.reqIds();
    ib.reqMarketRule(26);
    expect(await until(EventName.currentTime)).toEqual([[NOW.getTime() / 1000]]);
    expect(await until(EventName.userInfo)).toEqual([[4, ""]]);
    expect(await until(EventName.nextValidId, 2)).toEqual([[1], [1]]);
    expect(await until(EventName.marketRule)).toEqual([[26, [{lowEdge: 0, increment: 0.01}]]]);
    expect(errors).toEqual([]);
  });

  it("reads the summary asked for, and the third subscription is refused", async () => {
    const {ib, errors, seen, until} = await ready({version});
    ib.reqAccountSummary(1, "All", "NetLiquidation,AccountType");
    await until(EventName.accountSummaryEnd);
    const rows = seen(EventName.accountSummary);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      [1, "DU7000001", "NetLiquidation"],
      [1, "DU7000001", "AccountType"],
      [1, "DU7000002", "NetLiquidation"],
      [1, "DU7000002", "AccountType"]
    ]);
    expect(rows[1]).toEqual([1, "DU7000001", "AccountType", "INDIVIDUAL", ""]);
    expect(rows[2][3]).toMatch(/^\d+\.\d\d$/);
    ib.reqAccountSummary(2, "All", "$LEDGER:ALL");
    ib.reqAccountSummary(3, "All", "NetLiquidation");
    await until(EventName.error);
    expect(errors.map(({id, code}) => [id, code])).toEqual([[3, 322]]);
  });

  it("reads an account's values, positions and time, in this order", async () => {
    const {ib, tws, errors, seen, until} = await ready({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    ib.reqAccountUpdates(true, ACCOUNT);
    await until(EventName.accountDownloadEnd);
    const chips = seen(EventName.updatePortfolio).find(
      ([one]) => (one as {conId: number}).conId === CHIPS_ID
    )!;
    expect(chips.slice(1)).toEqual([200, 150, 30_000, 120.25, 5950, 0, ACCOUNT]);
    const water = seen(EventName.updatePortfolio).find(
      ([one]) => (one as {conId: number}).conId === WATER_ID
    )!;
    expect(water[2]).toBeCloseTo(6.2, 1); // pounds here, whatever it ticks in
    const values = new Map(
      seen(EventName.updateAccountValue).map(([key, value, currency]) => [
        `${String(key)} ${String(currency)}`,
        value
      ])
    );
    expect(values.get("CashBalance EUR")).toBe("10000.00");
    expect(values.get("AccountType ")).toBe("INDIVIDUAL");
    expect(seen(EventName.updateAccountTime)[0]).toEqual(["10:00"]);
    expect(errors).toEqual([]);
  });

  it("reads positions and profit, and undefined where TWS has no number", async () => {
    const {ib, tws, errors, until} = await ready({version});
    tws.market.pin(CHIPS_ID, {...QUOTE, close: 150});
    ib.reqPositions();
    await until(EventName.positionEnd);
    const held = (await until(EventName.position)).find(
      ([, one]) => (one as {conId: number}).conId === CHIPS_ID
    )!;
    expect([held[0], held[2], held[3]]).toEqual([ACCOUNT, 200, 120.25]);
    ib.reqPnL(5, ACCOUNT, "");
    ib.reqPnLSingle(6, ACCOUNT, "", CHIPS_ID);
    ib.reqPnLSingle(7, ACCOUNT, "", 1);
    const [single, none] = await until(EventName.pnlSingle, 2);
    expect([single[0], single[1], single[3], single[4], single[5]]).toEqual([6, 200, 5950, 0, 30_000]);
    expect(none).toEqual([7, 0, undefined, undefined, undefined, 0]);
    expect((await until(EventName.pnl))[0]).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  it("reads a London share's details, its magnifier and its tick", async () => {
    const {ib, errors, until} = await ready({version});
    ib.reqContractDetails(1, WATER);
    const [[, details]] = await until(EventName.contractDetails);
    expect(details).toMatchObject({
      contract: {conId: WATER_ID, symbol: "RVGQ", currency: "GBP", primaryExch: "LSE", localSymbol: "RVGQ"},
      priceMagnifier: 100,
      minTick: 0.0005,
      longName: "Ravensgyll Water plc",
      marketRuleIds: "32,32",
      stockType: "COMMON",
      minSize: 0.0001,
      suggestedSizeIncrement: 100
    });
    await until(EventName.contractDetailsEnd);
    expect(errors).toEqual([]);
  });

  it("reads futures, options and their chain; an ambiguous share has two details, an unknown one error 200", async () => {
    const {ib, errors, until} = await ready({version});
    ib.reqContractDetails(1, {symbol: "DMQ", secType: SecType.FUT});
    await until(EventName.contractDetailsEnd);
    const futures = (await until(EventName.contractDetails)).map(
      ([, one]) => one as {contract: {localSymbol: string; multiplier: number}; minTick: number}
    );
    expect(futures.map(({contract}) => contract.localSymbol)).toEqual(["DMQZ6", "DMQH7", "DMQM7", "DMQU7"]);
    expect([futures[0].contract.multiplier, futures[0].minTick]).toEqual([2, 0.25]);
    ib.reqContractDetails(2, {
      symbol: "LKMQ",
      secType: SecType.OPT,
      lastTradeDateOrContractMonth: "202612",
      strike: 145,
      right: OptionType.Call
    });
    const option = (await until(EventName.contractDetails, 5))[4][1];
    expect(option).toMatchObject({
      contract: {strike: 145, right: "C", multiplier: 100},
      underConId: CHIPS_ID,
      underSymbol: "LKMQ",
      realExpirationDate: "20261218"
    });
    ib.reqSecDefOptParams(3, "LKMQ", "", SecType.STK, CHIPS_ID);
    expect((await until(EventName.securityDefinitionOptionParameter))[0]).toEqual([
      3,
      "SMART",
      CHIPS_ID,
      "LKMQ",
      100,
      ["20261218", "20270115"],
      [140, 145, 150, 155, 160]
    ]);
    ib.reqContractDetails(4, {symbol: "LDNQ", secType: SecType.STK});
    await until(EventName.contractDetailsEnd, 3);
    expect(
      (await until(EventName.contractDetails, 7))
        .slice(5)
        .map(([, one]) => (one as {contract: {currency: string}}).contract.currency)
    ).toEqual(["EUR", "USD"]);
    ib.reqContractDetails(5, {symbol: "NOSUCH", secType: SecType.STK});
    await until(EventName.error);
    expect(errors).toEqual([
      {code: 200, id: 5, message: "No security definition has been found for the request"}
    ]);
  });

  it("finds symbols by a part of a name", async () => {
    const {ib, errors, until} = await ready({version});
    ib.reqMatchingSymbols(1, "larkmoor");
    const [[, found]] = await until(EventName.symbolSamples);
    expect(found).toEqual([
      {
        contract: expect.objectContaining({
          conId: CHIPS_ID,
          symbol: "LKMQ",
          primaryExch: "NASDAQ",
          description: "Larkmoor Semiconductor Inc"
        }),
        derivativeSecTypes: ["OPT"]
      }
    ]);
    expect(errors).toEqual([]);
  });

  it("reads a quote's ticks, the sizes beside them, and the end of a snapshot", async () => {
    const {ib, tws, errors, seen, until} = await ready({version});
    tws.market.pin(CHIPS_ID, QUOTE);
    ib.reqMktData(1, CHIPS, "", true, false);
    await until(EventName.tickSnapshotEnd);
    const prices = new Map(seen(EventName.tickPrice).map(([, type, price]) => [type, price]));
    expect([1, 2, 4, 9].map((type) => prices.get(type))).toEqual([149.98, 150.02, 150, 148]);
    const sizes = new Map(seen(EventName.tickSize).map(([, type, size]) => [type, size]));
    expect([0, 3, 5].map((type) => sizes.get(type))).toEqual([300, 400, 100]);
    expect(seen(EventName.marketDataType)).toEqual([[1, 1]]);
    expect(seen(EventName.tickString)).toEqual([[1, 45, String(NOW.getTime() / 1000)]]);
    expect(errors).toEqual([]);
  });

  it("follows a stream of quotes until it is cancelled; a London share ticks in pence", async () => {
    const {ib, tws, errors, seen, until} = await ready({version});
    tws.market.pin(WATER_ID, {last: 6.2, bid: 6.199, ask: 6.201});
    ib.reqMktData(1, WATER, "", false, false);
    await until(EventName.tickString);
    expect(
      seen(EventName.tickPrice)
        .slice(0, 3)
        .map(([, type, price]) => [type, price])
    ).toEqual([
      [1, 619.9],
      [2, 620.1],
      [4, 620]
    ]);
    tws.market.pin(WATER_ID, {last: 6.3, bid: 6.299, ask: 6.301});
    tws.tick();
    await until(EventName.tickString, 2);
    expect(seen(EventName.tickPrice).some(([, type, price]) => type === 4 && price === 630)).toBe(true);
    ib.cancelMktData(1);
    ib.cancelMktData(1);
    await until(EventName.error);
    expect(errors.map(({code, id}) => [code, id])).toEqual([[300, 1]]);
  });

  it("reads an option's greeks", async () => {
    const {ib, errors, until} = await ready({version});
    ib.reqMktData(
      1,
      {
        symbol: "LKMQ",
        secType: SecType.OPT,
        exchange: "SMART",
        lastTradeDateOrContractMonth: "20261218",
        strike: 145,
        right: OptionType.Call
      },
      "",
      false,
      false
    );
    const model = (await until(EventName.tickOptionComputation, 4))[3] as number[];
    expect(model[1]).toBe(13);
    expect(model[4]).toBeGreaterThan(0.5); // delta of a call in the money
    expect(model[4]).toBeLessThan(1);
    expect(model[9]).toBeLessThan(0); // theta
    expect(errors).toEqual([]);
  });

  it("reads daily bars, bars that grow, the first time and bars of five seconds", async () => {
    let now = NOW;
    const {ib, tws, errors, seen, until} = await ready({version, clock: () => now});
    tws.market.pin(WATER_ID, {last: 6.2});
    ib.reqHistoricalData(1, CHIPS, "", "5 D", BarSizeSetting.DAYS_ONE, WhatToShow.TRADES, 1, 1, true);
    const bars = await until(EventName.historicalData, 6);
    expect(bars.map(([, date]) => date)).toEqual([
      "20261116",
      "20261117",
      "20261118",
      "20261119",
      "20261120",
      "finished-20261116 09:30:00 US/Eastern-20261120 10:00:00 US/Eastern"
    ]);
    for (const [, , open, high, low, close] of bars.slice(0, 5) as number[][]) {
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
    }
    tws.tick();
    const [update] = await until(EventName.historicalDataUpdate);
    expect(update[1]).toBe("20261120");
    expect(update.slice(2, 6)).toEqual(bars[4].slice(2, 6)); // in this order again, though the wire has another
    ib.reqHeadTimestamp(2, CHIPS, WhatToShow.TRADES, true, 1);
    expect(await until(EventName.headTimestamp)).toEqual([[2, "20140102-14:30:00"]]);
    ib.reqRealTimeBars(3, CHIPS, 5, WhatToShow.TRADES, true);
    ib.reqCurrentTime();
    await until(EventName.currentTime);
    now = new Date(NOW.getTime() + 10_000);
    tws.tick();
    expect((await until(EventName.realtimeBar, 2)).map(([, time]) => time)).toEqual([
      NOW.getTime() / 1000,
      NOW.getTime() / 1000 + 5
    ]);
    expect(seen(EventName.realtimeBar)[0]).toHaveLength(9);
    expect(errors).toEqual([]);
  });

  it("is told what is wrong with a request for history", async () => {
    const {ib, errors, until} = await ready({version});
    const ask = (id: number, end: string, duration: string, size: string, what: WhatToShow, keep = false) =>
      ib.reqHistoricalData(
        id,
        what === WhatToShow.TRADES && id === 4
          ? {symbol: "EUR", currency: "USD", secType: SecType.CASH, exchange: "IDEALPRO"}
          : CHIPS,
        end,
        duration,
        size as BarSizeSetting,
        what,
        1,
        1,
        keep
      );
    ask(1, "", "5 D", "7 mins", WhatToShow.TRADES);
    ask(2, "", "five days", "1 day", WhatToShow.TRADES);
    ask(3, "20261119-00:00:00", "5 D", "1 day", WhatToShow.TRADES, true);
    ask(4, "", "5 D", "1 day", WhatToShow.TRADES);
    ib.cancelHistoricalData(5);
    await until(EventName.error, 5);
    expect(errors.map(({code, id}) => [id, code])).toEqual([
      [1, 321],
      [2, 321],
      [3, 321],
      [4, 162],
      [5, 366]
    ]);
  });
});
