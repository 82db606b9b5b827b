import type {BarAction, Bars} from "../bars.js";
import {badgesOf, type ExecutionRules, PROFILES} from "../contract.js";
import {checkBars, momentsOf} from "../event/moments.js";
import type {Exits} from "../exits.js";
import type {BacktestResult} from "../result.js";
import {Book, type Holding} from "./book.js";
import {levelsOf, metAt, metWithin} from "./exits.js";
import {Filler, type ProportionalRates, type Target} from "./fill.js";
import {checkSubset} from "./subset.js";

/** By which rules positions are held. */
export interface VectorOptions {
  /** In the bars' currency. */
  cash?: number;
  rules?: ExecutionRules;
  costs?: ProportionalRates;
  /** Of all that is opened, as fixed by the close that decided. */
  exits?: Exits;
  /** By symbol; refused where there are any, which the event engine alone knows. */
  actions?: ReadonlyMap<string, readonly BarAction[]>;
}

/**
 * Returns what comes of holding shares of the equity that were decided beforehand, by the execution contract as far as
 * this engine goes: a decision at a close fills whole at the symbol's next open (or at that close, by the rules), by the
 * market, with proportional costs; exits are worked within the bars. A share that is held already is no order, by any rules.
 *
 * Written apart from the event engine, to which a test holds it equal.
 *
 * @param bars of one symbol or of several, of one currency
 * @param positions share decided at each close, as `generatePositions` makes them: NaN decides nothing; one column a symbol,
 * shape as its bars
 * @throws RangeError if the bars or rules make no sense, a column does not go with its bars, a share is infinite, the rules
 * are of those that only the event engine has, or there are exits and a column has shares of several sizes
 */
export function runVector(
  bars: Bars | readonly Bars[],
  positions: Float64Array | readonly Float64Array[],
  {cash = 10_000, rules = PROFILES.default, costs = {}, exits = {}, actions}: VectorOptions = {}
): BacktestResult {
  const all: readonly Bars[] = "symbol" in bars ? [bars] : bars;
  const shares: readonly Float64Array[] = positions instanceof Float64Array ? [positions] : positions;
  checkBars(all);
  checkSubset(all, rules, actions);
  checkPositions(all, shares);
  const hasExits = Object.values(exits).some((value) => value !== undefined);
  if (hasExits) checkSizes(all, shares);
  if (!(cash > 0 && cash < Infinity)) throw new RangeError(`invalid cash: ${cash}`);

  const book = new Book(
    cash,
    all.map(({symbol}) => symbol)
  );
  const filler = new Filler(book, rules, costs);
  const time = momentsOf(all);
  const [equity, held] = [new Float64Array(time.length), new Uint8Array(time.length)];
  const next = new Int32Array(all.length);
  const waiting = all.map((): Target | undefined => undefined);
  let [decisions, isRuined] = [0, false];

  /** Fills what waits of some symbols, at their marks; what is to be closed goes first. */
  const fill = (symbols: readonly number[], now: number, closed: readonly Holding[] = []) => {
    const due = symbols.flatMap((k) => waiting[k] ?? []);
    for (const k of symbols) waiting[k] = undefined;
    if (due.length || closed.length) filler.fillAll(due, now, closed);
  };
  const mark = (symbols: readonly number[], price: "open" | "close") => {
    for (const k of symbols) book.holdings[k].mark = all[k][price][next[k]];
  };
  /** Closes by exits what the open of its bar has passed, or what the way through it meets. */
  const exit = (symbols: readonly number[], when: "at open" | "within") => {
    for (const k of symbols) {
      const holding = book.holdings[k];
      if (holding.units === 0 || !holding.levels) continue;
      const [bars, i, side] = [all[k], next[k], Math.sign(holding.units)];
      const prices = {open: bars.open[i], high: bars.high[i], low: bars.low[i], close: bars.close[i]};
      const met =
        when === "at open"
          ? metAt(holding.levels, side, prices.open)
          : metWithin(holding.levels, side, prices, {
              path: rules.path,
              worth: (way) => filler.worth(holding, way, prices.close)
            });
      if (met) filler.exit(holding, met, bars.time[i]);
    }
  };
  /** Works the bars that end now: all opens (exits in the order of their openings), the ways through them, the closes. */
  const work = (symbols: readonly number[], now: number, isLast = false) => {
    mark(symbols, "open");
    if (hasExits)
      exit(
        symbols.toSorted((a, b) => book.holdings[a].opening - book.holdings[b].opening),
        "at open"
      );
    fill(symbols, now, isLast ? symbols.map((k) => book.holdings[k]) : []);
    if (hasExits) exit(symbols, "within");
    mark(symbols, "close");
  };
  const decide = (k: number) => {
    const holding = book.holdings[k];
    const side = Math.sign(holding.units);
    holding.closes = holding.closes * side > 0 ? holding.closes + side : side;
    const isOver = side !== 0 && Math.abs(holding.closes) >= (holding.levels?.hold ?? Infinity);
    const given = shares[k][next[k]];
    const share = isOver && (Number.isNaN(given) || given === holding.share) ? 0 : given;
    if (Number.isNaN(share)) return;
    if (share === 0 ? holding.units === 0 : holding.units !== 0 && holding.share === share) return;
    const units = rules.sizing === "close" ? filler.unitsAtClose(holding, share) : NaN;
    const levels = hasExits ? levelsOf(exits, Math.sign(share), holding.mark) : undefined;
    if (units !== 0) waiting[k] = {holding, share, units, decision: ++decisions, levels};
  };
  const closeEach = () => {
    for (const [k, holding] of book.holdings.entries()) filler.closeAll(holding, all[k].time[next[k] - 1]);
  };

  const symbols = all.map((_, k) => k);
  for (const [n, now] of time.entries()) {
    const fresh = symbols.filter((k) => all[k].time[next[k]] === now);
    if (!isRuined) {
      const {length} = book.trades;
      work(fresh, now);
      if (n >= rules.firstDecision) for (const k of fresh) decide(k);
      if (rules.fill === "same-close") fill(fresh, now);
      held[n] = book.trades.length > length || book.holdings.some(({units}) => units !== 0) ? 1 : 0;
    }
    for (const k of fresh) ++next[k];
    if (!isRuined && book.equity() <= 0) {
      isRuined = true;
      closeEach();
      if (rules.ruin === "zero") book.cash = 0;
    } else if (!isRuined && n === time.length - 1) {
      if (rules.end === "last-bar-again") {
        for (const k of fresh) --next[k];
        work(fresh, now, true);
      }
      if (rules.end === "close") closeEach();
    }
    equity[n] = book.equity();
  }
  return {time, equity, held, trades: book.trades, traded: book.traded, badges: badgesOf(rules)};
}

/** What is held has the exits of its opening: nothing may be added to it. */
function checkSizes(bars: readonly Bars[], positions: readonly Float64Array[]): void {
  for (const [k, {symbol}] of bars.entries()) {
    const sizes = positions[k].filter((share) => Math.abs(share) > 0).map(Math.abs);
    const other = sizes.find((size) => size !== sizes[0]);
    if (other !== undefined)
      throw new RangeError(`exits need shares of one size: ${symbol} has ${sizes[0]} and ${other}`);
  }
}

function checkPositions(bars: readonly Bars[], positions: readonly Float64Array[]): void {
  if (positions.length !== bars.length)
    throw new RangeError(`there are ${positions.length} columns of positions for ${bars.length} symbols`);
  for (const [k, {symbol, time}] of bars.entries()) {
    if (positions[k].length !== time.length)
      throw new RangeError(`${symbol} has ${positions[k].length} positions for ${time.length} bars`);
    const wrong = positions[k].findIndex((share) => Math.abs(share) === Infinity);
    if (wrong >= 0) throw new RangeError(`invalid position ${wrong} of ${symbol}: ${positions[k][wrong]}`);
  }
}
