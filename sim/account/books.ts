/** The demo account's books: its whole history, told twice from the day that IBKR later told otherwise. */

import {formatAmount} from "../../lib/money/amount.js";
import type {AccountDay} from "./booking/account-day.js";
import type {Amount} from "./booking/amounts.js";
import {newYorkDate} from "./market/calendar.js";
import {SHARES} from "./market/instruments.js";
import {market as makeMarket} from "./market/market.js";
import {timetable} from "./market/timetable.js";
import {core} from "./story/core.js";
import {currencies} from "./story/currencies.js";
import {corporate} from "./story/corporate.js";
import {play, type History} from "./story/history.js";
import {leverage} from "./story/leverage.js";
import {options} from "./story/options.js";
import {paperwork} from "./story/paperwork.js";
import {savings} from "./story/savings.js";
import {FORMER, MAIN, SECOND, type Plot, type StoryItem} from "./story/stage.js";

/** One planted defect, or the restatement. */
export interface Planted {
  kind: "missing-rate" | "missing-day" | "contradicting-file" | "restatement";
  /** Report day. */
  day: string;
  account: string;
  /** The currency, the trade's transactionID, the dividend's symbol; empty for a missing day. */
  subject: string;
  /** What the first file says and what the other or the later one says, where they differ. */
  told?: string;
  instead?: string;
  what: string;
}

export interface Books {
  seed: number;
  /** New York date of `now`. */
  today: string;
  /** Business days of the history, oldest first. */
  days: string[];
  /** The former number of the second account, the main account, the second. */
  accounts: string[];
  plot: Plot;
  /** What IBKR said first, and what it says in statements generated after `restatedFrom`. */
  first: History;
  restated: History;
  /** New York time, `yyyy-mm-ddThh:mm:ss`: a statement of this very time still tells the first history. */
  restatedFrom: string;
  planted: Planted[];
  story: StoryItem[];
  /** The calendar year in which the account loses. */
  losingYear: number;
}

/** Books of a seed and the New York date of `now`: three years to the last finished business day. */
export function demoBooks({seed = 7, now}: {seed?: number; now: Date}): Books {
  const today = newYorkDate(now);
  const time = timetable(today);
  const plot: Plot = {seed, time, market: makeMarket(seed, time)};
  const {days} = time;

  const tell = (restate: boolean): History =>
    play(
      plot,
      [savings, currencies, core, corporate, options, leverage, paperwork].flatMap((chapter) =>
        chapter(plot)
      ),
      (book, {instrument, tax}) =>
        restate && book.id === MAIN && instrument === RESTATED && book.day >= days[days.length - 45]
          ? 2n * tax
          : tax
    );
  const first = tell(false);
  const restated = tell(true);
  return {
    seed,
    today,
    days,
    accounts: [FORMER, MAIN, SECOND],
    plot,
    first,
    restated,
    restatedFrom: `${days[days.length - 2]}T06:00:00`,
    planted: plant(first.days, restated.days, days),
    story: first.story,
    losingYear: time.losingYear
  };
}

/** The history as it was known at a New York time (`yyyy-mm-ddThh:mm:ss`). */
export function knownAt({first, restated, restatedFrom}: Books, instant: string): AccountDay[] {
  return (instant > restatedFrom ? restated : first).days;
}

/** Its last dividend is the one whose withholding IBKR changes. */
const RESTATED = SHARES.logistics;

function plant(
  first: readonly AccountDay[],
  restated: readonly AccountDay[],
  days: readonly string[]
): Planted[] {
  const n = days.length;
  const find = (what: string, test: (day: AccountDay) => boolean): AccountDay => {
    const found = first.find(test);
    if (!found) throw new RangeError(`the demo has no ${what}`);
    return found;
  };
  const usesYen = ({rows}: AccountDay): boolean =>
    rows.some(({instrument}) => instrument?.currency === "JPY");

  const unrated = find(
    "day without yen",
    (day) => day.day >= days[Math.round(0.47 * n)] && day.account === MAIN && !usesYen(day)
  );
  const quiet = find(
    "quiet day",
    ({account, day, rows}) => account === SECOND && day >= days[Math.round(0.55 * n)] && !rows.length
  );
  const isTrade = ({element, fields, instrument}: AccountDay["rows"][number]): boolean =>
    element === "Trade" && fields["transactionType"] === "ExchTrade" && instrument?.assetCategory === "STK";
  const traded = find(
    "trade",
    ({account, day, rows}) => account === MAIN && day >= days[n - 200] && rows.some(isTrade)
  );
  const trade = traded.rows.find(isTrade)!.fields;
  const commission = trade["ibCommission"] as Amount;
  const at = first.findIndex((day, i) => day.parts.withholdingTax !== restated[i].parts.withholdingTax);
  return [
    {
      kind: "missing-rate",
      day: unrated.day,
      account: "",
      subject: "JPY",
      what: "no rate of the yen in ConversionRates, in any account"
    },
    {
      kind: "missing-day",
      day: quiet.day,
      account: SECOND,
      subject: "",
      what: "no statement for this account and day"
    },
    {
      kind: "contradicting-file",
      day: traded.day,
      account: MAIN,
      subject: trade["transactionID"] as string,
      told: formatAmount(commission),
      instead: formatAmount(commission - 250_000_000_000n),
      what: "the second query gives this trade another commission"
    },
    {
      kind: "restatement",
      day: first[at].day,
      account: first[at].account,
      subject: RESTATED.symbol,
      told: formatAmount(first[at].parts.withholdingTax),
      instead: formatAmount(restated[at].parts.withholdingTax),
      what: "IBKR changed what was withheld from a dividend, and every later day with it"
    }
  ];
}
