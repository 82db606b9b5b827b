/** A figure of a row that may be null while the row has a value; `missing` then says why. */
export type RowFigure = "change1d" | "change1w" | "change1m" | "changeYtd" | "percentile10y";

/** A line of a panel: value, changes, place in ten years, the last thirty days. Null with its reason in `reason`. */
export interface MarketRow {
  id: string;
  label: string;
  value: number | null;
  /** percent, basis points, usd, index, usd per barrel, … */
  unit: string;
  /** ISO day of the value; null while there is none. */
  asOf: string | null;
  /** Vendor and series; `computed: …` for what we derive. */
  source: string;
  /** Change to the value before; to the last value at or before a week, a month, the end of last year; in `changeUnit`. */
  change1d: number | null;
  change1w: number | null;
  change1m: number | null;
  changeYtd: number | null;
  /** Basis points of rates and spreads, fractions of prices and levels, else the row's own unit. */
  changeUnit: "bp" | "fraction" | "absolute";
  /** Share of the values of the last ten years at or below this one, 0 to 1; null with less than a year of them. */
  percentile10y: number | null;
  /** The last thirty days that have a value, oldest first. */
  sparkline: [date: string, value: number][];
  /** Calendar days from `asOf` to now. */
  ageDays: number | null;
  /** Whether that is more than its rhythm of publication explains. */
  stale: boolean;
  /** Why the value is null, and what to do; null otherwise. */
  reason: string | null;
  /** Why a figure is null though there is a value. */
  missing: Partial<Record<RowFigure, string>>;
}

/** A group of rows under one heading: "US Treasury par curve", "TIPS", "Breakevens". */
export interface MarketGroup {
  label: string;
  rows: MarketRow[];
}

export interface PanelView {
  /** ISO UTC of the computation. */
  now: string;
  groups: MarketGroup[];
}

/** What one unit of a currency costs in each other, from fixings of one day. */
export interface FxMatrix {
  /** ISO codes, in the order of rows and columns. */
  currencies: string[];
  asOf: string | null;
  /** `rates[i][j]`: units of the j-th for one of the i-th; null where a fixing is missing. */
  rates: (number | null)[][];
  reason: string | null;
}

export interface FxView extends PanelView {
  matrix: FxMatrix;
}

/** Prices of a future's contracts by delivery month. */
export interface FuturesCurve {
  /** Row of the front month: `yahoo:CL=F`. */
  id: string;
  label: string;
  unit: string;
  /** Day of the prices; a contract without one on that day is left out. */
  asOf: string | null;
  points: {id: string; month: string; price: number}[];
  reason: string | null;
}

export interface CommoditiesView extends PanelView {
  curves: FuturesCurve[];
}

export type Panel = "rates" | "fx" | "equities" | "commodities" | "macro";

/** A curve on a day: points by maturity in years. */
export interface CurveLine {
  label: "now" | "1 month ago" | "1 year ago";
  asOf: string | null;
  points: {years: number; percent: number}[];
}

export interface CurvesView {
  now: string;
  source: string;
  par: CurveLine[];
  /** Real par yields, of TIPS. */
  real: CurveLine[];
  zero: CurveLine[];
  /** One-year forward rates by their start in years, bond-equivalent percent. */
  forward: CurveLine[];
  /** 1y1y, 2y1y, 5y5y, …: named forwards of each line. */
  named: MarketRow[];
  slopes: MarketRow[];
  reason: string | null;
}

export interface FedLiquidityView {
  now: string;
  /** Balance sheet, general account, reverse repo, net liquidity, reserves, SOMA holdings by kind. */
  rows: MarketRow[];
  /** Wednesday levels, USD billions, oldest first: total assets, less general account, less reverse repo. */
  weeks: {day: string; assets: number; generalAccount: number; reverseRepo: number; net: number}[];
  /** Holdings by kind, USD billions, oldest first. */
  soma: {
    asOf: string;
    bills: number;
    notesBonds: number;
    /** Face value; what inflation has added stands apart. */
    tips: number;
    tipsInflation: number;
    frn: number;
    mbs: number;
    cmbs: number;
    agencies: number;
    total: number;
  }[];
  /** Change of total assets over four weeks and thirteen, USD billions. */
  pace: {fourWeeks: number | null; thirteenWeeks: number | null; sentence: string};
  reason: string | null;
}

export interface Meeting {
  bank: "Federal Reserve" | "European Central Bank" | "Bank of England" | "Bank of Japan";
  /** ISO: day of the decision. */
  day: string;
  /** Whether projections come with it. */
  projections: boolean;
  daysTo: number;
  /** Where the date is from, and as of when. */
  source: string;
}

export interface ImpliedMeeting {
  day: string;
  /** Contract month `2026-10` whose price the rate after it rests on, its price, and whether it is the month after the meeting. */
  contract: string;
  price: number;
  basis: "month of the meeting" | "month after";
  /** Effective funds rate before and after, percent. */
  start: number;
  end: number;
  changeBp: number;
  /** Moves against the rate before this meeting, multiples of 25 bp, and their probabilities, which sum to 1. */
  moves: {bp: number; probability: number}[];
  /** Target ranges after the meeting, all paths multiplied out; probabilities sum to 1. */
  levels: {lower: number; upper: number; probability: number}[];
  /** Why the figure is weak ("5 days left in the month"), null otherwise. */
  flag: string | null;
}

export interface CentralBanksView {
  now: string;
  policy: MarketRow[];
  /** Those to come, soonest first. */
  meetings: Meeting[];
  /** The last day that is known of each bank. */
  knownUntil: {bank: Meeting["bank"]; day: string; source: string}[];
  /** Day of the futures' prices that the path is made of. */
  impliedAsOf: string | null;
  implied: ImpliedMeeting[];
  /** Why there is no implied path, or what it lacks; null otherwise. */
  reason: string | null;
}

export interface Mover {
  id: string;
  label: string;
  panel: Panel;
  /** Change of a day, or of five, over the standard deviation of such changes in the year before. */
  z: number;
  change: number;
  changeUnit: MarketRow["changeUnit"];
  horizonDays: 1 | 5;
  asOf: string;
  sentence: string;
}

export interface WhatChangedView {
  now: string;
  /** Largest |z| first. */
  movers: Mover[];
  reason: string | null;
}

/** What the accounts hold that moves with a row: a currency, an index, an instrument. */
export interface ExposureRow {
  /** Row id of a panel, or an instrument of a watchlist. */
  id: string;
  kind: "currency" | "instrument" | "rates";
  label: string;
  /** Exact decimal string in the base currency; null with the reason. */
  value: string | null;
  base: string;
  /** Fraction of NAV. */
  weight: number | null;
  /** What a move of one standard deviation of a day (of a year of them) makes of it, base currency. */
  dayMove: number | null;
  /** Positions it is made of, by symbol; cash as its currency. */
  of: string[];
  reason: string | null;
}

export interface ExposureView {
  now: string;
  /** Last day of the accounts' positions and cash. */
  asOf: string | null;
  rows: ExposureRow[];
  /** Why there are none, or what they lack. */
  reason: string | null;
}

export interface SparklinesView {
  now: string;
  sparklines: {id: string; points: [date: string, value: number][]; reason: string | null}[];
}

export interface HistoryView {
  id: string;
  label: string;
  unit: string;
  source: string;
  asOf: string | null;
  closes: [date: string, value: number][];
  reason: string | null;
}

export interface WatchlistsView {
  now: string;
  lists: {name: string; rows: MarketRow[]}[];
}

export interface OverviewView {
  now: string;
  rates: PanelView;
  fx: FxView;
  equities: PanelView;
  commodities: CommoditiesView;
  macro: PanelView;
  watchlists: {name: string; rows: MarketRow[]}[];
  whatChanged: WhatChangedView;
  /** Sources with their last pull and what went wrong, so that an old page says how old. */
  sources: {source: string; asOf: string | null; pulledAt: string | null}[];
}
