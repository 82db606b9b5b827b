const MASK = (1n << 64n) - 1n;
const GOLDEN = 0x9e3779b97f4a7c15n;

/**
 * Returns the states of xoshiro256++ for successive streams: outputs 4k to 4k + 3 of SplitMix64 are the four words of
 * stream k, so that a stream is the same whichever worker runs it.
 *
 * @param seed whole number from 0 to 2^53 - 1
 * @param from first stream
 * @param to last stream, exclusive
 * @returns eight words of 32 bits a stream, high before low of each of the four; shape (8 x (to - from))
 * @throws RangeError if the seed or a stream is no whole number in its range
 * @see Blackman & Vigna, https://prng.di.unimi.it/splitmix64.c
 */
export function streamStates(seed: number, from: number, to: number): Uint32Array {
  for (const [name, value] of Object.entries({seed, from, to})) {
    if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`invalid ${name}: ${value}`);
  }
  const words = new Uint32Array(8 * Math.max(0, to - from));
  let state = (BigInt(seed) + GOLDEN * BigInt(from) * 4n) & MASK;
  for (let i = 0; i < words.length; i += 2) {
    state = (state + GOLDEN) & MASK;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    z ^= z >> 31n;
    words[i] = Number(z >> 32n);
    words[i + 1] = Number(z & 0xffffffffn);
  }
  return words;
}

/**
 * The generator xoshiro256++ in words of 32 bits: the oracle of the kernel's.
 * @see Blackman & Vigna (2021), "Scrambled linear pseudorandom number generators", ACM TOMS 47(4)
 */
export class Xoshiro {
  /** High and low 32 bits, unsigned, of the last output of `next`. */
  high = 0;
  low = 0;
  readonly #s = new Int32Array(8);

  /** Takes up a stream's state: eight words of `streamStates`. */
  start(words: Uint32Array): void {
    this.#s.set(words);
  }

  /** Makes the next 64 bits. */
  next(): void {
    const s = this.#s;
    const ah = s[0];
    const al = s[1];
    const bh = s[2];
    const bl = s[3];
    const ch = s[4] ^ ah;
    const cl = s[5] ^ al;
    const eh = s[6];
    const el = s[7];
    const dh = eh ^ bh;
    const dl = el ^ bl;
    const sumLow = (al >>> 0) + (el >>> 0);
    const sl = sumLow | 0;
    const sh = (ah + eh + (sumLow > 0xffffffff ? 1 : 0)) | 0;
    const outLow = (((sl << 23) | (sh >>> 9)) >>> 0) + (al >>> 0);
    this.high = (((sh << 23) | (sl >>> 9)) + ah + (outLow > 0xffffffff ? 1 : 0)) >>> 0;
    this.low = outLow >>> 0;
    s[2] = bh ^ ch;
    s[3] = bl ^ cl;
    s[0] = ah ^ dh;
    s[1] = al ^ dl;
    s[4] = ch ^ ((bh << 17) | (bl >>> 15));
    s[5] = cl ^ (bl << 17);
    s[6] = (dl << 13) | (dh >>> 19);
    s[7] = (dh << 13) | (dl >>> 19);
  }

  /** Returns a number in [0, 1), a multiple of 2^-53. */
  uniform(): number {
    this.next();
    return (this.high * 0x200000 + (this.low >>> 11)) * 2 ** -53;
  }
}
