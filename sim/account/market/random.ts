/** Seeded chance: the same seed and name give the same numbers, on every machine. */

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number in [low, high]. */
  between(low: number, high: number): number;
}

/** An independent stream for each name (sfc32, seeded by FNV-1a of the name). */
export function stream(seed: number, name: string): Random {
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  let [a, b, c, d] = [seed | 0, hash | 0, 0x9e3779b9 | 0, 1];
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 20; ++i) next();
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    between: (low, high) => low + Math.floor(next() * (high - low + 1))
  };
}

/** n normal numbers with mean 0 and variance 1 exactly, so that a path ends where it is meant to. */
export function standardized(random: Random, n: number): Float64Array {
  const values = Float64Array.from({length: n}, () => random.normal());
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n) || 1;
  return values.map((x) => (x - mean) / deviation);
}
