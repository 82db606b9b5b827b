/** Marks and rates, each of the day that it carries (R16): the inputs that ours and theirs share by name. */
import {entry, given, type Row} from "./rows.js";
import type {Fraction} from "./fraction.js";

export class Market {
  readonly #marks = new Map<string, Map<string, Fraction>>();
  readonly #rates = new Map<string, Map<string, Fraction>>();

  /** Takes marks and rates from whatever row carries one; the first of a day counts, positions before trades. */
  static of(rows: readonly Row[]): Market {
    const market = new Market();
    for (const row of rows) {
      const {element, fields, day} = row;
      if (element === "OpenPosition") market.mark(fields["conid"], day, given(row, "markPrice"));
      if (element === "PriorPeriodPosition") {
        market.mark(fields["conid"], fields["date"] ?? day, given(row, "price"));
      }
      if (element === "ConversionRate" && fields["rate"] !== "-1") {
        market.rate(fields["fromCurrency"], day, given(row, "rate"));
      }
    }
    for (const row of rows) {
      if (row.element === "Trade" && row.fields["assetCategory"] !== "CASH") {
        market.mark(row.fields["conid"], row.day, given(row, "closePrice"));
      }
    }
    return market;
  }

  mark(conid: string | undefined, day: string, price: Fraction | undefined): void {
    if (conid === undefined || !price) return;
    const days = entry(this.#marks, conid, () => new Map<string, Fraction>());
    if (!days.has(day)) days.set(day, price);
  }

  rate(currency: string | undefined, day: string, rate: Fraction | undefined): void {
    if (currency === undefined || !rate) return;
    entry(this.#rates, currency, () => new Map<string, Fraction>()).set(day, rate);
  }

  /** The mark of a day, never of another; undefined when it has none. */
  markOn(conid: string, day: string): Fraction | undefined {
    return this.#marks.get(conid)?.get(day);
  }

  /** Base for one unit of a currency on a day; undefined when it has none. */
  rateOn(currency: string, day: string): Fraction | undefined {
    return this.#rates.get(currency)?.get(day);
  }
}
