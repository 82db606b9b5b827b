import type {Order} from "../../lib/backtest/event/order.js";
import type {OrderAsk} from "../../lib/orders/desk.js";
import {nearestTicks, type PriceSteps} from "../../lib/orders/tick.js";
import {derivedId} from "./intents.js";

/** A symbol that a run trades. */
export interface RunSymbol {
  symbol: string;
  currency: string;
  conId: number;
  /** Increments of the price, empty where they are not known: what a strategy reckons is put on the nearest. */
  steps: PriceSteps;
}

/** Returns what a strategy's order becomes when it is sent; a group of a run is one of its own in the account. */
export function askOf(
  order: Order,
  {
    id,
    run,
    account,
    strategy,
    symbol: {conId, steps}
  }: {id: string; run: string; account: string; strategy: string; symbol: RunSymbol}
): OrderAsk {
  const {type, side, units, limit, stop, trailAmount, trailFraction, tif, until, oco, bracket, reduceOnly} =
    order;
  const onTick = (price: number) => nearest(price, steps);
  const trail = Number.isNaN(trailAmount) ? {fraction: trailFraction} : {amount: trailAmount};
  return {
    id,
    account,
    conId,
    action: side > 0 ? "BUY" : "SELL",
    quantity: units,
    type,
    tif,
    ...(!Number.isNaN(limit) && {limit: onTick(limit)}),
    ...(!Number.isNaN(stop) && {stop: onTick(stop)}),
    ...(type === "TRAIL" && {trail}),
    ...(tif === "GTD" && {until}),
    ...(bracket && {
      bracket: {
        ...(bracket.target !== undefined && {takeProfit: onTick(bracket.target)}),
        ...(bracket.stop !== undefined && {stopLoss: onTick(bracket.stop)}),
        ...(bracket.trail && {trail: bracket.trail})
      }
    }),
    ...(oco !== undefined && {oca: derivedId("group", run, conId, oco)}),
    ...(reduceOnly && {reduceOnly}),
    strategy
  };
}

/** Returns the price that a venue takes next to one that a strategy reckoned. */
function nearest(price: number, steps: PriceSteps): number {
  const near = nearestTicks(price, steps);
  if (!near) return price;
  return price - near.below <= near.above - price ? near.below : near.above;
}
