/** A line of a panel: value, changes, place in ten years, the last thirty days. Null with its reason in `reason`. */
export interface MarketRow {
  id: string;
  label: string;
  value: number | null;
  /** percent, basis points, usd, index, usd per barrel, …; changes of a percent row are in basis points, others fractions. */
  unit: string;
  /** ISO day of the value; null while there is none. */
  asOf: string | null;
  /** Vendor and series; `computed: …` for what we derive. */
  source: string;
  /** Change to the last value at or before a week (a month) earlier, in `changeUnit`. */
  change1w: number | null;
  change1m: number | null;
  changeUnit: "bp" | "fraction" | "absolute";
  /** Share of the values of the last ten years at or below this one, 0 to 1; null with less than a year of them. */
  percentile10y: number | null;
  /** The last thirty days that have a value, oldest first. */
  sparkline: [date: string, value: number][];
  /** Calendar days from `asOf` to now. */
  ageDays: number | null;
  /** Why the value is null, and what to do; null otherwise. */
  reason: string | null;
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
  soma: {
    asOf: string;
    bills: number;
    notesBonds: number;
    tips: number;
    frn: number;
    mbs: number;
    agencies: number;
    total: number;
  }[];
  /** Expansion or runoff over four weeks and thirteen, USD billions. */
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
  /** Contract month `2026-10` whose price it rests on, and its price. */
  contract: string;
  price: number;
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
  meetings: Meeting[];
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
  label: string;
  /** Exact decimal string in the base currency; null with the reason. */
  value: string | null;
  base: string;
  /** Fraction of NAV. */
  weight: number | null;
  /** What a move of one standard deviation of a day makes of it, base currency. */
  dayMove: number | null;
  reason: string | null;
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

export interface OverviewView {
  now: string;
  rates: PanelView;
  fx: PanelView;
  equities: PanelView;
  commodities: PanelView;
  macro: PanelView;
  watchlists: {name: string; rows: MarketRow[]}[];
  whatChanged: WhatChangedView;
  /** Sources with their last pull and what went wrong, so that an old page says how old. */
  sources: {source: string; asOf: string | null; pulledAt: string | null}[];
}
