import fc from "fast-check";
import {expect, it} from "vitest";
import {ExecutionBook, executionKey, netShares} from "../../../lib/orders/executions.js";
import {execution} from "./orders.js";

it("executionKey(id) takes the revision off, and refuses an id without one", () => {
  expect(executionKey("0000e0d5.65a1b2c3.01.02")).toEqual({key: "0000e0d5.65a1b2c3.01", revision: 2});
  for (const id of ["", "0000e0d5", ".01", "0000e0d5.x"])
    expect(() => executionKey(id)).toThrow("ends with a revision");
});

it("an execution that comes twice counts once", () => {
  const book = new ExecutionBook();
  expect(book.add(execution(1, 40))).toBe("new");
  expect(book.add(execution(1, 40))).toBe("same");
  expect(book.add(execution(2, 60))).toBe("new");
  expect(netShares(book.fills())).toBe(100);
});

it("a correction takes the place of what it corrects, whichever comes first", () => {
  const wrong = execution(1, 40);
  const right = {...wrong, execId: wrong.execId.replace(/01$/, "02"), shares: 30, price: 229.4};
  for (const order of [
    [wrong, right],
    [right, wrong]
  ]) {
    const book = new ExecutionBook();
    expect(order.map((each) => book.add(each))).toEqual(["new", "correction"]);
    expect(book.fills()).toEqual([{...right, commission: null, corrects: [wrong]}]);
  }
});

it("the same id with other shares, price or side is an error that says both", () => {
  const book = new ExecutionBook();
  book.add(execution(1, 40));
  expect(() => book.add(execution(1, 41))).toThrow("was BOT 40 at 229.5, now BOT 41 at 229.5");
  expect(netShares(book.fills())).toBe(40);
});

it("a commission joins the execution that it names, before or after it, and the last report of it counts", () => {
  const book = new ExecutionBook();
  const {execId} = execution(1, 40);
  book.addCommission({execId, commission: 1, currency: "USD"});
  book.add(execution(1, 40));
  book.add(execution(2, 60));
  book.addCommission({execId, commission: 1.05, currency: "USD"});
  expect(book.fills().map(({commission}) => commission)).toEqual([{amount: 1.05, currency: "USD"}, null]);
});

it("what counts does not hang on the order of the reports, nor on repetitions", () => {
  const reports = fc.array(
    fc.record({n: fc.integer({min: 1, max: 5}), revision: fc.integer({min: 1, max: 3})}),
    {
      maxLength: 12
    }
  );
  const of = ({n, revision}: {n: number; revision: number}) =>
    execution(n, 10 * n + revision, {execId: `0000e0d5.${n}.01.0${revision}`});
  fc.assert(
    fc.property(
      reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, {minLength: all.length}))),
      ([all, shuffled]) => {
        const [one, other] = [new ExecutionBook(), new ExecutionBook()];
        for (const each of all) one.add(of(each));
        for (const each of [...shuffled, ...all]) other.add(of(each));
        expect(other.fills()).toEqual(one.fills());
      }
    )
  );
});
