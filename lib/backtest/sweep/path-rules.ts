import {NO_SIGNAL, type PathColumns, type PathRules} from "../../kernels/path-sweep.js";
import {EXIT_NAMES, exitsOf} from "../exits.js";
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
  const isExit = (name: string) => EXIT_NAMES.some((exit) => exit === name);
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
  let before = "";
  for (let i = 0; i < count; ++i) {
    const chosen = Object.fromEntries(names.map((name, column) => [name, values[column][i]]));
    for (const [name, value] of Object.entries(exitsOf(chosen)))
      rules[name as (typeof EXIT_NAMES)[number]][i] = value as number; // an exit has a number
    const entry = names.filter((name) => !isExit(name)).map((name) => chosen[name]);
    if (signals.length === 0 || entry.join() !== before)
      signals.push(signalsOf(generatePositions(columns, strategy, chosen, {average})));
    before = entry.join();
    rules.signals[i] = signals.length - 1;
  }
  return {signals, rules};
}

/** Shares of the whole equity as sides. */
function signalsOf(shares: Float64Array): Int8Array {
  return Int8Array.from(shares, (share) => (Number.isNaN(share) ? NO_SIGNAL : share));
}
