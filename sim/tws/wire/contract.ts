/** A contract as clients describe it: some fields filled, the rest empty. */

import {type Fields, type FieldReader, readLayout} from "./reader.js";

const SHORT = {
  conId: "number",
  symbol: "text",
  secType: "text",
  expiry: "text",
  strike: "number",
  right: "text",
  multiplier: "text",
  exchange: "text",
  primaryExchange: "text",
  currency: "text",
  localSymbol: "text",
  tradingClass: "text"
} as const;

/** The twelve fields that each request with a contract has. */
export type Wanted = Fields<typeof SHORT> & {
  includeExpired?: boolean;
  secIdType?: string;
  secId?: string;
};

export interface Leg {
  conId: number;
  ratio: number;
  action: string;
  exchange: string;
}

export const readWanted = (reader: FieldReader): Wanted => readLayout(reader, SHORT);

/** The legs of a combination in requests for data. */
export function readLegs(reader: FieldReader): Leg[] {
  return Array.from({length: reader.whole()}, () => ({
    conId: reader.whole(),
    ratio: reader.whole(),
    action: reader.text(),
    exchange: reader.text()
  }));
}
