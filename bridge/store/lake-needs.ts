import {HISTORY_YEARS, type LakeWanted} from "../../lib/ledger/lake/lake-rows.js";
import {addDays} from "../../lib/time/day.js";
import type {Store} from "./open.js";

/** Days before the first value that a close or a fixing may be carried from. */
const DAYS_BEFORE = 10;

const PRICED = `"assetCategory" in ('STK', 'ETF', 'FUND')`;

/** Accounts that held securities on a day that no positions are listed of, or list a position without a price. */
const LACKING = `
  select account from nav n
    where total is not null and (stock is null or stock <> '0' or coalesce(funds, '0') <> '0')
      and not exists (select 1 from positions p where p.account = n.account and p.day = n.day)
  union
  select account from positions where "markPrice" is null and "positionValue" is null and ${PRICED}`;

const INSTRUMENTS = `
  select symbol, currency from positions
    where ${PRICED} and symbol is not null and currency is not null and account in (${LACKING})
  union
  select symbol, currency from trades
    where ${PRICED} and symbol is not null and currency is not null and account in (${LACKING})
  order by symbol, currency`;

/** Shares and funds of the last position day of each account, and what its options are on. */
const HELD = `
  with last as (select account, max(day) as day from positions group by account),
    held as (select p.* from positions p join last on last.account = p.account and last.day = p.day)
  select symbol, currency from held where ${PRICED} and symbol is not null and currency is not null
  union
  select "underlyingSymbol" as symbol, currency from held
    where "assetCategory" = 'OPT' and "underlyingSymbol" is not null and currency is not null
  order by symbol, currency`;

/** Days on which shares and funds were traded. */
const TRADED = `
  select symbol, currency, json_group_array(day) as days from (
    select distinct symbol, currency, coalesce("tradeDate", day) as day from trades
      where ${PRICED} and symbol is not null and currency is not null
      order by symbol, currency, day)
  group by symbol, currency order by symbol, currency`;

const CURRENCIES = `
  select currency from (
    select currency from positions union select currency from trades union select currency from cash
    union select currency from cash_balances union select base from coverage)
  where length(currency) = 3 order by currency`;

/**
 * Returns what of a lake the store's ledger has a use for; null while no statement says a value.
 * @param asked currency and benchmarks that are asked for beside the ledger's own; whether the past of what is held is
 */
export function readLakeWanted(
  store: Store,
  {
    currency,
    benchmarks,
    holdings = false
  }: {currency?: string | undefined; benchmarks: readonly string[]; holdings?: boolean}
): LakeWanted | null {
  const {first, last} = store.raw
    .prepare<[], {first: string | null; last: string | null}>(
      "select min(day) as first, max(day) as last from nav where total is not null"
    )
    .get()!; // an aggregate has a row
  if (first === null || last === null) return null;
  const currencies = store.raw.prepare<[], string>(CURRENCIES).pluck().all();
  return {
    instruments: store.raw.prepare<[], LakeWanted["instruments"][number]>(INSTRUMENTS).all(),
    currencies: [...new Set([...currencies, ...(currency === undefined ? [] : [currency])])],
    benchmarks,
    from: addDays(first, -DAYS_BEFORE),
    to: last,
    ...(holdings && {
      holdings: {
        instruments: store.raw.prepare<[], LakeWanted["instruments"][number]>(HELD).all(),
        from: addDays(last, -Math.round(HISTORY_YEARS * 365.25)),
        traded: store.raw
          .prepare<[], {symbol: string; currency: string; days: string}>(TRADED)
          .all()
          .map(({days, ...instrument}) => ({...instrument, days: (JSON.parse(days) as string[]).sort()})) // as SQLite made it
      }
    })
  };
}
