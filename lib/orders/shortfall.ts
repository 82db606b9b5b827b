/** What changed hands, as a run had it or as the backtest assumes it. */
export interface ShortfallFill {
  symbol: string;
  /** Close that it was decided at, milliseconds since 1970 UTC. */
  decidedAt: number;
  /** Of the fill. */
  time: number;
  /** Above zero were bought. */
  units: number;
  /** In the symbol's currency. */
  price: number;
  /** In base currency. */
  commission: number;
  /** Units of base for one of the symbol's currency. */
  rate: number;
}

/** What a run had, with the market as it was then. */
export interface RunFill extends ShortfallFill {
  /** Between bid and ask when it filled; null where nobody quoted: what it cost then counts as delay. */
  mid: number | null;
}

/** What it cost to trade a decision, against what the backtest assumes; money in base currency, above zero was lost. */
export interface ShortfallTrade {
  symbol: string;
  decidedAt: number;
  time: number;
  units: number;
  /** Mean prices. */
  price: number;
  assumed: number;
  /** At the assumed price, above zero. */
  value: number;
  /** What the market had moved until it filled. */
  delay: number;
  /** What was paid beyond the middle of bid and ask. */
  spread: number;
  /** Above what the backtest pays for so many units. */
  commission: number;
  total: number;
  /** Of that value, in basis points. */
  bps: number;
}

/** A decision that was carried out on one side alone. */
export interface Unmatched {
  symbol: string;
  decidedAt: number;
  units: number;
  where: "run" | "backtest";
}

export interface Shortfall {
  trades: readonly ShortfallTrade[];
  unmatched: readonly Unmatched[];
  /** Sums; `bps` is of all that was traded, NaN when nothing was. */
  total: Pick<ShortfallTrade, "delay" | "spread" | "commission" | "total" | "bps">;
}

/**
 * Returns the implementation shortfall of a run's fills against those of a backtest on the same bars: fills of one symbol,
 * decision and side belong together. Of each, (price - assumed price) x units is what the market moved until it filled
 * (delay) and what was paid beyond its middle (spread); commission is what was paid above the backtest's for as many
 * units.
 *
 * @returns no trades where nothing was filled; decisions that only one of them carried out are told, not counted
 * @see Perold (1988), "The implementation shortfall: paper versus reality"
 */
export function shortfallOf(run: readonly RunFill[], backtest: readonly ShortfallFill[]): Shortfall {
  const ours = grouped(run);
  const theirs = grouped(backtest);
  const trades: ShortfallTrade[] = [];
  const unmatched: Unmatched[] = [];
  let value = 0;
  for (const [key, fills] of ours) {
    const assumed = theirs.get(key);
    if (!assumed) {
      unmatched.push(lone(fills, "run"));
      continue;
    }
    const trade = tradeOf(fills, assumed);
    value += trade.value;
    trades.push(trade);
  }
  for (const [key, fills] of theirs) if (!ours.has(key)) unmatched.push(lone(fills, "backtest"));
  trades.sort((a, b) => a.time - b.time || (a.symbol < b.symbol ? -1 : 1));
  const sum = (name: "delay" | "spread" | "commission" | "total") =>
    trades.reduce((all, trade) => all + trade[name], 0);
  const total = sum("total");
  return {
    trades,
    unmatched: unmatched.sort((a, b) => a.decidedAt - b.decidedAt),
    total: {
      delay: sum("delay"),
      spread: sum("spread"),
      commission: sum("commission"),
      total,
      bps: (1e4 * total) / value
    }
  };
}

function grouped<Fill extends ShortfallFill>(fills: readonly Fill[]): Map<string, Fill[]> {
  const groups = new Map<string, Fill[]>();
  for (const fill of fills) {
    const key = `${fill.symbol} ${fill.decidedAt} ${Math.sign(fill.units)}`;
    const group = groups.get(key);
    if (group) group.push(fill);
    else groups.set(key, [fill]);
  }
  return groups;
}

const unitsOf = (fills: readonly ShortfallFill[]): number => fills.reduce((sum, {units}) => sum + units, 0);
const paidOf = (fills: readonly ShortfallFill[]): number =>
  fills.reduce((sum, {commission}) => sum + commission, 0);
const meanOf = (fills: readonly ShortfallFill[]): number =>
  fills.reduce((sum, {units, price}) => sum + units * price, 0) / unitsOf(fills);

function lone(fills: readonly ShortfallFill[], where: Unmatched["where"]): Unmatched {
  const [{symbol, decidedAt}] = fills;
  return {symbol, decidedAt, units: unitsOf(fills), where};
}

function tradeOf(fills: readonly RunFill[], theirs: readonly ShortfallFill[]): ShortfallTrade {
  const [{symbol, decidedAt, rate}] = fills;
  const units = unitsOf(fills);
  const assumed = meanOf(theirs);
  let [delay, spread] = [0, 0];
  for (const {units: part, price, mid} of fills) {
    delay += part * ((mid ?? price) - assumed) * rate;
    spread += part * (price - (mid ?? price)) * rate;
  }
  const commission = paidOf(fills) - (paidOf(theirs) * units) / unitsOf(theirs);
  const total = delay + spread + commission;
  const value = Math.abs(units) * assumed * rate;
  return {
    symbol,
    decidedAt,
    time: fills[fills.length - 1].time,
    units,
    price: meanOf(fills),
    assumed,
    value,
    delay,
    spread,
    commission,
    total,
    bps: (1e4 * total) / value
  };
}
