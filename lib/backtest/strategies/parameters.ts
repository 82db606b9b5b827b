/** Values of a strategy's parameters, by name. */
export type Parameters = Readonly<Record<string, number>>;

/**
 * Returns the values of the parameters that a strategy has.
 * @param names of those it needs; each is a whole number, at least 1
 * @param optional of those it does without when they are not given
 * @throws RangeError if one is missing, is none of them or is no such number
 */
export function wholeParameters<Name extends string>(
  strategy: string,
  names: readonly Name[],
  given: Parameters,
  optional: readonly string[] = []
): Record<Name, number> {
  const all: readonly string[] = [...names, ...optional];
  const has = all.length ? all.join(", ") : "none";
  const strange = Object.keys(given).find((name) => !all.includes(name));
  if (strange !== undefined) throw new RangeError(`${strategy} has no parameter ${strange}: it has ${has}`);
  const missing = names.find((name) => given[name] === undefined);
  if (missing !== undefined) throw new RangeError(`${strategy} needs ${missing}`);
  for (const [name, value] of Object.entries(given)) {
    if (!(Number.isSafeInteger(value) && value >= 1))
      throw new RangeError(`invalid ${name}: ${value}: a whole number, at least 1`);
  }
  return given as Record<Name, number>; // all of them are there
}
