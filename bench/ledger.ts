/** Views of a ledger of ten years: 50,000 trades, 30 positions by day, Change in NAV broken out by day. */
import {createFigures, type Figures} from "../lib/ledger/figures.js";
import {TABLES, type LedgerRow, type LedgerTables, type TableName} from "../lib/ledger/tables.js";
import type {ViewContext} from "../lib/ledger/views.js";
import {multiply, parseAmount, UNIT, type Amount} from "../lib/money/amount.js";
import {sessionsBetween} from "../lib/time/calendar.js";

const TRADES = 50_000;
const POSITIONS = 30;
const RUNS = 5;
const ACCOUNT = "U7000001";
const DAYS = sessionsBetween("2016-01-04", "2025-12-31");
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
function row<T extends TableName>(table: T, id: string, day: string, given: Partial<LedgerRow<T>>) {
  const empty = Object.fromEntries(Object.keys(TABLES[table].columns).map((name) => [name, null]));
  return {...empty, id, account: ACCOUNT, day, ...given} as LedgerRow<T>; // every column is there
}

interface Holding {
  conid: string;
  symbol: string;
  currency: string;
  fxRateToBase: Amount;
  assetCategory: string;
  quantity: number;
  price: number;
}

function makeLedger(): LedgerTables {
  const next = numbers();
  const ledger = Object.fromEntries(Object.keys(TABLES).map((name) => [name, []])) as unknown as LedgerTables; // a list under each name
  const holdings = Array.from({length: POSITIONS}, (_, i): Holding => {
    const [currency, rate] = RATES[i % 10 < 7 ? 0 : (i % 10) - 6];
    return {
      conid: `${265598 + i}`,
      symbol: `DEMO${i}`,
      currency,
      fxRateToBase: parseAmount(rate),
      assetCategory: "STK",
      quantity: 100,
      price: 20 + 200 * next()
    };
  });
  let cash = parseAmount("100000");
  let before: Amount | null = null;
  const perDay = TRADES / DAYS.length;
  for (const [n, day] of DAYS.entries()) {
    const opened = Math.floor((n + 1) * perDay) - Math.floor(n * perDay);
    const deposit = n % 21 === 20 ? parseAmount("1500") : 0n;
    if (deposit) {
      const given = {type: "Deposits & Withdrawals", amount: deposit, currency: "USD", fxRateToBase: UNIT};
      ledger.cash.push(row("cash", `d${n}`, day, given));
    }
    for (let k = 0; k < opened; ++k) trade(ledger, holdings[(n * 7 + k) % POSITIONS], `${n}-${k}`, day, next);
    if (n % 2 === 0) dividend(ledger, holdings[n % POSITIONS], `${n}`, day);
    cash += deposit;
    let stock = 0n;
    for (const holding of holdings) {
      holding.price *= 1 + 0.02 * (next() - 0.49);
      stock += position(ledger, holding, day);
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
    ledger.nav.push(row("nav", day, day, {cash, stock, ...zero, total}));
    bridge(ledger, day, before ?? total, total, deposit);
    for (const [currency, rate] of RATES) {
      const report = {fromDate: day, toDate: day, currency, endingCash: currency === "USD" ? cash : 0n};
      ledger.cash_balances.push(row("cash_balances", `${day}${currency}`, day, report));
      const quote = {fromCurrency: currency, toCurrency: "USD", rate: parseAmount(rate)};
      ledger.rates.push(row("rates", `${day}${currency}`, day, quote));
    }
    ledger.cash_balances.push(
      row("cash_balances", `${day}BASE`, day, {
        fromDate: day,
        toDate: day,
        currency: "BASE_SUMMARY",
        endingCash: cash
      })
    );
    before = total;
  }
  ledger.coverage = [{account: ACCOUNT, from: DAYS[0], to: DAYS[DAYS.length - 1], base: "USD"}];
  return ledger;
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
    row("trades", id, day, {
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
  ledger.cash.push(row("cash", `v${id}`, day, given));
  const tax = {...given, type: "Withholding Tax", amount: amount(-0.03 * holding.quantity)};
  ledger.cash.push(row("cash", `w${id}`, day, tax));
}

/** Books the holding's row and returns its value in base. */
function position(ledger: LedgerTables, holding: Holding, day: string): Amount {
  const [quantity, mark] = [amount(holding.quantity), amount(holding.price)];
  const positionValue = multiply(quantity, mark);
  const cost = {costBasisPrice: mark, costBasisMoney: positionValue, fifoPnlUnrealized: 0n};
  const given = {...named(holding), position: quantity, markPrice: mark, positionValue, ...cost};
  ledger.positions.push(row("positions", `${day}${holding.conid}`, day, given));
  return multiply(positionValue, holding.fxRateToBase);
}

function bridge(ledger: LedgerTables, day: string, start: Amount, end: Amount, deposit: Amount) {
  const period = {fromDate: day, toDate: day, currency: null, model: null};
  const parts = new Map(PARTS.map((part) => [part, 0n]));
  parts.set("startingValue", start).set("endingValue", end);
  parts.set("mtm", end - start - deposit).set("depositsWithdrawals", deposit);
  for (const [part, value] of parts) {
    ledger.change_in_nav.push(row("change_in_nav", `${day}${part}`, day, {...period, part, amount: value}));
  }
}

const CONTEXT: ViewContext = {
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

const STEPS: readonly [string, (figures: Figures) => unknown][] = [
  ["summary", (figures) => figures.summary({})],
  ["performance", (figures) => figures.performance({})],
  ["positions", (figures) => figures.positions({})],
  ["trades", (figures) => figures.trades({})],
  ["trades of a symbol", (figures) => figures.trades({symbol: "DEMO3", range: "1Y"})],
  ["pnl", (figures) => figures.pnl({})],
  ["pnl series", (figures) => figures.pnlSeries({})],
  ["activity of a year", (figures) => figures.activity({range: "1Y"})],
  ["health", (figures) => figures.health({})],
  ["summary, another range", (figures) => figures.summary({range: "1Y"})]
];

const times = new Map<string, number[]>();
const time = (name: string, milliseconds: number) =>
  times.set(name, [...(times.get(name) ?? []), milliseconds]);
const first = makeLedger();
console.log(
  `${first.trades.length} trades, ${first.positions.length} positions by day, ${first.change_in_nav.length} figures of Change in NAV, ${DAYS.length} days`
);
for (let run = 0; run < RUNS; ++run) {
  const ledger = {...first}; // a ledger of its own: nothing is known of it yet
  const figures = createFigures(ledger, CONTEXT);
  let total = 0;
  for (const [name, view] of STEPS) {
    const start = performance.now();
    view(figures);
    const spent = performance.now() - start;
    time(name, spent);
    if (["summary", "performance", "positions", "trades"].includes(name)) total += spent;
  }
  time("summary + performance + positions + trades, from nothing", total);
}
for (const [name, list] of times) {
  const median = list.toSorted((a, b) => a - b)[RUNS >> 1];
  console.log(`${name}: ${median.toFixed(0)} ms, median of ${RUNS}; the first ${list[0].toFixed(0)} ms`);
}
const findings = createFigures(first, CONTEXT).health({}).findings;
if (findings.length) throw new Error(`the sample is not sound: ${findings[0].sentence}`);
