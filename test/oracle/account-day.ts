import {closeOf, isDetail, outcomesOn, partsOf, rateOf, type Books} from "./figures.js";
import {type Fraction} from "./fraction.js";
import {type Holding, type Outcome} from "./replay.js";
import {type Row} from "./rows.js";

/** One account on one day: what all its sections are printed from. */
export class AccountDay {
  readonly books: Books;
  readonly account: string;
  readonly before: string;
  readonly day: string;
  readonly start;
  readonly end;
  readonly outcomes: readonly Outcome[];
  readonly rows: readonly Row[];
  readonly parts;

  constructor(books: Books, account: string, before: string, day: string) {
    this.books = books;
    this.account = account;
    this.before = before;
    this.day = day;
    this.start = closeOf(books, account, before);
    this.end = closeOf(books, account, day);
    this.outcomes = outcomesOn(books, account, day);
    this.parts = partsOf(books, account, before, day);
    this.rows = books.rows.filter((row) => row.account === account && row.day === day);
  }

  inBase(currency: string, amount: Fraction): Fraction {
    return amount.times(rateOf(this.books, currency, this.day));
  }

  /** Everything that was held in the morning or at night, or traded between. */
  get touched(): {now: Holding; was: Holding | undefined}[] {
    return [...this.end.state.holdings.values()]
      .map((now) => ({now, was: this.start.state.holdings.get(now.conid)}))
      .filter(
        ({now, was}) =>
          now.lots.length || was?.lots.length || this.rows.some(({fields}) => fields["conid"] === now.conid)
      );
  }
}

export const isExecution = ({element, level}: Row): boolean =>
  element === "Trade" && (level === "EXECUTION" || level === "");

export const isCash = (row: Row): boolean => row.element === "CashTransaction" && isDetail(row);
