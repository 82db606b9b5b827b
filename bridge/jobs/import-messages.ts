import {StatementError, type StatementProblem} from "../../lib/statements/statement.js";
import type {DateOrder} from "../../lib/time/flex-date.js";
import {StoreError, type StoreErrorCode} from "../store/errors.js";
import type {ImportProgress} from "../store/import.js";

/** What the worker is told. */
export type ToWorker =
  | {type: "import"; name: string; path?: string; dateFormat?: DateOrder; account?: string; preview?: boolean}
  | {type: "undo"; sha256: string}
  | {type: "rebuild"}
  | {type: "export"}
  | {type: "restore"}
  /** The next bytes of a file that is not on disk, after the worker has asked for them; null at the end. */
  | {type: "chunk"; bytes: Uint8Array | null}
  | {type: "cancel"};

/** What the worker tells. */
export type FromWorker =
  | {type: "pull"}
  | {type: "progress"; progress: ImportProgress}
  | {type: "done"; result: unknown}
  | {type: "failed"; error: PlainError};

/** An error as it crosses threads, where classes are lost. */
export interface PlainError {
  message: string;
  problem?: StatementProblem;
  code?: StoreErrorCode;
}

export function toPlain(error: unknown): PlainError {
  if (error instanceof StatementError) return {message: error.message, problem: error.problem};
  if (error instanceof StoreError) return {message: error.message, code: error.code};
  return {message: error instanceof Error ? error.message : String(error)};
}

export function fromPlain({message, problem, code}: PlainError): Error {
  if (problem) return new StatementError(problem);
  return code ? new StoreError(code, message) : new Error(message);
}
