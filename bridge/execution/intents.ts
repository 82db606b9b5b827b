import {keyOf} from "../../lib/key.js";
import type {OrderAsk} from "../../lib/orders/desk.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import {nearestTicks} from "../../lib/orders/tick.js";
import type {ContractFacts} from "../broker/broker.js";
import {Problem} from "../problem.js";

/** Returns an id that is made of others: the same of the same, a UUID of version 8 in its form. */
export function derivedId(...of: readonly (string | number)[]): string {
  const hex = keyOf(of);
  const variant = ((parseInt(hex[16], 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32)
  ].join("-");
}

/**
 * Returns what an ask becomes, the order first, then the children of its bracket: a limit that takes the profit, a stop
 * that ends the loss, of which one takes the other away.
 * @throws Problem 422 for a price that the venue does not take, or a bracket on the wrong side
 */
export function intentsOf(ask: OrderAsk, facts: ContractFacts, at: number): OrderIntent[] {
  const {bracket, conId: _, ...own} = ask;
  const main: OrderIntent = {...own, at, contract: facts.contract};
  const children = bracket ? childrenOf(main, bracket) : [];
  for (const intent of [main, ...children])
    for (const price of [intent.limit, intent.stop]) if (price !== undefined) checkTick(price, facts);
  return [main, ...children];
}

/** Returns what was asked for, of an order and its children: the inverse of {@link intentsOf}. */
export function askedFor(main: OrderIntent, children: readonly OrderIntent[]): OrderAsk {
  const {at: _, contract, parent: _parent, ...own} = main;
  if (!children.length) return {...own, conId: contract.conId};
  const bracket = Object.assign(
    {},
    ...children.map(({type, limit, stop, trail}) =>
      type === "LMT" ? {takeProfit: limit} : type === "STP" ? {stopLoss: stop} : {trail}
    )
  ) as NonNullable<OrderAsk["bracket"]>; // each child has the price of its type
  return {...own, conId: contract.conId, bracket};
}

function childrenOf(
  main: OrderIntent,
  {takeProfit, stopLoss, trail}: NonNullable<OrderAsk["bracket"]>
): OrderIntent[] {
  if (takeProfit === undefined && stopLoss === undefined && trail === undefined)
    throw new Problem(
      422,
      "empty-bracket",
      "a bracket needs a price to take the profit at, or one to stop the loss at"
    );
  const reference = main.limit ?? main.stop;
  const sign = main.action === "BUY" ? 1 : -1;
  const isWrong = (price: number | undefined, side: 1 | -1) =>
    price !== undefined && reference !== undefined && (price - reference) * sign * side <= 0;
  if (isWrong(takeProfit, 1))
    throw new Problem(
      422,
      "bracket-side",
      `the profit's price, ${takeProfit}, is on the losing side of ${reference}`
    );
  if (isWrong(stopLoss, -1))
    throw new Problem(
      422,
      "bracket-side",
      `the stop's price, ${stopLoss}, is on the winning side of ${reference}`
    );
  const base = {
    at: main.at,
    account: main.account,
    contract: main.contract,
    action: main.action === "BUY" ? ("SELL" as const) : ("BUY" as const),
    quantity: main.quantity,
    tif: "GTC" as const,
    parent: main.id,
    oca: main.id,
    ...(main.outsideHours !== undefined && {outsideHours: main.outsideHours}),
    ...(main.strategy !== undefined && {strategy: main.strategy})
  };
  return [
    ...(takeProfit === undefined
      ? []
      : [{...base, id: derivedId(main.id, "take-profit"), type: "LMT" as const, limit: takeProfit}]),
    ...(stopLoss === undefined
      ? []
      : [{...base, id: derivedId(main.id, "stop-loss"), type: "STP" as const, stop: stopLoss}]),
    ...(trail === undefined
      ? []
      : [{...base, id: derivedId(main.id, "trail"), type: "TRAIL" as const, trail}])
  ];
}

/** @throws Problem 422 with the nearest prices that the venue takes; a price of an unknown increment passes */
export function checkTick(price: number, {steps, label}: Pick<ContractFacts, "steps" | "label">): void {
  const near = nearestTicks(price, steps);
  if (!near) return;
  throw new Problem(
    422,
    "off-tick",
    `${label} is not priced at ${price}: ${near.below} and ${near.above} are the nearest`
  );
}
