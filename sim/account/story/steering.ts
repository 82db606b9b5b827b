/** Weights that the owner steers to, and the trades that go there. */

import type {AccountBook} from "../booking/account-book.js";
import {float, whole, type Amount} from "../booking/amounts.js";
import type {Instrument, ShareName} from "../market/instruments.js";
import {affordable} from "./currencies.js";
import type {Stage} from "./stage.js";

/** Shares of NAV by name. */
export type Plan = Partial<Record<ShareName, number>>;

export const MAIN_PLAN: Plan = {
  total: 0.17,
  world: 0.08,
  bond: 0.07,
  income: 0.07,
  chips: 0.06,
  software: 0.065,
  foods: 0.045,
  energy: 0.04,
  bank: 0.045,
  health: 0.045,
  logistics: 0.035,
  retail: 0.025,
  paper: 0.03,
  tools: 0.03,
  water: 0.03,
  mining: 0.025,
  chemie: 0.03,
  luxe: 0.03,
  robotics: 0.03,
  noodles: 0.025
};

export const SECOND_PLAN: Plan = {
  total: 0.45,
  bond: 0.12,
  bank: 0.17,
  logistics: 0.14
};

/** Trades toward a weight, in one to three fills; `noise` (of NAV) goes past it and keeps each trade small. */
export function toward(
  stage: Stage,
  book: AccountBook,
  instrument: Instrument,
  weight: number,
  noise: number,
  kept: Amount = 0n
): void {
  const nav = [...book.nav().values()].reduce((sum, part) => sum + float(part), 0);
  const rate = float(book.rate(instrument.currency));
  const held = book.quantity(instrument);
  const price = float(book.mark(instrument)) * rate;
  const gap = weight * nav - float(held) * price + noise * nav * stage.random.normal();
  const value = Math.max(-0.035 * nav, Math.min(noise ? 0.035 * nav : Infinity, gap));
  const lot = instrument.currency === "JPY" ? 10 : 1;
  let count = Math.round(value / price / lot) * lot;
  const most = Math.max(0, Math.floor(float(held - kept)));
  if (count < -most) count = -most;
  if (Math.abs(count * price) < 250) return;
  if (count > 0 && !affordable(stage, book, instrument, count * price * 1.01)) return;
  const fills = Math.abs(count) < 8 ? 1 : stage.random.between(1, 3);
  const quantities = Array.from({length: fills}, (_, i) =>
    whole(Math.trunc(count / fills) + (i < count % fills ? 1 : 0))
  );
  const rest = quantities.reduce((sum, quantity) => sum + quantity, 0n);
  quantities[0] += whole(count) - rest;
  if (fills === 1) stage.trade(book, instrument, quantities[0]);
  else stage.tradeInFills(book, instrument, quantities);
}
