/** The index that the demo account is compared with. */

import type {Books} from "./books.js";

export interface DemoIndex {
  name: "Demo 500";
  currency: "USD";
  /** A price index: no dividends in it. */
  kind: "price index";
  closes: [day: string, close: number][];
}

export function demoIndex({days, plot}: Books): DemoIndex {
  const closes = days.map((day, i): [string, number] => [day, plot.market.index[i]]);
  return {name: "Demo 500", currency: "USD", kind: "price index", closes};
}
