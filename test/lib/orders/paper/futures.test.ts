/** Futures on paper: a margin in place of the price, and gains in cash once a day. */
import * as fc from "fast-check";
import {expect, it} from "vitest";
import type {OrderContract} from "../../../../lib/orders/order.js";
import {booked, openAccount, rolled, worthOf} from "../../../../lib/orders/paper/account.js";
import {marginOf} from "../../../../lib/orders/paper/margin.js";
import {accountOf, savedOf} from "../../../../lib/orders/paper/saved.js";
import {long} from "../../../long.js";
import {INTENT} from "../orders.js";
import {HandDesk} from "./desk.js";

/** Fifty dollars a point: at 5,000 a contract is worth 250,000 and asks for 25,000. */
const contract: OrderContract = {...INTENT.contract, symbol: "ES", secType: "FUT", multiplier: 50};
const DAY = 86_400_000;
const one = () => 1;

it("a future asks for a tenth of its value to be opened, all else for the whole", () => {
  expect(marginOf({secType: "FUT"})).toEqual({initial: 0.1, maintenance: 0.08});
  for (const secType of ["STK", "OPT", "CASH"] as const) expect(marginOf({secType}).initial).toBe(1);
});

it("four futures of 250,000 go with 100,000 in cash, a fifth does not; what is held of them leaves nothing free", () => {
  const desk = new HandDesk();
  const five = desk.order({contract, quantity: 5});
  const four = desk.order({contract, quantity: 4});
  desk.quote(5000);
  expect(desk.end(five)).toBe("rejected: its margin and commission are 125000.00, free are 100000.00");
  expect(desk.fills(four)).toEqual([[4, 5000]]);
  expect(desk.account.cash).toEqual({USD: 100_000});
  expect(worthOf(desk.account, one)).toEqual({
    equity: 100_000,
    cash: 100_000,
    gross: 1_000_000,
    initial: 100_000,
    maintenance: 80_000,
    unrealized: 0
  });
  const share = desk.order({contract: {...INTENT.contract, conId: 8}, quantity: 1});
  desk.quote(10, {conId: 8});
  expect(desk.end(share)).toBe("rejected: it costs 10.00, free are 0.00");
});

it("gains come into cash with the new day, what they are since with the sale, and no cent twice", () => {
  const desk = new HandDesk();
  desk.order({contract, quantity: 4});
  desk.quote(5000);
  desk.quote(5010);
  expect(worthOf(desk.account, one)).toMatchObject({equity: 102_000, cash: 100_000, unrealized: 2000});
  desk.account = rolled(desk.account, one, desk.now + DAY);
  expect(worthOf(desk.account, one)).toMatchObject({equity: 102_000, cash: 102_000, unrealized: 2000});
  expect(desk.account.day?.value).toBe(102_000);
  desk.order({contract, quantity: 1, action: "SELL"});
  desk.quote(5020);
  expect(desk.account.cash.USD).toBe(102_500); // ten points of one since the settlement
  expect(desk.account.realized).toBe(1000); // twenty since it was bought
  expect(worthOf(desk.account, one)).toMatchObject({equity: 104_000, unrealized: 3000});
});

it("a short future gains when the price falls; turned to long it begins at the price that turned it", () => {
  const desk = new HandDesk();
  desk.order({contract, quantity: 1, action: "SELL"});
  desk.quote(5000);
  desk.order({contract, quantity: 3});
  desk.quote(4990);
  expect(desk.account.cash.USD).toBe(100_500);
  expect([...desk.account.positions.values()]).toMatchObject([{units: 2, price: 4990, settled: 4990}]);
});

it("a future that was bought when its whole value was paid gives it back with the next settlement", () => {
  const account = openAccount("PAPER", "USD", 1_000_000);
  const whole = {contract, units: 2, price: 5000, mark: 5010};
  const old = accountOf({...savedOf(account), cash: {USD: 500_000}, positions: [whole]});
  expect(worthOf(old, one)).toMatchObject({equity: 1_001_000});
  expect(rolled(old, one, DAY).cash.USD).toBe(1_001_000);
});

const deeds = fc.array(
  fc.record({
    units: fc.integer({min: -5, max: 5}).filter((units) => units !== 0),
    price: fc.integer({min: 4000, max: 6000}),
    isNewDay: fc.boolean()
  }),
  {minLength: 1, maxLength: 20}
);

it("whatever is traded, and on how many days, an account has gained what its prices say", () => {
  fc.assert(
    fc.property(deeds, (trades) => {
      let account = openAccount("PAPER", "USD", 1e6);
      let [paid, held] = [0, 0];
      for (const [i, {units, price, isNewDay}] of trades.entries()) {
        account = {...account, ...booked(account, {contract, units, price, commission: 1}, 1)};
        paid += units * price * 50 + 1;
        held += units;
        if (isNewDay) account = rolled(account, one, i * DAY);
      }
      const value = held * trades.at(-1)!.price * 50; // there is one
      const worth = worthOf(account, one) as {equity: number; unrealized: number}; // its rate is known
      expect(worth.equity).toBeCloseTo(1e6 - paid + value, 6);
      expect(worth.equity).toBeCloseTo(1e6 + account.realized + worth.unrealized, 6);
    }),
    {numRuns: long(1000)}
  );
});
