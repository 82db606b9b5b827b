import type {Trade} from "../trade.js";
import type {Levels} from "./exits.js";

/** Units opened together. */
interface Lot {
  /** > 0. */
  size: number;
  price: number;
  time: number;
  /** Commission of the opening. */
  fee: number;
}

/** What is held of one symbol. */
export interface Holding {
  symbol: string;
  /** Below zero when short. */
  units: number;
  /** Price it is valued at; 0 before its first bar. */
  mark: number;
  /** Share of the equity that the last fill was for; NaN before the first. */
  share: number;
  /** Oldest first. */
  lots: Lot[];
  /** Where it is closed before a decision says so; of the last opening. */
  levels: Levels | undefined;
  /** Number of that opening, rising. */
  opening: number;
  /** Closes that it was held for on this side; below zero short. */
  closes: number;
}

/** Units that change hands at one price. */
export interface Change {
  /** > 0. */
  size: number;
  price: number;
  fee: number;
  time: number;
}

/** Cash, what is held, and the round trips that ended. */
export class Book {
  cash: number;
  /** Value of all that was bought and sold. */
  traded = 0;
  #openings = 0;
  readonly holdings: readonly Holding[];
  readonly trades: Trade[] = [];

  constructor(cash: number, symbols: readonly string[]) {
    this.cash = cash;
    this.holdings = symbols.map((symbol) => ({
      symbol,
      units: 0,
      mark: 0,
      share: NaN,
      lots: [],
      levels: undefined,
      opening: 0,
      closes: 0
    }));
  }

  /** Returns cash and all that is held at its marks. */
  equity(): number {
    return this.holdings.reduce((sum, {units, mark}) => sum + units * mark, this.cash);
  }

  /** Returns the value of all that is held, long and short added. */
  gross(): number {
    return this.holdings.reduce((sum, {units, mark}) => sum + Math.abs(units) * mark, 0);
  }

  /** Adds units on a side: 1 long, -1 short. */
  open(holding: Holding, side: number, {size, price, fee, time}: Change): void {
    this.#pay(side * size, price, fee);
    holding.units += side * size;
    holding.opening = ++this.#openings;
    holding.lots.push({size, price, time, fee});
  }

  /** Takes units off what is held, first opened first; all of it when the size is what is held. */
  close(holding: Holding, {size, price, fee, time}: Change): void {
    const side = Math.sign(holding.units);
    const isWhole = size === Math.abs(holding.units);
    this.#pay(-side * size, price, fee);
    holding.units = isWhole ? 0 : holding.units - side * size;
    for (let left = size; holding.lots.length && (isWhole || left > 0);) {
      const [lot] = holding.lots;
      const taken = isWhole ? lot.size : Math.min(lot.size, left);
      const openingFee = (lot.fee * taken) / lot.size;
      this.#end(holding.symbol, side, lot, {
        size: taken,
        price,
        time,
        fee: openingFee + (fee * taken) / size
      });
      left -= taken;
      if (taken === lot.size) holding.lots.shift();
      else holding.lots[0] = {...lot, size: lot.size - taken, fee: lot.fee - openingFee};
    }
  }

  #pay(units: number, price: number, fee: number): void {
    this.cash -= units * price + fee;
    this.traded += Math.abs(units) * price;
  }

  #end(symbol: string, side: number, lot: Lot, {size, price, time, fee}: Change): void {
    const pnl = side * size * (price - lot.price) - fee + 0; // minus zero is zero
    this.trades.push({
      symbol,
      side: side > 0 ? "long" : "short",
      entryTime: lot.time,
      exitTime: time,
      entryPrice: lot.price,
      exitPrice: price,
      size,
      pnl,
      returnPercent: (100 * pnl) / (size * lot.price),
      commission: fee
    });
  }
}
