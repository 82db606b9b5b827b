/** Why a task gave nothing. */
export type TaskErrorCode =
  /** What was sent does not pass the door. */
  | "invalid-input"
  /** It passed the door, but makes no sense further in. */
  | "refused"
  /** It took too long, and was stopped. */
  | "out-of-time"
  /** The thread ended in the middle of it. */
  | "crashed"
  /** Someone has cancelled it. */
  | "cancelled"
  /** Too much waits already. */
  | "busy"
  /** A fault of our own. */
  | "internal";

/** A task that gave nothing; its message is for the person who asked. */
export class TaskError extends Error {
  override readonly name = "TaskError";
  readonly code: TaskErrorCode;

  constructor(code: TaskErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
