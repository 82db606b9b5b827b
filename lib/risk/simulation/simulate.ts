import {lowerFactor} from "./lower-factor.js";
import type {ReturnModel, SimulatedPaths, SimulationOptions} from "./options.js";
import {streamStates, Xoshiro} from "./xoshiro.js";
import {gamma, normal} from "./ziggurat.js";

/**
 * Returns what a portfolio becomes on simulated paths. Each path has a stream of its own, so that any part of the paths,
 * run anywhere, gives the same numbers. An asset loses at most everything: a drawn return below -1 is -1.
 *
 * Drawn in each period: a normal number an asset, in their order, then for Student's t one gamma number for all; or, at
 * the start of each block, one uniform number for the row.
 *
 * @param options see `SimulationOptions`
 * @param range paths to run, `from` inclusive, `to` exclusive; all by default
 * @returns columns of the paths in the range
 * @throws RangeError if a shape, count or number is wrong, the value at the start is not above zero, or the covariance
 *   has a negative eigenvalue
 */
export function simulate(
  options: SimulationOptions,
  {from = 0, to = options.paths}: {from?: number; to?: number} = {}
): SimulatedPaths {
  checkSimulation(options, from, to);
  const {values, cash = 0, model, periods, seed, checkpoints = [periods]} = options;
  const random = new Xoshiro();
  const draw = drawer(model, values.length, random);
  const states = streamStates(seed, from, to);
  const count = to - from;
  const paths: SimulatedPaths = {
    terminal: new Float64Array(count),
    drawdown: new Float64Array(count),
    checkpoints: checkpoints.map(() => new Float64Array(count))
  };
  const start = total(values, cash);
  const held = new Float64Array(values.length);
  for (let path = 0; path < count; ++path) {
    random.start(states.subarray(8 * path, 8 * path + 8));
    held.set(values);
    let [value, peak, deepest, kept] = [start, start, 0, 0];
    for (let period = 1; period <= periods; ++period) {
      draw(held, period - 1);
      value = total(held, cash);
      if (value > peak) peak = value;
      const depth = value / peak - 1;
      if (depth < deepest) deepest = depth;
      if (period === checkpoints[kept]) paths.checkpoints[kept++][path] = value;
    }
    paths.terminal[path] = value;
    paths.drawdown[path] = Math.max(deepest, -1);
  }
  return paths;
}

function total(held: Float64Array, cash: number): number {
  let sum = cash;
  for (let i = 0; i < held.length; ++i) sum += held[i];
  return sum;
}

/** Moves what is held by one period's returns. */
type Draw = (held: Float64Array, period: number) => void;

function drawer(model: ReturnModel, assets: number, random: Xoshiro): Draw {
  if (model.kind === "block-bootstrap") return blockDrawer(model.history, assets, model.block, random);
  const {mean, covariance} = model;
  const degrees = model.kind === "student-t" ? model.degrees : Infinity;
  const lower = lowerFactor(covariance, assets);
  const z = new Float64Array(assets);
  return (held) => {
    for (let i = 0; i < assets; ++i) z[i] = normal(random);
    // a t number is a normal one over sqrt(chi^2 / degrees); (degrees - 2) / degrees makes its variance one
    const stretch = degrees === Infinity ? 1 : Math.sqrt((degrees - 2) / (2 * gamma(random, degrees / 2)));
    for (let i = 0; i < assets; ++i) {
      let sum = 0;
      for (let j = 0; j <= i; ++j) sum += lower[i * assets + j] * z[j];
      held[i] *= Math.max(0, 1 + (mean[i] + stretch * sum));
    }
  };
}

function blockDrawer(history: Float64Array, assets: number, block: number, random: Xoshiro): Draw {
  const rows = history.length / assets;
  let row = 0;
  return (held, period) => {
    row = period % block === 0 ? Math.floor(random.uniform() * rows) : (row + 1) % rows;
    for (let i = 0; i < assets; ++i) held[i] *= Math.max(0, 1 + history[row * assets + i]);
  };
}

/** @throws RangeError if a shape, count or number is wrong, or the value at the start is not above zero */
export function checkSimulation(
  {values, cash = 0, model, paths, periods, checkpoints = [], ...rest}: SimulationOptions,
  from: number,
  to: number
): void {
  const assets = values.length;
  const whole = {paths, periods};
  for (const [name, value] of Object.entries(whole)) {
    if (!(Number.isSafeInteger(value) && value >= 1)) throw new RangeError(`invalid ${name}: ${value}`);
  }
  if (!(from >= 0 && from <= to && to <= paths))
    throw new RangeError(`invalid range: ${from} to ${to} of ${paths}`);
  if (!(Number.isSafeInteger(rest.seed) && rest.seed >= 0))
    throw new RangeError(`invalid seed: ${rest.seed}`);
  if (!assets) throw new RangeError("no assets: nothing to simulate");
  finite({values, cash: Float64Array.of(cash)});
  if (!(total(values, cash) > 0))
    throw new RangeError(`the value at the start is not above zero: ${total(values, cash)}`);
  const unordered = checkpoints.findIndex(
    (at, i) => !(Number.isInteger(at) && at > (checkpoints[i - 1] ?? 0) && at <= periods)
  );
  if (unordered >= 0) throw new RangeError(`invalid checkpoints[${unordered}]: ${checkpoints[unordered]}`);
  if (model.kind === "block-bootstrap") {
    const {history, block} = model;
    finite({history});
    if (!(Number.isInteger(block) && block >= 1)) throw new RangeError(`invalid block: ${block}`);
    if (!(history.length > 0 && history.length % assets === 0)) {
      throw new RangeError(`history has ${history.length} values, not rows of ${assets}`);
    }
    return;
  }
  const {mean, covariance} = model;
  finite({mean, covariance});
  if (mean.length !== assets) throw new RangeError(`mean has ${mean.length} values, not ${assets}`);
  if (covariance.length !== assets * assets) {
    throw new RangeError(`covariance has ${covariance.length} values, not ${assets} x ${assets}`);
  }
  if (model.kind === "student-t" && !(model.degrees > 2 && model.degrees < Infinity)) {
    throw new RangeError(`invalid degrees: ${model.degrees}: more than two, or there is no variance`);
  }
}

function finite(columns: Readonly<Record<string, Float64Array>>): void {
  for (const [name, column] of Object.entries(columns)) {
    const wrong = column.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`invalid ${name}[${wrong}]: ${column[wrong]}`);
  }
}
