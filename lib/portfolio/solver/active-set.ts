import {sizeOf} from "./certify.js";
import {
  addPriced,
  type Hinges,
  hingeValues,
  type Point,
  type Program,
  quadraticGradient,
  rowValue
} from "./program.js";

/** What a price or a weight may be wrong by before its limit changes sides, relative. */
const SLIP = 1e-12;

/** A weight this near to a turn, relative, is on it. */
const ROUNDING = 1e-14;

/**
 * What binds at a point: each variable is pinned where a slope turns, or free between two such places; each row is at its
 * most, its least or neither; each hinge is below its bend, above it or on it.
 */
export class ActiveSet {
  readonly program: Program;
  readonly x: Float64Array;
  /** Prices of rows; 0 of those that do not bind. */
  readonly price: Float64Array;
  /** Prices of hinges. */
  readonly push: Float64Array;
  /** 1: at its most, or an equation; -1: at its least; 0: neither. */
  readonly side: Int8Array;
  /** 0: below, 1: above, -1: on the bend. */
  readonly bend: Int8Array;
  /** Size of slopes, and of weights. */
  readonly steep: number;
  readonly unit: number;
  readonly #pinned: Uint8Array;
  readonly #floor: Float64Array;
  readonly #ceiling: Float64Array;

  /** @param near a point whose prices and slacks tell what binds: of the two the larger, each in its own unit */
  constructor(program: Program, near: Point) {
    const {n, weights, rows} = program;
    this.program = program;
    this.x = near.x.slice();
    this.price = near.rows.slice();
    this.push = near.hinges.slice();
    this.steep = sizeOf(program, this.x).steepest;
    this.unit = this.x.subarray(0, weights).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    this.#pinned = new Uint8Array(n);
    this.#floor = new Float64Array(n);
    this.#ceiling = new Float64Array(n);

    const binds = (price: number, slack: number) => price / this.steep > Math.abs(slack) / this.unit;
    this.side = Int8Array.from(rows, (row, r) => {
      if (row.least === row.most) return 1;
      const value = rowValue(program, row, this.x);
      const slack = this.price[r] > 0 ? row.most - value : value - row.least;
      return binds(Math.abs(this.price[r]), slack) ? Math.sign(this.price[r]) : 0;
    });
    const weight = program.hinges?.weight ?? 0;
    this.bend = Int8Array.from(hingeValues(program, this.x), (value, t) =>
      binds(Math.min(this.push[t], weight - this.push[t]), value) ? -1 : value > 0 ? 1 : 0
    );
    for (let r = 0; r < rows.length; ++r) if (!this.side[r]) this.price[r] = 0;
    for (let t = 0; t < this.bend.length; ++t) if (this.bend[t] >= 0) this.push[t] = weight * this.bend[t];
    const slopes = this.slopes();
    for (let i = 0; i < n; ++i) {
      const turn = this.#turns(i).reduce(
        (a, b) => (Math.abs(b - this.x[i]) < Math.abs(a - this.x[i]) ? b : a),
        Infinity
      );
      const [left, right] = this.#kink(i, turn);
      const held = Math.min(
        turn === program.upper[i] ? Infinity : slopes[i] + right,
        turn === program.lower[i] ? Infinity : -slopes[i] - left
      );
      if (binds(held, this.x[i] - turn)) this.#pin(i, turn);
      else this.#free(i, this.x[i] < turn ? -1 : 1);
    }
  }

  /** Indexes of the free variables. */
  free(): Int32Array {
    return indexes(this.#pinned, 0);
  }

  /** Indexes of the rows that bind, and of the hinges on their bend. */
  binding(): {rows: number[]; hinges: number[]} {
    const rows: number[] = [];
    for (let r = 0; r < this.side.length; ++r) if (this.side[r]) rows.push(r);
    return {rows, hinges: [...indexes(this.bend, -1)]};
  }

  isFree(i: number): boolean {
    return !this.#pinned[i];
  }

  /** Returns where it settled; what is free and on a turn but for rounding lies on it. */
  point(): Point {
    const x = this.x.map((value, i) => {
      const near = this.#turns(i).find((turn) => Math.abs(turn - value) < ROUNDING * this.unit);
      return near ?? value;
    });
    return {x, rows: this.price, hinges: this.push};
  }

  /** Returns the slope of |x - from| where a free variable is, as far as it may go. */
  sign(i: number, from: number): number {
    if (this.#floor[i] >= from) return 1;
    return this.#ceiling[i] <= from ? -1 : Math.sign(this.x[i] - from);
  }

  /** Returns the slopes of everything but absolute values. */
  slopes(): Float64Array {
    const {program, price, push, side} = this;
    const {n, linear, rows, hinges} = program;
    const slope = quadraticGradient(program, this.x);
    for (let i = 0; i < n; ++i) slope[i] += linear[i];
    for (let r = 0; r < rows.length; ++r)
      if (side[r]) for (let i = 0; i < n; ++i) slope[i] += price[r] * rows[r].coefficients[i];
    if (!hinges) return slope;
    addPriced(hinges.forms, push, slope);
    return slope;
  }

  /**
   * Moves to the other side what is beyond its limit, and sets free what is held against its will.
   * @returns whether anything moved by more than rounding
   */
  settle(): boolean {
    const variables = this.#settleVariables();
    const rows = this.#settleRows();
    return this.#settleHinges() || rows || variables;
  }

  #settleVariables(): boolean {
    const {lower, upper, n} = this.program;
    const slopes = this.slopes();
    let moved = false;
    for (let i = 0; i < n; ++i) {
      const x = this.x[i];
      if (!this.#pinned[i]) {
        const edge = Math.min(Math.max(x, this.#floor[i]), this.#ceiling[i]);
        if (edge === x) continue;
        if (Math.abs(x - edge) > SLIP * this.unit) moved = true;
        this.#pin(i, edge);
        continue;
      }
      const [left, right] = this.#kink(i, x);
      const up = x < upper[i] && slopes[i] + right < -SLIP * this.steep;
      const down = x > lower[i] && slopes[i] + left > SLIP * this.steep;
      if (!up && !down) continue;
      this.#free(i, up ? 1 : -1);
      moved = true;
    }
    return moved;
  }

  #settleRows(): boolean {
    const {program, price, side} = this;
    let moved = false;
    for (const [r, row] of program.rows.entries()) {
      if (row.least === row.most) continue;
      const value = rowValue(program, row, this.x);
      if (side[r]) {
        const right = price[r] * side[r];
        // what is free does not reach the limit beside another that it depends on: a lower price sets more free
        const slack = side[r] > 0 ? row.most - value : value - row.least;
        if (right >= 0 && slack <= SLIP * this.unit) continue;
        if (right < -SLIP * this.steep || slack > SLIP * this.unit) moved = true;
        if (right > SLIP * this.steep) price[r] /= 2;
        else side[r] = price[r] = 0;
        continue;
      }
      side[r] = value > row.most + SLIP * this.unit ? 1 : value < row.least - SLIP * this.unit ? -1 : 0;
      if (side[r]) moved = true;
    }
    return moved;
  }

  #settleHinges(): boolean {
    const {weight} = this.program.hinges ?? ({weight: 0} satisfies Pick<Hinges, "weight">);
    const {push, bend} = this;
    let moved = false;
    for (const [t, value] of hingeValues(this.program, this.x).entries()) {
      const was = bend[t];
      if (was < 0) bend[t] = push[t] < -SLIP * this.steep ? 0 : push[t] > weight + SLIP * this.steep ? 1 : -1;
      else if (was ? value < -SLIP * this.unit : value > SLIP * this.unit) bend[t] = -1;
      if (bend[t] === was) continue;
      push[t] = weight * Math.max(bend[t], was);
      moved = true;
    }
    return moved;
  }

  #pin(i: number, at: number): void {
    this.#pinned[i] = 1;
    this.x[i] = at;
  }

  /** Frees a variable between the places on either side of where it is; from such a place in a direction. */
  #free(i: number, direction: number): void {
    const at = this.x[i];
    const turns = this.#turns(i);
    this.#pinned[i] = 0;
    this.#floor[i] = turns.findLast((turn) => (direction > 0 ? turn <= at : turn < at)) ?? -Infinity;
    this.#ceiling[i] = turns.find((turn) => (direction < 0 ? turn >= at : turn > at)) ?? Infinity;
  }

  /** Places where the slope along a variable turns, rising. */
  #turns(i: number): number[] {
    const {lower, upper, weights, cost, at, rows} = this.program;
    const turns = [lower[i], upper[i]];
    if (i < weights) {
      const priced = (kind: "gross" | "turnover") =>
        rows.some(({absolute}, r) => absolute === kind && this.side[r]);
      if (cost[i] > 0 || priced("turnover")) turns.push(at[i]);
      if (priced("gross")) turns.push(0);
    }
    return turns.filter((turn) => turn >= lower[i] && turn <= upper[i]).sort((a, b) => a - b);
  }

  /** Slopes of the absolute values just left and just right of a place. */
  #kink(i: number, place: number): [left: number, right: number] {
    const {weights, cost, at, rows} = this.program;
    if (i >= weights) return [0, 0];
    let [left, right] = [0, 0];
    const add = (weight: number, from: number) => {
      left += place > from ? weight : -weight;
      right += place < from ? -weight : weight;
    };
    add(cost[i], at[i]);
    for (let r = 0; r < rows.length; ++r) {
      if (!this.side[r] || rows[r].absolute === undefined) continue;
      add(this.price[r], rows[r].absolute === "gross" ? 0 : at[i]);
    }
    return [left, right];
  }
}

function indexes(values: Uint8Array | Int8Array, wanted: number): Int32Array {
  const found = new Int32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; ++i) if (values[i] === wanted) found[count++] = i;
  return found.subarray(0, count);
}
