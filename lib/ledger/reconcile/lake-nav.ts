import {absolute, formatAmount, roundAmount, type Amount} from "../../money/amount.js";
import {ratesOf} from "../rates.js";
import {rolledNavs, type RolledNav, type Unknown} from "../roll/nav.js";
import type {CheckWhat} from "./check.js";
import type {Frame} from "./frame.js";
import type {Comparison} from "./sheet.js";

/**
 * Returns the comparison of a part of net asset value that the statements alone do not make: by the lake's prices and
 * rates where that agrees with theirs, and else not known, as it is without a lake, with what the lake makes of it in the
 * sentence. A vendor's close is not IBKR's mark: by it alone nothing differs.
 *
 * @param ours by the statements alone
 * @param why it is not known
 * @param of the part compared
 */
export function byLake(
  frame: Frame,
  place: {what: CheckWhat; period: string},
  {account, day}: RolledNav,
  line: Omit<Comparison, "ours">,
  why: Unknown,
  of: (nav: RolledNav) => Amount | null
): Comparison {
  const lack = frame.lack(why);
  const unknown: Comparison = {...line, ours: null, lack};
  const nav = frame.lake && rolledNavs(frame.lake)(account, day);
  const value = nav && of(nav);
  if (!frame.lake || !nav || value === null || line.theirs === null) return unknown;
  const source = sourceOf(frame, nav, why);
  if (absolute(value - line.theirs) <= line.tolerance) {
    frame.sheet.note({...place, account}, day, `ours of ${line.item} is by ${source}: ${why.reason}`);
    return {...line, ours: value};
  }
  const off = formatAmount(roundAmount(value - line.theirs, 2));
  const sentence = `${lack.reason.sentence}; by ${source} ours is ${off} off`;
  return {...unknown, lack: {...lack, reason: {...lack.reason, sentence}}};
}

/** What stands in for what is missing: `the Yahoo Finance close of ACME of 2026-01-05`. */
function sourceOf({lake}: Frame, {holdings, base, day}: RolledNav, {kind, item}: Unknown): string {
  const rate = kind === "rate" && lake && base ? ratesOf(lake).find(item, base, day) : null;
  if (rate?.source) return `the ${rate.source} of ${item} (${rate.ageDays} days old)`;
  const held = holdings.find(({holding: {symbol, key}}) => (symbol ?? key) === item);
  return held?.mark ? `the ${held.mark.source} of ${item} of ${held.mark.day}` : "what the lake has";
}
