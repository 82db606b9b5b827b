import type {HeldAsset, HoldingsView} from "../../../../lib/ledger/holdings/view.js";
import {holdingsHistory} from "../../../../lib/portfolio/holdings-history.js";
import {addDays} from "../../../../lib/time/day.js";
import type {Held} from "../../../../src/components/risk/held.js";

const DAYS = Array.from({length: 80}, (_, i) => addDays("2026-01-01", i));

/** Prices that swing by their own seed, so that no two assets are alike. */
const swinging = (seed: number) =>
  DAYS.map((_, i) => 100 * (1 + 0.03 * Math.sin(seed * 1.7 + i * (1 + seed / 7))));

export function asset(name: string, value: number, more: Partial<HeldAsset> = {}): HeldAsset {
  return {
    name,
    symbol: name,
    description: `${name} INC`,
    conid: name,
    class: "STK",
    currency: "USD",
    quantity: value / 100,
    value,
    isNotional: false,
    history: {
      source: "Yahoo Finance",
      kind: "total return",
      from: DAYS[0],
      to: DAYS[79],
      returns: 79,
      notes: []
    },
    prices: swinging(name.charCodeAt(0)),
    ...more
  };
}

/** What is held, as the page has it. */
export function heldWith(assets: HeldAsset[], more: Partial<HoldingsView> = {}): Held {
  const view: HoldingsView = {
    scope: {asOf: DAYS[79], ageDays: 1, source: "demo", currency: "USD"} as HoldingsView["scope"], // what models read of it
    currency: "USD",
    asOf: DAYS[79],
    days: DAYS,
    assets,
    options: [],
    cash: {value: 500},
    nav: {value: 10_000},
    leftOut: [],
    ...more
  };
  return {view, history: holdingsHistory(view, {years: null, horizon: 1}), currency: "USD"};
}
