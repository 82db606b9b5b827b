import type {RowConverter} from "../exposure.js";
import type {LedgerTables} from "../tables.js";
import type {Amount} from "../../money/amount.js";
import type {LotBasis, RowRef} from "./lot.js";
import {movementRows} from "./rows.js";

/** What of a lot or of a closing says the day and the rate of an amount. */
interface Dated {
  account: string;
  currency: string;
}

/** What a lot's opening says of its rate. */
export interface Opened extends Dated {
  opened: string | null;
  basis: LotBasis;
  source: RowRef;
}

/** An amount in the reporting currency, or why there is none. */
export type Converted = {amount: Amount; reason?: never} | {amount: null; reason: string};

/** Converts amounts at the rate of the day on which they were paid. */
export interface DayRates {
  /** At the day on which a lot was opened: the rate of its own row, else IBKR's of that day. */
  opening(lot: Opened, amount: Amount): Converted;
  /** At the day of the row that closed it. */
  closing(row: RowRef, day: string, dated: Dated, amount: Amount): Converted;
}

/** Returns what converts amounts of lots to the converter's currency. */
export function dayRates(ledger: LedgerTables, converter: RowConverter): DayRates {
  const rows = movementRows(ledger);
  const find = (ref: RowRef) => rows.trade(ref) ?? rows.action(ref) ?? rows.transfer(ref);
  const convert = (row: Parameters<RowConverter["convert"]>[0], amount: Amount): Converted => {
    const converted = converter.convert(row, amount);
    return converted === null ? {amount: null, reason: converter.reason(row)} : {amount: converted};
  };
  return {
    opening({account, currency, opened, basis, source}, amount) {
      const row = basis === "movement" ? find(source) : undefined;
      if (row) return convert({...row, currency}, amount);
      if (opened === null)
        return {amount: null, reason: "nothing says when it was opened: the rate of that day is not known"};
      return convert({account, day: opened, currency}, amount);
    },
    closing(ref, day, {account, currency}, amount) {
      const row = find(ref);
      return convert(row ? {...row, currency} : {account, day, currency}, amount);
    }
  };
}
