import {NO_SIGNAL, type PathColumns, type PathRules} from "../../kernels/path-sweep.js";
import {EXIT_NAMES, exitOf} from "../exits.js";
import {sma} from "../sma.js";
import {generatePositions} from "../vector/positions.js";

/** Values of parameters, a column each. */
interface Values {
  names: readonly string[];
  values: readonly Int32Array[];
}

/**
 * Returns what is to be swept bar by bar: the signals of each entry rule once, and each combination's exits.
 * @param strategy one whose exits come after its other parameters
 */
export function pathRules(
  strategy: string,
  columns: Pick<PathColumns, "high" | "low" | "close">,
  {names, values}: Values
): {signals: Int8Array[]; rules: PathRules} {
  const count = values[0].length;
  const distance = () => new Float64Array(count).fill(Infinity);
  const rules: PathRules = {
    signals: new Int32Array(count),
    stop: distance(),
    target: distance(),
    trail: distance(),
    hold: new Int32Array(count).fill(2 ** 31 - 1)
  };
  const averages = new Map<number, Float64Array>();
  const average: typeof sma = (close, window) => {
    const made = averages.get(window) ?? sma(close, window);
    averages.set(window, made);
    return made;
  };
  const signals: Int8Array[] = [];
  const entries: number[] = [];
  for (const [column, name] of names.entries()) {
    const exit = EXIT_NAMES.find((each) => each === name);
    if (exit === undefined) entries.push(column);
    else for (let i = 0; i < count; ++i) rules[exit][i] = exitOf(exit, values[column][i]);
  }
  for (let i = 0; i < count; ++i) {
    if (i === 0 || entries.some((column) => values[column][i] !== values[column][i - 1])) {
      const chosen = Object.fromEntries(names.map((name, column) => [name, values[column][i]]));
      signals.push(signalsOf(generatePositions(columns, strategy, chosen, {average})));
    }
    rules.signals[i] = signals.length - 1;
  }
  return {signals, rules};
}

/** Shares of the whole equity as sides. */
function signalsOf(shares: Float64Array): Int8Array {
  return Int8Array.from(shares, (share) => (Number.isNaN(share) ? NO_SIGNAL : share));
}
