import type {Trade} from "../trade.js";

/** A rest of units below this part of what was filled is rounding. */
export const DUST = 1e-12;

/** Units that were opened together. */
interface Lot {
  /** Below zero when short. */
  units: number;
  /** In the symbol's currency. */
  price: number;
  time: number;
  /** Of the opening, in base currency. */
  commission: number;
  /** Units of base for one of the symbol's currency, at the opening. */
  rate: number;
}

/** One change of a position at one price: part of a fill. */
export interface Booking {
  symbol: number;
  /** Above zero are bought. */
  units: number;
  price: number;
  /** In base currency. */
  commission: number;
  time: number;
}

/** What was held of a symbol, to go back to. */
export interface Saved {
  cash: number;
  units: number;
  lots: readonly Lot[];
  trades: number;
}

/**
 * Cash in base currency, units by symbol, the lots they were opened in, and the trades that closed them, first opened
 * first closed. Columns are by the symbols' order.
 */
export class Account {
  cash: number;
  /** Held, below zero when short. */
  readonly units: Float64Array;
  /** Price that each symbol is valued at, in its currency; NaN before its first bar. */
  readonly mark: Float64Array;
  /** Units of base for one of the symbol's currency. */
  readonly rate: Float64Array;
  readonly trades: Trade[] = [];
  readonly #symbols: readonly string[];
  readonly #lots: Lot[][];

  constructor(cash: number, symbols: readonly string[]) {
    this.cash = cash;
    this.#symbols = symbols;
    this.units = new Float64Array(symbols.length);
    this.mark = new Float64Array(symbols.length).fill(NaN);
    this.rate = new Float64Array(symbols.length).fill(1);
    this.#lots = symbols.map(() => []);
  }

  /** Returns cash and all that is held, at the marks, in base currency. */
  equity(): number {
    const {units, mark, rate} = this;
    let sum = this.cash;
    for (let k = 0; k < units.length; ++k) if (units[k] !== 0) sum += units[k] * mark[k] * rate[k];
    return sum;
  }

  /** Returns the value of all that is held, long and short added, at the marks, in base currency. */
  gross(): number {
    const {units, mark, rate} = this;
    let sum = 0;
    for (let k = 0; k < units.length; ++k) if (units[k] !== 0) sum += Math.abs(units[k]) * mark[k] * rate[k];
    return sum;
  }

  /** Tells whether anything is held. */
  isInvested(): boolean {
    const {units} = this;
    for (let k = 0; k < units.length; ++k) if (units[k] !== 0) return true;
    return false;
  }

  /** Books units that open, or that close no more than is held. */
  book(booking: Booking): void {
    const {symbol, units, price, commission, time} = booking;
    const held = this.units[symbol];
    const rate = this.rate[symbol];
    const left = held + units;
    this.cash -= units * price * rate + commission;
    this.units[symbol] = Math.abs(left) <= DUST * Math.abs(units) ? 0 : left;
    if (held * units < 0) this.#close(booking);
    else this.#lots[symbol].push({units, price, time, commission, rate});
  }

  /** Turns each unit held into `ratio` units, at prices that much smaller. */
  split(symbol: number, ratio: number): void {
    const units = this.units[symbol] * ratio;
    const whole = Math.round(units);
    this.units[symbol] = Math.abs(units - whole) <= DUST * Math.abs(units) ? whole : units;
    this.#lots[symbol] = this.#lots[symbol].map((lot) => ({
      ...lot,
      units: lot.units * ratio,
      price: lot.price / ratio
    }));
  }

  save(symbol: number): Saved {
    return {
      cash: this.cash,
      units: this.units[symbol],
      lots: this.#lots[symbol].slice(),
      trades: this.trades.length
    };
  }

  /** Goes back to what was saved of a symbol; nothing else may have been booked since. */
  restore(symbol: number, {cash, units, lots, trades}: Saved): void {
    this.cash = cash;
    this.units[symbol] = units;
    this.#lots[symbol] = lots.slice();
    this.trades.length = trades;
  }

  #close({symbol, units, price, commission, time}: Booking): void {
    const lots = this.#lots[symbol];
    const isWhole = this.units[symbol] === 0;
    for (let left = Math.abs(units); lots.length && (isWhole || left > 0);) {
      const lot = lots[0];
      const size = isWhole ? Math.abs(lot.units) : Math.min(Math.abs(lot.units), left);
      const ofLot = (size / Math.abs(lot.units)) * lot.commission;
      const ofFill = (size / Math.abs(units)) * commission;
      left -= size;
      this.trades.push(this.#trade(symbol, lot, {size, price, time, commission: ofLot + ofFill}));
      if (size === Math.abs(lot.units)) lots.shift();
      else
        lots[0] = {
          ...lot,
          units: lot.units - Math.sign(lot.units) * size,
          commission: lot.commission - ofLot
        };
    }
  }

  #trade(
    symbol: number,
    lot: Lot,
    {size, price, time, commission}: {size: number; price: number; time: number; commission: number}
  ): Trade {
    const sign = Math.sign(lot.units);
    const rate = this.rate[symbol];
    const gain = rate === lot.rate ? (price - lot.price) * rate : price * rate - lot.price * lot.rate;
    const pnl = sign * size * gain - commission + 0; // minus zero is zero
    return {
      symbol: this.#symbols[symbol],
      side: sign > 0 ? "long" : "short",
      entryTime: lot.time,
      exitTime: time,
      entryPrice: lot.price,
      exitPrice: price,
      size,
      pnl,
      returnPercent: (100 * pnl) / (size * lot.price * lot.rate),
      commission
    };
  }
}
