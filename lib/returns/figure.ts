/** A number as it leaves lib for a page, the API or a report: finite, or null with the reason. JSON-safe. */
export interface Figure {
  /** The number; null where it cannot be computed, never NaN, never a made-up 0. */
  value: number | null;
  /** Why the value is null: one lowercase sentence. Absent when there is a value. */
  reason?: string;
}

/** A figure with every constant that it was computed with, to be printed beside it. */
export interface FigureWith<Constants> extends Figure {
  constants: Constants;
}

/**
 * Returns the value as a figure.
 * @param value any float
 * @param reason what to say when the value is NaN or infinite
 */
export function figure(value: number, reason = "the result is not a finite number"): Figure {
  return Number.isFinite(value) ? {value} : unavailable(reason);
}

/** Returns the figure that has no value, for the reason given. */
export function unavailable(reason: string): Figure {
  return {value: null, reason};
}
