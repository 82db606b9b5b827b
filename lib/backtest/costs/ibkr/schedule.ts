/** What IBKR and others take of an order, as a table row that says whose it is and when it was taken. */
export interface Schedule {
  market: Market;
  plan: Plan;
  currency: string;
  /** What rates and tiers count: each unit (a share, a contract), or each unit of money of the value. */
  counts: "unit" | "value";
  /** Tiers by price, lowest first: all of it is one band but for options, whose premium decides. */
  bands: readonly {below: number; tiers: readonly Tier[]}[];
  /** Most of an order's commission; it goes before the minimum. */
  maximum?: {of: "value" | "order"; rate: number};
  fees: readonly Fee[];
  /** What is not in it, a sentence; absent when nothing is known to be missing. */
  omits?: string;
  source: string;
  /** Day on which it was taken over, ISO. */
  taken: string;
}

export const MARKETS = [
  "us-stocks",
  "europe-stocks",
  "us-options",
  "us-futures",
  "us-micro-futures",
  "forex"
] as const;
export type Market = (typeof MARKETS)[number];

export const PLANS = ["fixed", "tiered"] as const;
export type Plan = (typeof PLANS)[number];

/** IBKR's rate for a part of what is traded in a month. */
export interface Tier {
  /** What was traded in the month where it ends, as the schedule counts; it begins where the one before ends. */
  upTo: number;
  /** For each unit, or of the value. */
  rate: number;
  /** Least of an order that begins in it. */
  minimum: number;
}

/** What a third party takes, passed on. */
export interface Fee {
  name: string;
  side: "both" | "sale";
  /** Of each unit, of the value, of IBKR's commission, or for each order. */
  of: "unit" | "value" | "commission" | "order";
  rate: number;
  /** Most of one order. */
  maximum?: number;
  /** Day since which it is so, ISO; absent when that is not known. */
  since?: string;
  /** When it is not taken; absent when it always is. */
  pause?: Pause;
  source: string;
}

/** Days of New York on which a fee is not taken, ISO, both included. */
export interface Pause {
  from: string;
  to: string;
  source: string;
}

/** An order as a schedule sees it, in the schedule's currency. */
export interface Charged {
  /** Shares or contracts, above zero. */
  units: number;
  /** Money for one unit. */
  value: number;
  /** Price that bands go by. */
  price: number;
  isSale: boolean;
  /** Traded in the month before, as the schedule counts. */
  monthly: number;
  /** When it fills, milliseconds since 1970 UTC. */
  time: number;
}

/** Returns IBKR's commission and what others take, in the schedule's currency. */
export function charge({bands, counts, maximum, fees}: Schedule, order: Charged): number {
  const {units, price, isSale, monthly, time} = order;
  const value = units * order.value;
  const counted = counts === "unit" ? units : value;
  const {tiers} = bands.find(({below}) => price < below)!; // the last one has no end
  const least = tiers.find(({upTo}) => monthly < upTo)!.minimum; // neither has the last one
  const most = maximum ? maximum.rate * (maximum.of === "value" ? value : 1) : Infinity;
  const commission = Math.min(Math.max(byTier(tiers, monthly, counted), least), most);
  let sum = commission;
  for (const {side, of, rate, maximum: cap = Infinity, pause} of fees) {
    if ((side === "sale" && !isSale) || (pause && isPaused(pause, time))) continue;
    const base = of === "unit" ? units : of === "value" ? value : of === "commission" ? commission : 1;
    sum += Math.min(base * rate, cap);
  }
  return sum;
}

const DAY_MS = 86_400_000;

/** By the day in UTC, which while exchanges of New York are open is theirs. */
function isPaused({from, to}: Pause, time: number): boolean {
  return time >= Date.parse(from) && time < Date.parse(to) + DAY_MS;
}

/** Each part of an order pays the rate of its own tier. */
function byTier(tiers: readonly Tier[], from: number, counted: number): number {
  let [at, sum] = [from, 0];
  for (const {upTo, rate} of tiers) {
    const part = Math.min(from + counted, upTo) - at;
    if (part <= 0) continue;
    sum += part * rate;
    at += part;
  }
  return sum;
}

/** Returns one band of tiers that share a minimum; each is told by where it ends and its rate. */
export function tiersOf(
  minimum: number,
  ...tiers: readonly (readonly [upTo: number, rate: number])[]
): Tier[] {
  return tiers.map(([upTo, rate]) => ({upTo, rate, minimum}));
}
