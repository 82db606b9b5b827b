import {EXIT} from "./exit.js";
import {CliError} from "./output.js";

/** Returns what a name stands for. @throws CliError that lists the names there are */
export function one<Value>(choices: ReadonlyMap<string, Value>, what: string, name: string): Value {
  const value = choices.get(name);
  if (value === undefined)
    throw new CliError(`unknown ${what}: ${name}: there are ${[...choices.keys()].join(", ")}`, EXIT.usage);
  return value;
}

/** Returns what a call returns; what it refuses is a fault of the words. */
export function usage<Value>(call: () => Value): Value {
  try {
    return call();
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}

/** Returns the number that a word is. @throws CliError if it is none above zero */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Infinity))
    throw new CliError(`invalid ${name}: ${text}: a number above zero`, EXIT.usage);
  return value;
}
