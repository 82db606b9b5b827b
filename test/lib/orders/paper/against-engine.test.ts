import * as fc from "fast-check";
import {expect, it} from "vitest";
import {PROFILES} from "../../../../lib/backtest/contract.js";
import {type Rate, proportionalCosts} from "../../../../lib/backtest/costs/costs.js";
import type {Filled} from "../../../../lib/backtest/event/journal.js";
import type {OrderRequest} from "../../../../lib/backtest/event/order.js";
import type {OrderIntent} from "../../../../lib/orders/order.js";
import {sessionsOfBars, ticksOfBar} from "../../../../lib/orders/paper/bar-ticks.js";
import {long} from "../../../long.js";
import {play} from "../../backtest/bars.js";
import {type RandomRun, randomRuns} from "../../backtest/event/random-runs.js";
import {INTENT} from "../orders.js";
import {HandDesk} from "./desk.js";

type Request = Omit<OrderRequest, "symbol">;
const cost: Rate = {of: "value", rate: 0.001};
const costs = proportionalCosts({commission: cost, slippage: {of: "unit", rate: 1 / 128}});

/**
 * Bars of one run with the deeds of several that fall on them, or with one bracket alone. Where an exit and another order
 * meet at one price either may go first: to the engine the exit is as old as the fill that it protects, to a broker as old
 * as its parent.
 */
const busyRuns: fc.Arbitrary<RandomRun> = fc
  .tuple(randomRuns, randomRuns, randomRuns, randomRuns, fc.boolean())
  .map(([{bars, deeds}, ...rest]) => {
    const [isAlone, others] = [rest[3], rest.slice(0, 3) as RandomRun[]]; // as they stand in the tuple
    const all = [...deeds, ...others.flatMap((other) => other.deeds)];
    const bracket = all.find(({request}) => "bracket" in request);
    const plain = all.map((deed) => {
      const {bracket: _, ...request} = deed.request;
      return {...deed, request} as typeof deed;
    });
    return {
      bars,
      deeds: (isAlone && bracket ? [bracket] : plain).map(({day, request}) => ({
        day: day % bars.time.length,
        request
      }))
    };
  });

/** What changed hands at one time and price. */
type Change = {time: number; price: number; units: number; commission: number};

/** Returns what changed hands, that of one time, side and price together. */
function together(changes: readonly Change[]): Change[] {
  const all = new Map<string, Change>();
  for (const {time, price, units, commission} of changes) {
    const key = `${time} ${Math.sign(units)} ${price.toFixed(9)}`;
    const before = all.get(key) ?? {time, price, units: 0, commission: 0};
    all.set(key, {...before, units: before.units + units, commission: before.commission + commission});
  }
  return [...all.values()].filter(({units}) => Math.abs(units) > 1e-9);
}

/** Returns the request with its prices as parts of the last close. */
function priced({limit, stop, trail, bracket, ...rest}: Request, close: number): Request {
  return {
    ...rest,
    ...(limit !== undefined && {limit: close * limit}),
    ...(stop !== undefined && {stop: close * stop}),
    ...(trail && "amount" in trail && {trail: {amount: close * trail.amount}}),
    ...(bracket && {bracket: {stop: close * bracket.stop!, target: close * bracket.target!}})
  };
}

const requestsOf = ({deeds}: RandomRun, day: number): Request[] =>
  deeds.flatMap(({day: on, request}) => (on === day && !("share" in request) ? [request] : []));

function byEngine(run: RandomRun, volumeShare: number | null): Change[] {
  const script = Object.fromEntries(
    Array.from(run.bars.close, (close, day) => [
      day,
      (desk: {order: (request: OrderRequest) => number}) => {
        for (const request of requestsOf(run, day)) desk.order({...priced(request, close), symbol: "A"});
      }
    ])
  );
  const rules = {path: "nearer-extreme", end: "leave", volumeShare} as const;
  const {journal} = play(run.bars, script, {rules, cash: 20_000, costs});
  return together(journal.filter((each): each is Filled => each.kind === "fill"));
}

function byPaper({bars, ...rest}: RandomRun, volumeShare: number | null): Change[] {
  const sessions = sessionsOfBars(bars);
  const rules = {...PROFILES.default, volumeShare};
  const desk = new HandDesk({cash: 20_000, costs, rules, sessions});
  for (const [day, at] of bars.time.entries()) {
    desk.now = at;
    for (const tick of ticksOfBar(bars, day, INTENT.contract.conId, sessions[day])) desk.tick(tick);
    for (const request of requestsOf({bars, ...rest}, day)) enter(desk, priced(request, bars.close[day]));
  }
  return together(
    desk.events.flatMap((event) =>
      event.kind === "fill"
        ? [
            {
              time: event.at,
              price: event.price,
              units: event.order.side * event.units,
              commission: event.commission
            }
          ]
        : []
    )
  );
}

function enter(
  desk: HandDesk,
  {side, units, type = "MKT", limit, stop, trail, tif = "GTC", oco, bracket}: Request
) {
  const action = side === "buy" ? "BUY" : "SELL";
  const what: Partial<OrderIntent> = {
    action,
    quantity: units,
    type,
    tif,
    ...(limit !== undefined && {limit}),
    ...(stop !== undefined && {stop}),
    ...(trail && {trail}),
    ...(oco !== undefined && {oca: oco})
  };
  if (!bracket) return void desk.order(what);
  const parentId = desk.order(what, {transmit: false});
  const exit = {action: action === "BUY" ? "SELL" : "BUY", quantity: units} as const;
  desk.order({...exit, type: "STP", stop: bracket.stop!}, {parentId, transmit: false});
  desk.order({...exit, type: "LMT", limit: bracket.target!}, {parentId});
}

it.each([null, 0.3])(
  "bars as quotes give the fills of the event engine, to 1e-9, with a volume share of %s",
  (volumeShare) => {
    let fills = 0;
    fc.assert(
      fc.property(busyRuns, (run) => {
        const [engine, paper] = [byEngine(run, volumeShare), byPaper(run, volumeShare)];
        fills += engine.length;
        expect(paper).toHaveLength(engine.length);
        for (const [i, {time, price, units, commission}] of engine.entries()) {
          expect(paper[i].time).toBe(time);
          expect(paper[i].price).toBeCloseTo(price, 9);
          expect(paper[i].units).toBeCloseTo(units, 9);
          expect(paper[i].commission).toBeCloseTo(commission, 9);
        }
      }),
      {numRuns: long(3000)}
    );
    expect(fills).toBeGreaterThan(long(3000));
  }
);
