import {EventName} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {createContracts} from "../../../../bridge/broker/ibkr/contracts.js";
import {fakeWire} from "./fake-wire.js";
import {CHIPS_ID, linked, NOW, phase, VERSIONS, WATER_ID} from "./stand.js";

async function catalogue(options: Parameters<typeof linked>[0] = {}) {
  const one = await linked(options);
  let now = NOW.getTime();
  const contracts = createContracts(one.wire, () => now);
  return {...one, contracts, pass: (ms: number) => void (now += ms)};
}

describe.each(VERSIONS)("at version %i", (version) => {
  it("find({conId}) gives a share's facts, its multiplier 1 though 0 arrives", async () => {
    const {contracts, wire} = await catalogue({version});
    const [facts, ...rest] = await contracts.find({conId: CHIPS_ID});
    expect(rest).toEqual([]);
    expect(facts).toMatchObject({
      contract: {
        conId: CHIPS_ID,
        symbol: "LKMQ",
        secType: "STK",
        currency: "USD",
        exchange: "SMART",
        multiplier: 1
      },
      label: "LKMQ",
      localSymbol: "LKMQ",
      expiry: null,
      strike: null,
      right: null,
      steps: [{from: 0, increment: 0.01}],
      priceMagnifier: 1,
      underlying: null,
      timeZone: "America/New_York"
    });
    expect(wire.protocolErrors).toBe(0);
  });

  it("a future's expiry is without the time that TWS writes behind it, its step not the tick's whole number", async () => {
    const {contracts} = await catalogue({version});
    const futures = await contracts.find({symbol: "DMQ", secType: "FUT"});
    expect(futures).toHaveLength(4);
    expect(futures[0]).toMatchObject({
      contract: {secType: "FUT", exchange: "CME", multiplier: 2},
      label: "DMQ 18DEC26",
      expiry: "20261218",
      steps: [{from: 0, increment: 0.25}]
    });
  });

  it("an option has its underlying, strike, side, multiplier and rising steps", async () => {
    const {contracts, wire} = await catalogue({version});
    const [call, ...rest] = await contracts.find({
      symbol: "LKMQ",
      secType: "OPT",
      expiry: "202612",
      strike: 145,
      right: "C"
    });
    expect(rest).toEqual([]);
    expect(call).toMatchObject({
      contract: {secType: "OPT", multiplier: 100, exchange: "SMART"},
      label: "LKMQ 18DEC26 145 C",
      strike: 145,
      right: "C",
      underlying: CHIPS_ID,
      steps: [
        {from: 0, increment: 0.01},
        {from: 3, increment: 0.05}
      ]
    });
    expect(wire.protocolErrors).toBe(0);
  });

  it("a London share's prices are divided by 100, its steps are pounds as told, its clock is London's", async () => {
    const {contracts} = await catalogue({version});
    const [facts] = await contracts.find({conId: WATER_ID});
    expect(facts).toMatchObject({
      priceMagnifier: 100,
      steps: [{from: 0, increment: 0.0005}],
      timeZone: "Europe/London",
      primaryExchange: "LSE"
    });
    expect(contracts.magnifierOf(WATER_ID)).toBe(100); // known now
  });
});

it("find gives every choice of an ambiguous symbol, and none of an unknown one", async () => {
  const {contracts, tws} = await catalogue();
  const twice = tws.catalogue.all.filter(
    (one) =>
      one.secType === "STK" &&
      tws.catalogue.all.filter(({symbol, secType}) => symbol === one.symbol && secType === "STK").length > 1
  );
  const choices = await contracts.find({symbol: twice[0].symbol});
  expect(choices.map(({contract}) => contract.conId)).toEqual(twice.map(({conId}) => conId));
  expect(choices.map(({contract}) => contract.currency).sort()).toEqual(["EUR", "USD"]);
  await expect(contracts.find({symbol: "NOSUCH"})).resolves.toEqual([]);
  await expect(contracts.magnifierOf(WATER_ID)).resolves.toBe(100);
  await expect(contracts.magnifierOf(1)).rejects.toThrow("IBKR knows no contract 1");
});

it("find asks once for what is known, also of two at the same time, and again after six hours", async () => {
  const {contracts, tws, pass} = await catalogue();
  const asked = () => tws.calls.filter(({request}) => request.kind === "contractDetails").length;
  await Promise.all([contracts.find({conId: CHIPS_ID}), contracts.find({conId: CHIPS_ID})]);
  await contracts.find({conId: CHIPS_ID});
  expect(asked()).toBe(1);
  pass(6 * 3_600_000);
  await contracts.find({conId: CHIPS_ID});
  expect(asked()).toBe(2);
  expect(tws.calls.filter(({request}) => request.kind === "marketRule")).toHaveLength(1);
});

it("find says so when the link is down or goes, and answers again when it is back", async () => {
  const {contracts, tws, wire} = await catalogue();
  tws.faults.silent = true;
  const lost = contracts.find({conId: CHIPS_ID});
  const refusal = expect(lost).rejects.toMatchObject({status: 503, code: "no-link"});
  tws.controls.drop();
  await refusal;
  await expect(contracts.find({conId: CHIPS_ID})).rejects.toMatchObject({status: 503});
  tws.faults.silent = false;
  await phase(wire, "ready");
  await expect(contracts.find({conId: CHIPS_ID})).resolves.toHaveLength(1);
});

it("a contract whose venue TWS leaves out is routed by its kind; one without a known zone has no sessions", async () => {
  const wire = fakeWire();
  const contracts = createContracts(wire, () => 0);
  const found = contracts.find({conId: 9});
  const contract = {conId: 9, symbol: "Y", secType: "STK", currency: "USD", multiplier: 0, strike: 0};
  wire.say(EventName.contractDetails, wire.idOf("reqContractDetails"), {
    contract,
    minTick: 0.01,
    timeZoneId: "CST",
    liquidHours: "20261123:0930-20261123:1600"
  });
  wire.say(EventName.contractDetailsEnd, wire.idOf("reqContractDetails"));
  await expect(found).resolves.toMatchObject([
    {contract: {exchange: "SMART"}, steps: [{from: 0, increment: 0.01}], timeZone: null, sessions: null}
  ]);
});
