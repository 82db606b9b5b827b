import {normalProbability} from "../normal.js";
import type {Xoshiro} from "./xoshiro.js";

const LAYERS = 256;
const SCALE = 2 ** 52;

/** Where the tail begins, so that 256 layers have equal area. */
const R = 3.654152885361009;

/** Tables of the ziggurat; the kernel takes these very numbers. */
export interface ZigguratTables {
  /** Below it a draw of 52 bits lies inside the curve for certain; shape (256). */
  sure: Float64Array;
  /** Width of a layer over 2^52; shape (256). */
  width: Float64Array;
  /** exp(-x^2 / 2) at a layer's edge; shape (256). */
  height: Float64Array;
}

/** The tables of 256 layers under exp(-x^2 / 2). */
export const ZIGGURAT: ZigguratTables = tables();

const {sure: SURE, width: WIDTH, height: HEIGHT} = ZIGGURAT;

function tables(): ZigguratTables {
  const [sure, width, height] = [0, 0, 0].map(() => new Float64Array(LAYERS));
  const atTail = Math.exp((-R * R) / 2);
  const area = R * atTail + Math.sqrt(2 * Math.PI) * normalProbability(-R);
  sure[0] = ((R * atTail) / area) * SCALE;
  width[0] = area / atTail / SCALE;
  height[0] = 1;
  width[LAYERS - 1] = R / SCALE;
  height[LAYERS - 1] = atTail;
  for (let i = LAYERS - 2, edge = R; i >= 1; --i) {
    const next = Math.sqrt(-2 * Math.log(area / edge + height[i + 1]));
    sure[i + 1] = (next / edge) * SCALE;
    width[i] = next / SCALE;
    height[i] = Math.exp((-next * next) / 2);
    edge = next;
  }
  return {sure, width, height};
}

/**
 * Returns a standard normal number. Of each 64 bits the lowest eight choose the layer, the ninth the sign, the highest
 * 52 the place.
 * @see Marsaglia & Tsang (2000), "The ziggurat method", Journal of Statistical Software 5(8); Doornik (2005)
 */
export function normal(random: Xoshiro): number {
  for (;;) {
    random.next();
    const layer = random.low & 0xff;
    const place = random.high * 0x100000 + (random.low >>> 12);
    const sign = random.low & 0x100 ? -1 : 1;
    const x = place * WIDTH[layer];
    if (place < SURE[layer]) return sign * x;
    if (layer === 0) return sign * (R + tail(random));
    const between = (HEIGHT[layer - 1] - HEIGHT[layer]) * random.uniform() + HEIGHT[layer];
    if (between < Math.exp((-x * x) / 2)) return sign * x;
  }
}

/** How far beyond R, for a draw from the tail. */
function tail(random: Xoshiro): number {
  for (;;) {
    const x = -Math.log(1 - random.uniform()) / R;
    const y = -Math.log(1 - random.uniform());
    if (y + y > x * x) return x;
  }
}

/**
 * Returns a number with the gamma distribution of the given shape and scale 1.
 * @param shape > 0
 * @see Marsaglia & Tsang (2000), "A simple method for generating gamma variables", ACM TOMS 26(3)
 */
export function gamma(random: Xoshiro, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
