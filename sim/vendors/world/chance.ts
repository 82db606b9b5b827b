import {type Random, stream} from "../../account/market/random.js";

const SEED = 2014;

/** The world's own chance under a name. */
export const chance = (name: string): Random => stream(SEED, name);

/** Standard normals of a name: more of them begin with fewer of them. */
export function standardNormals(name: string, length: number): Float64Array {
  const random = chance(name);
  return Float64Array.from({length}, () => random.normal());
}
