import * as fc from "fast-check";
import {expect, it} from "vitest";
import {rowsOf, type Row, type Rows} from "../../../lib/lake/columns.js";
import type {Kind} from "../../../lib/lake/dataset.js";
import {validate} from "../../../lib/lake/validate.js";
import {dayOf} from "../../../lib/time/day.js";
import {bar, barsOf, texts} from "./bars.js";

const options = {calendar: "nyse", frequency: "1d", today: "2024-03-29"} as const;

it("validate(rows, …) gives rows back that nothing is wrong with: the same object", () => {
  const rows = rowsOf("bars", [
    ...barsOf("A", "2024-03-04", [1, 1.1]),
    ...barsOf("B", "2024-03-04", [2, 2.1])
  ]);
  const {good, quarantined, copies, problems} = validate(rows, options);
  expect(good).toBe(rows);
  expect([quarantined.length, copies, problems]).toEqual([0, 0, []]);
});

it("validate(rows, …) takes no rows for nothing wrong", () => {
  for (const kind of ["bars", "trades", "quotes", "series", "fx", "actions"] as const)
    expect(validate(rowsOf(kind, []), options)).toMatchObject({
      good: {kind, length: 0},
      copies: 0,
      problems: []
    });
});

it("validate(rows, …) sorts by symbol and time, and lists that once", () => {
  const [a, b] = [barsOf("A", "2024-03-04", [1, 1.1, 1.2]), barsOf("B", "2024-03-04", [2])];
  const {good, problems} = validate(rowsOf("bars", [b[0], a[2], a[0], a[1]]), options);
  expect(texts(good)).toEqual(texts(rowsOf("bars", [...a, ...b])));
  expect(problems).toEqual([
    {
      code: "unordered",
      symbol: "A",
      day: "2024-03-06",
      sentence: "A 2024-03-06: row 2 and perhaps later ones came out of order: sorted",
      state: "kept"
    }
  ]);
});

it("validate(rows, …) keeps one of equal rows, and counts the others", () => {
  const [first, second] = barsOf("A", "2024-03-04", [1, 1.1]);
  const {good, copies, problems} = validate(rowsOf("bars", [first, first, first, second, second]), options);
  expect(good.length).toBe(2);
  expect(copies).toBe(3);
  expect(problems).toEqual([
    {
      code: "duplicate",
      symbol: "A",
      day: "2024-03-04",
      sentence: "A 2024-03-04: this row and others, 3 in all, came again, equal: one of each is kept",
      state: "kept"
    }
  ]);
});

it("validate(rows, …) sets aside all rows that contradict each other", () => {
  const [first, second] = barsOf("A", "2024-03-04", [1, 1.1]);
  const other = {...first, volume: 999};
  const {good, quarantined, copies, problems} = validate(
    rowsOf("bars", [first, other, first, second]),
    options
  );
  expect([good.length, quarantined.length, copies]).toEqual([1, 3, 0]);
  expect(problems).toHaveLength(3);
  expect(new Set(problems.map((problem) => JSON.stringify(problem)))).toHaveLength(1);
  expect(problems.slice(0, 1)).toEqual([
    {
      code: "duplicate",
      symbol: "A",
      day: "2024-03-04",
      sentence: "A 2024-03-04: came more than once, with volume 1000 and 999: set aside: pull that day again",
      state: "quarantined"
    }
  ]);
});

it("validate(rows, …) takes a row that is impossible for no contradiction of one that is not", () => {
  const [row] = barsOf("A", "2024-03-04", [1]);
  const {good, problems} = validate(rowsOf("bars", [row, {...row, close: -1}]), options);
  expect(good.length).toBe(1);
  expect(problems).toMatchObject([{code: "not-positive"}]);
});

it("validate(rows, …) tells trades of one moment apart by their number, actions of one day by their type", () => {
  const time = Date.parse("2024-03-04T15:00Z");
  const trade = {symbol: "A", day: "2024-03-04", time, price: 1, size: 1};
  const trades = rowsOf("trades", [
    {...trade, id: "2"},
    {...trade, id: "1"},
    {...trade, id: "2"}
  ]);
  const checked = validate(trades, {...options, frequency: "tick"});
  expect([checked.good.columns.id, checked.copies]).toEqual([["1", "2"], 1]);
  const action = {symbol: "A", day: "2024-03-04", value: 2};
  const actions = rowsOf("actions", [
    {...action, type: "split"},
    {...action, type: "dividend"}
  ]);
  expect(validate(actions, options).good.columns.type).toEqual(["dividend", "split"]);
});

it("validate(fx, …) names a pair by its two codes", () => {
  const rates = ["USD", "CHF"].map((quote) => ({base: "EUR", quote, day: "2024-03-04", rate: 1}));
  const {good, problems} = validate(rowsOf("fx", rates), options);
  expect(good.columns.quote).toEqual(["CHF", "USD"]);
  expect(problems).toMatchObject([{code: "unordered", symbol: "EURCHF"}]);
});

const START = 19_786; // 2024-03-04
const price = fc.oneof(
  {weight: 8, arbitrary: fc.constantFrom(9, 9.5, 10, 10.5, 11)},
  {weight: 2, arbitrary: fc.constantFrom(1000, 0.1, 10_000, 1e7)},
  {weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 0, -1)}
);
const symbol = fc.constantFrom("A", "B", "CL=F");
const day = fc.integer({min: START, max: START + 30}).map(dayOf);
const count = fc.oneof(
  {weight: 9, arbitrary: fc.constantFrom(0, 100)},
  {weight: 1, arbitrary: fc.constant(-1)}
);

/** Rows as a bad day brings them: some twice, some impossible, some in other units, in no order. */
const dirty = {
  bars: fc.array(
    fc
      .tuple(symbol, day, price, count, fc.constantFrom(0, 0, 0, -0.5, 0.5))
      .map(([s, d, close, volume, off]) => bar(s, d, close, {volume, high: close + off})),
    {maxLength: 60}
  ),
  series: fc.array(fc.record({series: symbol, day, value: price, unit: fc.constant("usd")}), {maxLength: 60}),
  fx: fc.array(
    fc.record({base: fc.constant("EUR"), quote: fc.constantFrom("USD", "CHF"), day, rate: price}),
    {maxLength: 60}
  ),
  trades: fc.array(
    fc
      .tuple(symbol, day, price, count, fc.constantFrom("1", "2"))
      .map(([s, d, p, size, id]) => ({symbol: s, day: d, time: Date.parse(d), id, price: p, size})),
    {maxLength: 60}
  ),
  quotes: fc.array(
    fc
      .tuple(symbol, day, price, price)
      .map(([s, d, bid, ask]) => ({symbol: s, day: d, time: Date.parse(d), bid, ask})),
    {maxLength: 60}
  ),
  actions: fc.array(fc.record({symbol, day, type: fc.constantFrom("split", "dividend"), value: price}), {
    maxLength: 60
  })
} satisfies {[K in Kind]: fc.Arbitrary<Row<K>[]>};

/** Tries a law on rows of each kind, given with themselves in another order. */
function forAll(law: (rows: Rows, shuffled: Rows) => void): void {
  for (const kind of Object.keys(dirty) as Kind[]) {
    // the keys above
    const given = (dirty[kind] as fc.Arbitrary<Row<Kind>[]>).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        shuffled: fc.shuffledSubarray(rows, {minLength: rows.length, maxLength: rows.length})
      })
    );
    fc.assert(fc.property(given, ({rows, shuffled}) => law(rowsOf(kind, rows), rowsOf(kind, shuffled))));
  }
}

it("validate(rows, …) loses no row: good, quarantined and the copies are the input", () => {
  forAll((rows) => {
    const {good, quarantined, copies} = validate(rows, options);
    const left = texts(rows).sort();
    for (const row of [...texts(good), ...texts(quarantined)]) {
      expect(left).toContain(row);
      left.splice(left.indexOf(row), 1);
    }
    expect(left).toHaveLength(copies);
    for (const copy of left) expect([...texts(good), ...texts(quarantined)]).toContain(copy);
  });
});

it("validate(rows, …) finds nothing more to set aside in what it let through", () => {
  forAll((rows) => {
    const {good} = validate(rows, options);
    const again = validate(good, options);
    expect(again.good).toBe(good);
    expect(again.problems.filter(({state}) => state !== "kept")).toEqual([]);
  });
});

it("validate(rows, …) does not hang on the order in which rows came", () => {
  forAll((rows, shuffled) => {
    const [one, other] = [validate(rows, options), validate(shuffled, options)];
    expect(texts(other.good)).toEqual(texts(one.good));
    expect(texts(other.quarantined).sort()).toEqual(texts(one.quarantined).sort());
    expect(other.copies).toBe(one.copies);
  });
});

it("validate(rows, …) has one problem for each row that it sets aside, of its symbol and day", () => {
  forAll((rows) => {
    const {quarantined, problems} = validate(rows, options);
    const told = problems.filter(({state}) => state === "quarantined");
    expect(told).toHaveLength(quarantined.length);
    for (const [i, row] of texts(quarantined).entries()) {
      const {symbol: name, day: date} = told[i];
      const [, own, number] = /(?:symbol|series|quote)=(\S+).* day=(\d+)/.exec(row)!;
      expect([name, date]).toEqual([rows.kind === "fx" ? `EUR${own}` : own, dayOf(Number(number))]);
    }
  });
});

it("validate(rows, …) does not change what it is given", () => {
  forAll((rows, shuffled) => {
    const before = texts(shuffled);
    validate(shuffled, {...options, previous: rows});
    expect(texts(shuffled)).toEqual(before);
  });
});
