/** The index that the demo account is compared with. */

import type {Books} from "./books.js";
import {addBusinessDays} from "./market/calendar.js";
import {INDEX_BEFORE} from "./market/market.js";

export interface DemoIndex {
  name: "Demo 500";
  currency: "USD";
  /** A price index: no dividends in it. */
  kind: "price index";
  /** From the business day before the history, whose close the first return starts from. */
  closes: [day: string, close: number][];
}

export function demoIndex({days, plot}: Books): DemoIndex {
  const closes = days.map((day, i): [string, number] => [day, plot.market.index[i]]);
  const before: [string, number] = [addBusinessDays(days[0], -1), INDEX_BEFORE];
  return {name: "Demo 500", currency: "USD", kind: "price index", closes: [before, ...closes]};
}
