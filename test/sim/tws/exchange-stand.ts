/** The matching engine alone, with prices set by hand. */

import {listings} from "../../../sim/tws/catalogue.js";
import {type Happening, makeExchange} from "../../../sim/tws/exchange.js";
import {makeHouse} from "../../../sim/tws/house.js";
import {memoryLedger} from "../../../sim/tws/ledger.js";
import {makeMarket, type Quote} from "../../../sim/tws/market.js";
import {paperAccounts} from "../../../sim/tws/opening.js";
import {type Order, readPlaceOrder} from "../../../sim/tws/wire/order.js";
import {FieldReader} from "../../../sim/tws/wire/reader.js";
import {CHIPS_ID} from "./stand.js";

const blank = readPlaceOrder(
  new FieldReader(Array.from({length: 117}, (_, i) => (i === 1 ? String(CHIPS_ID) : ""))),
  193
);

export function trader(start = new Date("2026-11-20T15:00:00Z")) {
  let now = start;
  const state = {open: true};
  const catalogue = listings(now);
  const market = makeMarket(7, now);
  const house = makeHouse(paperAccounts(catalogue), catalogue, market, now);
  const told: Happening[] = [];
  const exchange = makeExchange({
    catalogue,
    house,
    market,
    ledger: memoryLedger(),
    isOpen: () => state.open,
    cancelSteps: () => 0,
    reject: () => undefined,
    tell: (happening) => void told.push(structuredClone(happening))
  });
  return {
    exchange,
    house,
    told,
    /** Sends an order of 100 shares at once, unless told otherwise. */
    send: (orderId: number, fields: Partial<Order>): void => {
      const order = {
        ...blank.order,
        action: "BUY",
        totalQuantity: 100,
        orderType: "MKT",
        tif: "GTC",
        account: "DU7000001",
        transmit: true,
        ...fields
      };
      exchange.place(1, {orderId, wanted: blank.wanted, order}, now);
    },
    /** One step at a price; bid and ask are a cent from it, each for 1,000 shares unless told otherwise. */
    at: (last: number, quote: Partial<Quote> = {}): void => {
      market.pin(CHIPS_ID, {
        last,
        bid: last - 0.01,
        ask: last + 0.01,
        bidSize: 1000,
        askSize: 1000,
        ...quote
      });
      exchange.step(now);
    },
    open: (open: boolean) => void (state.open = open),
    to: (time: string) => void (now = new Date(time)),
    cancel: (orderId: number) => exchange.cancel(1, orderId, now),
    /** Status, filled and what is held by each order's number. */
    states: () =>
      Object.fromEntries(
        [...exchange.working(), ...exchange.completed()].map(({orderId, status, filled, whyHeld}) => [
          orderId,
          [status, filled, ...(whyHeld ? [whyHeld] : [])].join(" ")
        ])
      ),
    fills: () => exchange.fills().map(({orderId, quantity, price}) => [orderId, quantity, price])
  };
}
