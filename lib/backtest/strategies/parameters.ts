/** Values of a strategy's parameters, by name. */
export type Parameters = Readonly<Record<string, number>>;

/**
 * Returns the values of the parameters that a strategy has.
 * @param names of those it needs; each is a whole number, at least 1
 * @throws RangeError if one is missing, is none of them or is no such number
 */
export function wholeParameters<Name extends string>(
  strategy: string,
  names: readonly Name[],
  given: Parameters
): Record<Name, number> {
  const has = names.length ? names.join(", ") : "none";
  const strange = Object.keys(given).find((name) => !names.some((known) => known === name));
  if (strange !== undefined) throw new RangeError(`${strategy} has no parameter ${strange}: it has ${has}`);
  for (const name of names) {
    const value = given[name];
    if (value === undefined) throw new RangeError(`${strategy} needs ${name}`);
    if (!(Number.isSafeInteger(value) && value >= 1))
      throw new RangeError(`invalid ${name}: ${value}: a whole number, at least 1`);
  }
  return given as Record<Name, number>; // each was looked at above
}
