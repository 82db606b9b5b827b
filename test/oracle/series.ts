/** Value and flows of some accounts together, day by day, as the second ledger has them. */
import {closeOf, flowsOf, rateOf, type Books} from "./figures.js";
import {sum, type Fraction} from "./fraction.js";
import type {Calendar} from "./flex.js";
import type {Day} from "./returns.js";

export interface ExactDay {
  day: string;
  nav: Fraction;
  inflow: Fraction;
  outflow: Fraction;
}

/**
 * The days with the one before them; money that moves between two of the accounts crosses no border (R7).
 * @param currency of the report; the base currency when left out
 */
export function seriesOf(
  books: Books,
  accounts: readonly string[],
  {days, before}: Calendar,
  currency = books.base
): ExactDay[] {
  return [before(days[0]), ...days].map((day, i) => {
    const rate = i === 0 && currency !== books.base ? undefined : rateOf(books, currency, day);
    const told = (amount: Fraction) => (amount.sign && rate ? amount.over(rate) : amount);
    const flows = accounts
      .flatMap((account) => (i === 0 ? [] : flowsOf(books, account, day)))
      .filter(({other}) => !accounts.includes(other))
      .map(({amount}) => told(amount));
    return {
      day,
      nav: told(sum(accounts.map((account) => closeOf(books, account, day).nav))),
      inflow: sum(flows.filter(({sign}) => sign > 0)),
      outflow: sum(flows.filter(({sign}) => sign < 0)).negated
    };
  });
}

export function inFloats(days: readonly ExactDay[]): Day[] {
  return days.map(({day, nav, inflow, outflow}) => ({
    day,
    nav: nav.float,
    inflow: inflow.float,
    outflow: outflow.float
  }));
}
