/** A ledger of ten years, made up: trades, dividends, positions and values by day, the same each time. */
import {TABLES, type LedgerRow, type LedgerTables, type TableName} from "../lib/ledger/tables.js";
import type {ViewContext} from "../lib/ledger/views.js";
import {multiply, parseAmount, UNIT, type Amount} from "../lib/money/amount.js";
import {sessionsBetween} from "../lib/time/calendar.js";

interface Size {
  trades: number;
  accounts: number;
  /** Instruments of each account. */
  positions: number;
}

export const DAYS = sessionsBetween("2016-01-04", "2025-12-31");
const RATES: readonly (readonly [string, string])[] = [
  ["USD", "1"],
  ["EUR", "1.0853"],
  ["GBP", "1.2731"],
  ["JPY", "0.0067"]
];
const PARTS =
  `mtm realized changeInUnrealized depositsWithdrawals internalCashTransfers assetTransfers dividends
  withholdingTax changeInDividendAccruals interest changeInInterestAccruals advisorFees clientFees otherFees
  commissions forexCommissions transactionTax salesTax netFxTrading fxTranslation other twr`.split(/\s+/);

const amount = (value: number) => parseAmount(value.toFixed(4));

/** Returns numbers in [0, 1), the same each time (Park and Miller's minimal generator). */
function numbers(seed = 7): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Returns a row of a table with what is given, all else null. */
function row<T extends TableName>(
  table: T,
  account: string,
  id: string,
  day: string,
  given: Partial<LedgerRow<T>>
): LedgerRow<T> {
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map((name) => [name, null]));
  return {...empty, id: `${account}/${id}`, account, day, ...given} as LedgerRow<T>; // every column is there
}

interface Holding {
  account: string;
  conid: string;
  symbol: string;
  currency: string;
  fxRateToBase: Amount;
  assetCategory: string;
  quantity: number;
  price: number;
}

/** Returns the ledger: accounts side by side, each with its own instruments, trades spread over all days. */
export function sampleLedger({trades, accounts, positions}: Size): LedgerTables {
  const ledger = Object.fromEntries(Object.keys(TABLES).map((name) => [name, []])) as unknown as LedgerTables; // a list under each name
  ledger.coverage = [];
  for (let n = 0; n < accounts; ++n) {
    fillAccount(ledger, `U${7_000_001 + n}`, {
      seed: 7 + n,
      trades: trades / accounts,
      positions,
      daily: accounts === 1
    });
  }
  return ledger;
}

interface AccountSize {
  seed: number;
  trades: number;
  positions: number;
  /** Whether Change in NAV is broken out by day, else by month. */
  daily: boolean;
}

function fillAccount(ledger: LedgerTables, account: string, {seed, trades, positions, daily}: AccountSize) {
  const next = numbers(seed);
  const holdings = Array.from({length: positions}, (_, i): Holding => {
    const [currency, rate] = RATES[i % 10 < 7 ? 0 : (i % 10) - 6];
    return {
      account,
      conid: `${265_598 + i}`,
      symbol: `DEMO${i}`,
      currency,
      fxRateToBase: parseAmount(rate),
      assetCategory: "STK",
      quantity: 0,
      price: 20 + 200 * next()
    };
  });
  let cash = parseAmount("1000000");
  let before: Amount | null = null;
  let opening: {day: string; total: Amount; deposits: Amount} | null = null;
  const perDay = trades / DAYS.length;
  for (const [n, day] of DAYS.entries()) {
    const opened = Math.floor((n + 1) * perDay) - Math.floor(n * perDay);
    const deposit = n % 21 === 20 ? parseAmount("1500") : 0n;
    if (deposit) {
      const given = {type: "Deposits & Withdrawals", amount: deposit, currency: "USD", fxRateToBase: UNIT};
      ledger.cash.push(row("cash", account, `d${n}`, day, given));
    }
    for (let k = 0; k < opened; ++k) {
      trade(ledger, holdings[(n * 7 + k) % positions], `${n}-${k}`, day, next);
    }
    if (n % 2 === 0) dividend(ledger, holdings[n % positions], `${n}`, day);
    cash += deposit;
    let stock = 0n;
    for (const holding of holdings) {
      holding.price *= 1 + 0.02 * (next() - 0.49);
      if (holding.quantity !== 0) stock += position(ledger, holding, day);
    }
    const total: Amount = cash + stock;
    const zero = {
      options: 0n,
      bonds: 0n,
      commodities: 0n,
      notes: 0n,
      funds: 0n,
      dividendAccruals: 0n,
      interestAccruals: 0n
    };
    ledger.nav.push(row("nav", account, day, day, {cash, stock, ...zero, total}));
    opening ??= {day, total: before ?? total, deposits: 0n};
    opening.deposits += deposit;
    if (daily || DAYS[n + 1]?.slice(0, 7) !== day.slice(0, 7)) {
      bridge(ledger, account, {...opening, to: day, end: total});
      opening = null;
    }
    for (const [currency, rate] of RATES) {
      const report = {fromDate: day, toDate: day, currency, endingCash: currency === "USD" ? cash : 0n};
      if (daily) ledger.cash_balances.push(row("cash_balances", account, `${day}${currency}`, day, report));
      const quote = {fromCurrency: currency, toCurrency: "USD", rate: parseAmount(rate)};
      ledger.rates.push(row("rates", account, `${day}${currency}`, day, quote));
    }
    const base = {fromDate: day, toDate: day, currency: "BASE_SUMMARY", endingCash: cash};
    ledger.cash_balances.push(row("cash_balances", account, `${day}BASE`, day, base));
    before = total;
  }
  ledger.coverage.push({account, from: DAYS[0], to: DAYS[DAYS.length - 1], base: "USD"});
}

const named = ({conid, symbol, currency, fxRateToBase, assetCategory}: Holding) => ({
  conid,
  symbol,
  currency,
  fxRateToBase,
  assetCategory,
  multiplier: UNIT
});

function trade(ledger: LedgerTables, holding: Holding, id: string, day: string, next: () => number) {
  const quantity = holding.quantity > 200 || (holding.quantity > 20 && next() < 0.5) ? -10 : 10;
  holding.quantity += quantity;
  ledger.trades.push(
    row("trades", holding.account, id, day, {
      ...named(holding),
      dateTime: `${day}T10:00:00`,
      tradeDate: day,
      buySell: quantity > 0 ? "BUY" : "SELL",
      quantity: amount(quantity),
      tradePrice: amount(holding.price),
      proceeds: amount(-quantity * holding.price),
      ibCommission: amount(-1),
      ibCommissionCurrency: holding.currency,
      netCash: amount(-quantity * holding.price - 1),
      fifoPnlRealized: quantity < 0 ? amount(100 * (next() - 0.45)) : 0n,
      transactionID: id
    })
  );
}

function dividend(ledger: LedgerTables, holding: Holding, id: string, day: string) {
  const given = {...named(holding), type: "Dividends", amount: amount(0.2 * holding.quantity)};
  ledger.cash.push(row("cash", holding.account, `v${id}`, day, given));
  const tax = {...given, type: "Withholding Tax", amount: amount(-0.03 * holding.quantity)};
  ledger.cash.push(row("cash", holding.account, `w${id}`, day, tax));
}

/** Books the holding's row and returns its value in base. */
function position(ledger: LedgerTables, holding: Holding, day: string): Amount {
  const [quantity, mark] = [amount(holding.quantity), amount(holding.price)];
  const positionValue = multiply(quantity, mark);
  const cost = {costBasisPrice: mark, costBasisMoney: positionValue, fifoPnlUnrealized: 0n};
  const given = {...named(holding), position: quantity, markPrice: mark, positionValue, ...cost};
  ledger.positions.push(row("positions", holding.account, `${day}${holding.conid}`, day, given));
  return multiply(positionValue, holding.fxRateToBase);
}

interface Period {
  day: string;
  to: string;
  total: Amount;
  end: Amount;
  deposits: Amount;
}

function bridge(ledger: LedgerTables, account: string, {day, to, total, end, deposits}: Period) {
  const period = {fromDate: day, toDate: to, currency: null, model: null};
  const parts = new Map(PARTS.map((part) => [part, 0n]));
  parts.set("startingValue", total).set("endingValue", end);
  parts.set("mtm", end - total - deposits).set("depositsWithdrawals", deposits);
  for (const [part, amount] of parts) {
    ledger.change_in_nav.push(row("change_in_nav", account, `${to}${part}`, to, {...period, part, amount}));
  }
}

/** What is not in its rows. */
export const CONTEXT: ViewContext = {
  now: "2026-01-02T12:00:00Z",
  mode: "real",
  benchmark: {
    name: "Demo 500",
    kind: "price return",
    currency: "USD",
    closes: DAYS.map((day, i) => [day, 100 * 1.0003 ** i * (1 + 0.01 * Math.sin(i))])
  },
  sectors: {},
  changes: [],
  files: [],
  failures: []
};
