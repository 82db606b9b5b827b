import type {GroupLimit, Limits} from "./problem.js";
import type {Row} from "./program.js";

/** A limit that a person would call one, in words, and the limits without it. */
export interface NamedLimit {
  words: string;
  drop: (limits: Limits) => Limits;
}

/** Returns each asset's bound as a column. */
export function boundsOf({lower = -Infinity, upper = Infinity}: Limits, n: number) {
  const column = (bound: number | Float64Array) =>
    typeof bound === "number" ? new Float64Array(n).fill(bound) : bound;
  return {lower: column(lower), upper: column(upper)};
}

/**
 * Returns the limits on sums of weights as rows: sum, net, groups, expected return, gross, turnover, those that there are.
 * @param expected shape (n)
 */
export function rowsOf(limits: Limits, expected: Float64Array): Row[] {
  const n = expected.length;
  const ones = () => new Float64Array(n).fill(1);
  const {sum, net, groups = [], gross, turnover, expectedReturn} = limits;
  const rows: Row[] = [];
  if (sum !== undefined) rows.push({name: "sum", coefficients: ones(), least: sum, most: sum});
  if (net) rows.push({name: "net", coefficients: ones(), least: net[0], most: net[1]});
  for (const {name, members, least = -Infinity, most = Infinity} of groups) {
    const coefficients = new Float64Array(n);
    for (const member of members) coefficients[member] = 1;
    rows.push({name, coefficients, least, most});
  }
  if (expectedReturn !== undefined)
    rows.push({name: "expected return", coefficients: expected, least: expectedReturn, most: Infinity});
  if (gross !== undefined)
    rows.push({
      name: "gross",
      coefficients: new Float64Array(n),
      absolute: "gross",
      least: -Infinity,
      most: gross
    });
  if (turnover !== undefined)
    rows.push({
      name: "turnover",
      coefficients: new Float64Array(n),
      absolute: "turnover",
      least: -Infinity,
      most: turnover
    });
  return rows;
}

/** Returns every limit in words; a bound that is one number for all assets is one limit. */
export function namedLimits(limits: Limits, assets: readonly string[]): NamedLimit[] {
  const {sum, net, groups = [], gross, turnover, expectedReturn} = limits;
  const named: NamedLimit[] = [
    ...boundNames("upper", limits.upper, assets),
    ...boundNames("lower", limits.lower, assets)
  ];
  if (sum !== undefined) named.push({words: `the weights sum to ${sum}`, drop: without("sum")});
  if (net) {
    const [least, most] = net;
    if (least === most) named.push({words: `the weights sum to ${least}`, drop: without("net")});
    else {
      if (least > -Infinity)
        named.push({
          words: `the weights sum to ${least} or more`,
          drop: (all) => ({...all, net: [-Infinity, (all.net as readonly [number, number])[1]]})
        });
      if (most < Infinity)
        named.push({
          words: `the weights sum to ${most} or less`,
          drop: (all) => ({...all, net: [(all.net as readonly [number, number])[0], Infinity]})
        });
    }
  }
  for (const [g, group] of groups.entries()) named.push(...groupNames(group, g));
  if (expectedReturn !== undefined)
    named.push({words: `the expected return is ${expectedReturn} or more`, drop: without("expectedReturn")});
  if (gross !== undefined)
    named.push({words: `the sum of |weight| is ${gross} or less`, drop: without("gross")});
  if (turnover !== undefined)
    named.push({
      words: `the turnover, the sum of |trade|, is ${turnover} or less`,
      drop: without("turnover")
    });
  return named;
}

function without(name: keyof Limits): NamedLimit["drop"] {
  return ({...rest}) => {
    delete rest[name];
    return rest;
  };
}

function boundNames(
  side: "lower" | "upper",
  bound: number | Float64Array | undefined,
  assets: readonly string[]
): NamedLimit[] {
  const words = side === "lower" ? "or more" : "or less";
  const none = side === "lower" ? -Infinity : Infinity;
  if (bound === undefined || bound === none) return [];
  if (typeof bound === "number") return [{words: `every weight is ${bound} ${words}`, drop: without(side)}];
  return assets.flatMap((asset, i) =>
    bound[i] === none
      ? []
      : [
          {
            words: `${asset} is ${bound[i]} ${words}`,
            drop: (all) => ({
              ...all,
              [side]: Float64Array.from(all[side] as Float64Array).fill(none, i, i + 1)
            })
          }
        ]
  );
}

function groupNames({name, least, most}: GroupLimit, g: number): NamedLimit[] {
  const change = (patch: (group: GroupLimit) => GroupLimit) => (all: Limits) => ({
    ...all,
    groups: (all.groups ?? []).map((group, k) => (k === g ? patch(group) : group))
  });
  const dropLeast = ({name, members, most}: GroupLimit) => ({
    name,
    members,
    ...(most !== undefined && {most})
  });
  const dropMost = ({name, members, least}: GroupLimit) => ({
    name,
    members,
    ...(least !== undefined && {least})
  });
  if (least !== undefined && least === most)
    return [{words: `${name} is ${least}`, drop: change((group) => dropLeast(dropMost(group)))}];
  return [
    ...(least === undefined ? [] : [{words: `${name} is ${least} or more`, drop: change(dropLeast)}]),
    ...(most === undefined ? [] : [{words: `${name} is ${most} or less`, drop: change(dropMost)}])
  ];
}
