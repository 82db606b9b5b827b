import type {Bar} from "./growing-bars.js";

/** What a broker tells of a few seconds of one contract, prices in the contract's currency. */
export interface Piece {
  /** When they began, milliseconds since 1970 UTC. */
  from: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Units traded; null where nothing is, as in midpoints. */
  volume: number | null;
}

/** Makes bars of one contract's pieces, which come in order; one that is told twice, or after its bar has ended, is left out. */
export class BarMaker {
  readonly #pieceMs: number;
  #pieces: Piece[] = [];
  /** End of all that was told or given up. */
  #told = -Infinity;

  /** @param pieceMs length of a piece; bars are whole multiples of it */
  constructor(pieceMs: number) {
    this.#pieceMs = pieceMs;
  }

  take(piece: Piece): void {
    if (piece.from < this.#told) return;
    this.#pieces.push(piece);
    this.#told = piece.from + this.#pieceMs;
  }

  /** Tells whether the pieces have come as far as a time. */
  reaches(time: number): boolean {
    return this.#told >= time;
  }

  /** Ends the bar at a time and begins the next. @returns null where no piece of it came */
  close(time: number): Bar | null {
    const own = this.#pieces.filter(({from}) => from < time);
    this.#pieces = this.#pieces.filter(({from}) => from >= time);
    this.#told = Math.max(this.#told, time);
    const [first, last] = [own[0], own.at(-1)];
    if (!last) return null;
    return {
      time,
      open: first.open,
      high: Math.max(...own.map(({high}) => high)),
      low: Math.min(...own.map(({low}) => low)),
      close: last.close,
      volume: own.reduce((sum, {volume}) => sum + (volume ?? NaN), 0)
    };
  }
}

/** Returns the first end of a bar after a time: bars of a day or less begin with the UTC day. */
export function nextClose(now: number, everyMs: number): number {
  return (Math.floor(now / everyMs) + 1) * everyMs;
}
