/** A period of one account: its days, and what they add up to. */

import type {AccountDay, CashReport} from "../booking/account-day.js";
import {exact, type Amount} from "../booking/amounts.js";
import {PARTS, type InterestFlow, type Part, type Row} from "../booking/chart.js";
import {knownAt, type Books} from "../books.js";
import {rateOn, type Rate} from "../flex/nav-sections.js";
import type {Instrument} from "../market/instruments.js";

/** A row of the books, with the rates of its day. */
export interface DatedRow extends Row {
  day: string;
  rate: Rate;
}

/** What an instrument, or cash in another currency, earned over the period. */
export interface Earned {
  previousQuantity: Amount;
  previousPrice: Amount;
  quantity: Amount;
  price: Amount;
  priorOpenMtm: Amount;
  transactionMtm: Amount;
  commissions: Amount;
  other: Amount;
  realizedShortTerm: Amount;
  realizedLongTerm: Amount;
}

const NOTHING: Earned = {
  previousQuantity: 0n,
  previousPrice: 0n,
  quantity: 0n,
  price: 0n,
  priorOpenMtm: 0n,
  transactionMtm: 0n,
  commissions: 0n,
  other: 0n,
  realizedShortTerm: 0n,
  realizedLongTerm: 0n
};

const SUMMED = [
  "priorOpenMtm",
  "transactionMtm",
  "commissions",
  "other",
  "realizedShortTerm",
  "realizedLongTerm"
] as const;

export class Period {
  readonly account: string;
  readonly days: readonly AccountDay[];
  readonly #books: Books;

  /** @throws RangeError if the account has no day in the period */
  constructor(books: Books, account: string, from: string, to: string, generatedAt: string) {
    this.account = account;
    this.#books = books;
    this.days = knownAt(books, generatedAt).filter(
      (day) => day.account === account && day.day >= from && day.day <= to
    );
    if (!this.days.length) throw new RangeError(`${account} has no day from ${from} to ${to}`);
  }

  get first(): AccountDay {
    return this.days[0];
  }

  get last(): AccountDay {
    return this.days[this.days.length - 1];
  }

  rate({day}: AccountDay): Rate {
    return rateOn(this.#books.plot.market, this.#books.days.indexOf(day));
  }

  /** Rows of a section, in order of their days. */
  rows(section: string): DatedRow[] {
    return this.days.flatMap((day) => {
      const rate = this.rate(day);
      return day.rows.filter((row) => row.section === section).map((row) => ({...row, day: day.day, rate}));
    });
  }

  get parts(): Record<Part, Amount> {
    const sum = (part: Part): Amount => this.days.reduce((total, {parts}) => total + parts[part], 0n);
    return Object.fromEntries(PARTS.map((part) => [part, sum(part)])) as Record<Part, Amount>;
  }

  /** Chained, in percent. */
  get twr(): number {
    return (this.days.reduce((index, {twr}) => index * (1 + Number(twr) / 1e14), 1) - 1) * 100;
  }

  /** One report a currency: what it began with, what moved, what it ended with. */
  get cash(): CashReport[] {
    const reports = new Map<string, CashReport>();
    for (const {cash} of this.days) {
      for (const day of cash) {
        const sum = reports.get(day.currency) ?? {...day, lines: {}, translation: 0n};
        const lines = {...sum.lines};
        for (const [line, amount] of Object.entries(day.lines) as [keyof typeof lines, Amount][])
          lines[line] = (lines[line] ?? 0n) + amount;
        const {ending, settled} = day;
        reports.set(day.currency, {
          ...sum,
          lines,
          translation: sum.translation + day.translation,
          ending,
          settled
        });
      }
    }
    return [...reports.values()];
  }

  /** By currency, in its own money. */
  get interest(): Map<string, InterestFlow & {end: Amount}> {
    const flows = new Map<string, InterestFlow & {end: Amount}>();
    for (const {interest} of this.days) {
      for (const {currency, start, accrued, reversed} of interest) {
        const sum = flows.get(currency) ?? {start, accrued: 0n, reversed: 0n, end: 0n};
        flows.set(currency, {
          start: sum.start,
          accrued: sum.accrued + accrued,
          reversed: sum.reversed + reversed,
          end: start + accrued + reversed
        });
      }
    }
    return flows;
  }

  /** By instrument. */
  get performance(): Map<Instrument, Earned> {
    const all = new Map<string, {instrument: Instrument; earned: Earned}>();
    for (const {performance} of this.days) {
      for (const {instrument, previousQuantity, previousPrice, ...day} of performance) {
        const opening = {...NOTHING, previousQuantity, previousPrice: previousPrice ?? 0n};
        const known = all.get(instrument.conid) ?? {instrument, earned: opening};
        const earned = {...known.earned};
        for (const key of SUMMED) earned[key] += day[key];
        all.set(instrument.conid, {instrument, earned});
      }
    }
    for (const {instrument, quantity, mark} of this.last.positions) {
      const known = all.get(instrument.conid);
      if (known) Object.assign(known.earned, {quantity, price: mark});
    }
    return new Map([...all.values()].map(({instrument, earned}) => [instrument, earned]));
  }

  /** What cash in other currencies earned by their rates, by currency. */
  get forex(): Map<string, Earned> {
    const all = new Map<string, Earned>();
    for (const day of this.days) {
      const rate = this.rate(day);
      for (const {currency, starting, ending} of day.cash) {
        if (currency === "BASE_SUMMARY" || currency === "USD") continue;
        const before = rate(currency, 1);
        const known = all.get(currency) ?? {...NOTHING, previousQuantity: starting, previousPrice: before};
        const translated = exact(starting, rate(currency)) - exact(starting, before);
        const priorOpenMtm = known.priorOpenMtm + translated;
        all.set(currency, {...known, priorOpenMtm, quantity: ending, price: rate(currency)});
      }
    }
    return all;
  }
}
