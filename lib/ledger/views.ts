/**
 * What a page, an endpoint, an alert and a report show: JSON-safe, made by lib/ledger/figures.ts and by
 * nothing else. Money is an exact decimal text in the view's currency; ratios are fractions.
 */
import type {Figure} from "../returns/figure.js";
import type {RANGES} from "../returns/ranges.js";
import type {LakeRows} from "./lake/lake-rows.js";
import type {TagBook} from "./tags/tag.js";

export type {Figure};

/** The range bar's words. */
export type RangeName = (typeof RANGES)[number] | "custom";

/** An exact amount; null where it cannot be computed, with the reason in a sentence. */
export interface Money {
  value: string | null;
  reason?: string;
}

/** What a view is asked for. */
export interface ViewQuery {
  /** Account ids; all when absent or empty. */
  accounts?: readonly string[];
  /** Reporting currency; the base currency of the accounts when absent. */
  currency?: string;
  range?: RangeName;
  /** First and last day, ISO, for range `custom`. */
  from?: string;
  to?: string;
  /** `start-end` (default): in-flows at day start, out-flows at day end; `ibkr`: all flows at day end. */
  convention?: "start-end" | "ibkr";
}

/** What is not in the ledger's rows: handed in by whoever asks. */
export interface ViewContext {
  /** Now, ISO 8601 UTC. */
  now: string;
  mode: "demo" | "real";
  /** What is compared with where nothing else is asked for. */
  benchmark: Benchmark | null;
  /** Every index that there is, to be asked for by name or in a blend; and the one that the person chose. */
  benchmarks?: readonly Benchmark[];
  benchmarkChoice?: string;
  /** Yield of the three-month bill; null or absent without a series. */
  riskFree?: RiskFree | null;
  /** From the person's own sectors.csv: symbol or conid -> sector. */
  sectors: Readonly<Record<string, string>>;
  /** What IBKR changed or contradicts, and warnings of imports: see merge.ts. */
  changes: readonly ChangeSummary[];
  files: readonly ImportedFile[];
  /** Data that failed: a pull that did not come, as a sentence each. */
  failures: readonly string[];
  /** The person's own tags, notes and rules; none when absent. */
  tags?: TagBook;
  /** Closes, fixings and benchmarks of the data lake, used only where statements are silent; absent without one. */
  lake?: LakeRows;
}

export interface Benchmark {
  name: string;
  /** Whether dividends are in it. */
  kind: "price return" | "total return";
  /** ISO code; empty for an index in points, which is compared as it is, in whatever currency. */
  currency: string;
  /** Oldest first: [ISO day, close]. */
  closes: readonly (readonly [string, number])[];
}

/** What riskless money earns. */
export interface RiskFree {
  name: string;
  /** Oldest first: [ISO day, percent a year]. */
  yields: readonly (readonly [string, number])[];
}

export interface ChangeSummary {
  kind: "changed" | "gone" | "contradiction";
  account: string;
  element: string;
  key: string;
  day: string;
  /** ISO 8601 UTC: when the import that brought it ran. */
  seen: string;
  /** Attributes that differ: [name, before, now]; now is null when the row is gone. */
  differences: readonly (readonly [string, string | null, string | null])[];
  /** SHA-256 of the file whose row does not count, and of the one whose row does; null when gone. */
  oldFile: string;
  nowFile: string | null;
}

export interface ImportedFile {
  sha256: string;
  name: string;
  format: string;
  bytes: number;
  importedAt: string;
  accounts: readonly string[];
  from: string | null;
  to: string | null;
  rows: number;
  warnings: number;
}

/** Whose figures, in what currency, of which days, how old. */
export interface Scope {
  accounts: string[];
  /** Null when no statement says a base currency and none was asked for. */
  currency: string | null;
  /** The day whose close is the start value, and the last day; null without any NAV. */
  from: string | null;
  to: string | null;
  range: RangeName;
  source: "Flex" | "demo";
  /** Last day with a value, and days from then to now. */
  asOf: string | null;
  ageDays: number | null;
  /** What figures of these days take from the data lake, since no statement says it; absent when nothing. */
  lake?: LakeSource[];
}

/** Something that the lake stands in for. */
export interface LakeSource {
  /** What it is called: `ECB fixing`, `Yahoo Finance close`. */
  source: string;
  /** Of what, on which days, how old. */
  sentence: string;
}

/** One line of what changed. */
export interface ChangePart {
  part: "price" | "fx" | "income" | "cost" | "flows" | "other" | "residual";
  amount: Money;
  /** IBKR's ChangeInNAV attributes in it, those that are not zero. */
  lines: {name: string; amount: string}[];
}

export interface SummaryView {
  scope: Scope;
  nav: Money;
  /** Against the report day before. */
  day: {from: string | null; amount: Money; return: Figure};
  /** Over the range, net of flows: gain in money, time-weighted return. */
  range: {gain: Money; flows: Money; return: Figure};
  /** From the statement before to the last one; amounts sum to `total` exactly. */
  change: {
    from: string | null;
    to: string | null;
    start: Money;
    end: Money;
    total: Money;
    parts: ChangePart[];
    source: string;
  };
  cash: {currency: string; amount: string; base: Money; asOf: string}[];
  /** Gross = sum of absolute exposures, futures at notional; leverage = gross / NAV. */
  leverage: {gross: Money; long: Money; short: Money; cash: Money; leverage: Figure; net: Figure};
  allocation: {
    by: "class" | "currency" | "sector";
    items: {name: string; value: string; weight: number | null}[];
  }[];
  needs: Need[];
  /** Health findings by severity. */
  health: {errors: number; warnings: number};
}

/** Something that asks for the person's attention in the next seven days. */
export interface Need {
  kind: "expiry" | "short-call" | "ex-dividend" | "data";
  day: string;
  daysLeft: number;
  account: string | null;
  symbol: string | null;
  title: string;
  detail: string;
  severity: "info" | "warning" | "error";
}

export interface PositionRow {
  id: string;
  account: string;
  symbol: string;
  description: string;
  conid: string | null;
  assetCategory: string;
  sector: string;
  currency: string;
  quantity: string;
  multiplier: string;
  price: string | null;
  asOf: string;
  costPrice: string | null;
  /** In the row's currency. A future's or CFD's value is its notional and not part of NAV. */
  value: Money;
  cost: Money;
  unrealized: Money;
  /** In the reporting currency. */
  valueBase: Money;
  /** What counts in net asset value: nothing of a future, the gain of a CFD, else the value. */
  inNavBase: Money;
  unrealizedBase: Money;
  /** Day's gain in reporting currency: change of value less what was bought, costs included. */
  dayBase: Money;
  realizedYtdBase: Money;
  incomeYtdBase: Money;
  /** Exposure / NAV of the scope, signed. */
  weight: Figure;
  /** Income of the last twelve months / cost. */
  yieldOnCost: Figure;
  daysHeld: Figure;
  /** Options and futures: ISO expiry; moneyness = underlying price / strike - 1, signed so that positive is in the money. */
  expiry: string | null;
  putCall: "P" | "C" | null;
  underlyingConid: string | null;
  moneyness: Figure;
  /** Up to 30 last [day, mark]. */
  spark: [string, number][];
  /** What of the row is by the data lake, and by which day's close; absent where all is IBKR's. */
  lake?: string[];
}

export interface PositionsView {
  scope: Scope;
  rows: PositionRow[];
  totals: {
    /** As in net asset value: futures nothing, CFDs their gain since they were opened. */
    valueBase: Money;
    unrealizedBase: Money;
    dayBase: Money;
    realizedYtdBase: Money;
    incomeYtdBase: Money;
  };
}

export interface PnlDay {
  day: string;
  nav: Money;
  /** Deposits less withdrawals and transfers, at their day's value. */
  flow: Money;
  /** nav - nav before - flow. */
  pnl: Money;
  realized: Money;
  return: Figure;
  cumulative: Figure;
}

export interface PnlView {
  scope: Scope;
  days: PnlDay[];
  total: {pnl: Money; flow: Money; realized: Money; return: Figure};
}

export interface PnlSeriesView {
  scope: Scope;
  /** Columns of equal length, oldest first; null where n/a. */
  days: string[];
  nav: (number | null)[];
  /** NAV at the start of the range plus flows since. */
  contributions: (number | null)[];
  return: (number | null)[];
  cumulative: (number | null)[];
}

/** One measure, ours beside the benchmark's on the same days. */
export interface Measure {
  id: string;
  label: string;
  unit: "fraction" | "ratio" | "days";
  portfolio: Figure;
  benchmark: Figure;
  difference: Figure;
  definition: string;
}

/** What PortfolioAnalyst reports of a period, and what we make of the same days by its conventions. */
export interface Comparison {
  account: string;
  from: string;
  to: string;
  /** `TWR`, `MWR`. */
  measure: string;
  currency: string | null;
  ours: Figure;
  theirs: number;
  difference: Figure;
}

export interface PerformanceView {
  scope: Scope;
  profile: "default" | "portfolio-analyst";
  convention: "start-end" | "ibkr";
  /** Time-weighted over the range; annualized is n/a below one year. */
  timeWeighted: {return: Figure; annualized: Figure; ibkr: Figure};
  moneyWeighted: {xirr: Figure; period: Figure; modifiedDietz: Figure};
  simple: Figure;
  growth: {
    days: string[];
    portfolio: (number | null)[];
    benchmark: (number | null)[];
    /** Further benchmarks on the same days. */
    others: {name: string; kind: string; values: (number | null)[]}[];
  };
  drawdown: {days: string[]; depth: (number | null)[]};
  drawdowns: {depth: number; peak: string; trough: string; recovered: string | null; days: number}[];
  months: {year: number; month: number; return: Figure}[];
  years: {year: number; return: Figure; partial: boolean}[];
  measures: Measure[];
  /** Each constant used, as a sentence. */
  constants: string[];
  benchmark: {name: string; kind: string; currency: string; from: string; to: string} | null;
  benchmarkReason: string | null;
  /** Names of the benchmarks that may be asked for. */
  benchmarks: string[];
  reported: Comparison[];
  warnings: string[];
}

export interface TradeRow {
  id: string;
  account: string;
  day: string;
  dateTime: string | null;
  symbol: string;
  description: string;
  assetCategory: string;
  currency: string;
  buySell: string;
  quantity: string;
  price: string | null;
  proceeds: string | null;
  commission: string | null;
  commissionCurrency: string | null;
  netCash: string | null;
  realized: string | null;
  notes: string | null;
  conid: string | null;
  transactionType: string | null;
}

export interface TradesQuery extends ViewQuery {
  symbol?: string;
  conid?: string;
  page?: number;
  size?: number;
}

export interface TradesView {
  scope: Scope;
  rows: TradeRow[];
  total: number;
  page: number;
  size: number;
  totals: {currency: string; count: number; proceeds: string; commission: string; realized: string}[];
}

/** One line of the account's history, whatever it came from. */
export interface ActivityRow {
  id: string;
  account: string;
  day: string;
  type: string;
  symbol: string;
  description: string;
  currency: string;
  quantity: string | null;
  price: string | null;
  amount: string | null;
  amountBase: Money;
  realized: string | null;
  notes: string | null;
  /** Cash of that currency after it, rolled from the statement's starting cash; null where that is not known. */
  balance: string | null;
  table: "trades" | "cash" | "corporate_actions" | "transfers";
}

export interface ActivityView {
  scope: Scope;
  rows: ActivityRow[];
  types: {type: string; count: number}[];
}

export interface BenchmarkView {
  scope: Scope;
  name: string | null;
  kind: string | null;
  reason: string | null;
  days: string[];
  portfolio: (number | null)[];
  benchmark: (number | null)[];
  measures: Measure[];
}

export interface Finding {
  code: string;
  severity: "error" | "warning" | "info";
  account: string | null;
  day: string | null;
  sentence: string;
  /** What to do. */
  next: string;
  rows: string[];
  /** What a click can do about it; null or absent where nothing can. */
  fix?: Fix | null;
}

/** A finding as the health list tells it. */
export interface ToldFinding extends Finding {
  fix: Fix | null;
}

/** What a page or a program can do about a finding. */
export type Fix =
  /** Fetch from IBKR: `new` what a daily pull asks for, `all` the whole period of each query, a year at most. */
  | {kind: "fetch"; what: "new" | "all"}
  /** Take one of these files out; the one whose rows do not count comes first. */
  | {kind: "undo-file"; files: {sha256: string; name: string; rows: number}[]};

/** A section that no statement of an account has a row of. */
export interface MissingSection {
  account: string;
  section: string;
  /** What there is not without it, and what to do. */
  sentence: string;
}

export interface HealthView {
  scope: Scope;
  findings: ToldFinding[];
  missingSections: MissingSection[];
  coverage: {account: string; from: string; to: string; base: string | null}[];
}
