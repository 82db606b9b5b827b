import {StatementError} from "./statement.js";

/** Returns the refusal of a file: a stable code, what is wrong and what to do in one sentence, and the place. */
export function refusal(code: string, message: string, where = "", cause?: unknown): StatementError {
  return new StatementError({code, message, where}, cause === undefined ? {} : {cause});
}

/** Returns what a message may show of a text from a file. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
