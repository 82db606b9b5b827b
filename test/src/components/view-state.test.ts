import * as fc from "fast-check";
import {expect, it} from "vitest";
import {
  RANGES,
  carryView,
  formatView,
  parseView,
  toQuery,
  type ViewState
} from "../../../src/components/view-state.js";

const DEFAULT: ViewState = {accounts: [], currency: null, range: "ALL", from: null, to: null};

it("parseView(query) reads accounts, currency and range", () => {
  expect(parseView("?accounts=U1,U2&currency=eur&range=mtd")).toEqual({
    ...DEFAULT,
    accounts: ["U1", "U2"],
    currency: "EUR",
    range: "MTD"
  });
});

it("parseView(query) reads days as a custom range, one of them enough", () => {
  expect(parseView("?from=2025-01-31&to=2025-03-01&range=1Y")).toEqual({
    ...DEFAULT,
    range: "custom",
    from: "2025-01-31",
    to: "2025-03-01"
  });
  expect(parseView("?from=2025-01-31")).toEqual({...DEFAULT, range: "custom", from: "2025-01-31"});
});

it("parseView(query) takes the default for what it does not understand", () => {
  for (const query of [
    "",
    "?range=2Y",
    "?currency=DOLLAR",
    "?accounts=<b>",
    "?from=31.1.2025",
    "?from=2025-02-01&to=2025-01-01"
  ]) {
    expect(parseView(query), query).toEqual(DEFAULT);
  }
});

it("formatView(view) leaves defaults out and keeps what is not its own", () => {
  expect(formatView(DEFAULT, "?range=1D&symbol=XYZ")).toBe("?symbol=XYZ");
  expect(formatView({...DEFAULT, accounts: ["U1", "U2"], range: "YTD"})).toBe("?accounts=U1,U2&range=YTD");
});

it("parseView(formatView(view)) is the view", () => {
  const day = fc
    .date({min: new Date("1999-01-01"), max: new Date("2040-01-01"), noInvalidDate: true})
    .map((date) => date.toISOString().slice(0, 10));
  const accounts = fc.array(fc.stringMatching(/^U\d{1,8}$/), {maxLength: 3});
  const currency = fc.option(fc.stringMatching(/^[A-Z]{3}$/));
  const named = fc.constantFrom(...RANGES).map((range) => ({range, from: null, to: null}));
  const custom = fc
    .tuple(day, day)
    .map((days) => ({range: "custom" as const, from: days.toSorted()[0], to: days.toSorted()[1]}));
  const view = fc
    .tuple(accounts, currency, fc.oneof(named, custom))
    .map(([a, c, rest]) => ({accounts: a, currency: c, ...rest}));
  fc.assert(
    fc.property(view, (state) => {
      expect(parseView(formatView(state))).toEqual(state);
    })
  );
});

it("carryView(href, query) takes the view along to another page; the link's own keys win", () => {
  expect(carryView("./positions?symbol=A%26B#lots", "?range=1Y&accounts=U1&page=3")).toBe(
    "./positions?accounts=U1&range=1Y&symbol=A%26B#lots"
  );
  expect(carryView("./?range=1D", "?range=1Y")).toBe("./?range=1D");
  expect(carryView("./history", "")).toBe("./history");
});

it("toQuery(view) has no key for what is not asked", () => {
  expect(toQuery(DEFAULT)).toEqual({accounts: [], range: "ALL"});
  expect(toQuery(parseView("?currency=EUR&to=2025-03-01"))).toEqual({
    accounts: [],
    range: "custom",
    currency: "EUR",
    to: "2025-03-01"
  });
});
