import {compareText} from "../../order.js";
import {formatAmount, type Amount, absolute} from "../../money/amount.js";
import type {Check, CheckLine, CheckStatus, CheckWhat, Reason} from "./check.js";

/** Ours and theirs of one thing on one day. */
export interface Comparison {
  day: string;
  item: string;
  holding?: string | null;
  of: string;
  ours: Amount | null;
  theirs: Amount | null;
  tolerance: Amount;
  rows?: readonly string[];
  /** Whether both sides are the statement's own, so that nothing of ours can be missing. */
  itself?: true;
  /** Why ours is not sure: it then agrees, or is not given. */
  unsure?: Reason | null;
  /** Names what lives on from day to day, so that a difference is reported where it begins. */
  series?: string;
  /** Why one of the two is null: `not-given`, or explained where nobody can give it. */
  lack?: {status: "not-given" | "explained"; reason: Reason};
  /**
   * Asked for a reason when the two differ; one only where it accounts for the amount.
   * @param step what came to the difference since the series was last compared
   */
  explain?: (difference: Amount, step: Amount) => Reason | null;
}

/** Statement that a comparison belongs to: its period, or a month of statements of a day. */
export interface Place {
  account: string;
  what: CheckWhat;
  /** `2025-01-01/2025-12-31`, or `2025-03`. */
  period: string;
}

interface Group extends Place {
  from: string;
  to: string;
  /** Whether the period is the statement's own. */
  whole: boolean;
  compared: number;
  lines: {line: CheckLine; size: Amount}[];
  /** Of lines that agree the one with the largest difference, else the first. */
  best: {
    ours: Amount;
    theirs: Amount;
    difference: Amount;
    tolerance: Amount;
    day: string;
    item: string;
  } | null;
  evidence: string[];
}

/** A difference that goes on. */
interface Carried {
  difference: Amount;
  /** What rounding may have added up to since the series began. */
  tolerance: Amount;
  /** The line that told it; null as long as it is rounding. */
  since: {day: string; item: string; status: CheckStatus; difference: Amount} | null;
}

const MOST_LINES = 200;

/** Gathers comparisons into checks: one for each account, period and thing. */
export class Sheet {
  readonly #groups = new Map<string, Group>();
  /** Comparisons of one group mostly follow one another. */
  #last: Group | undefined;
  readonly #carried = new Map<string, Carried>();

  /** Compares, and returns how it came out. */
  compare(place: Place, line: Comparison): CheckStatus {
    const group = this.#group(place, line.day);
    const {ours, theirs, series} = line;
    if (ours === null || theirs === null) {
      const {status, reason} = line.lack ?? unsaid;
      group.lines.push({line: {...printed(line, null), status, reason}, size: 0n});
      return status;
    }
    ++group.compared;
    const difference = ours - theirs;
    const name = series && `${place.account}/${series}`;
    const before = name ? this.#carried.get(name) : undefined;
    const tolerance = line.tolerance + (before?.tolerance ?? 0n);
    const carried: Carried = {difference, tolerance, since: before?.since ?? null};
    const step = difference - (before?.difference ?? 0n);
    const status = this.#settle(group, line, {difference, step, tolerance, carried});
    if (name) this.#carried.set(name, carried);
    return status;
  }

  #settle(
    group: Group,
    line: Comparison,
    {
      difference,
      step,
      tolerance,
      carried
    }: {difference: Amount; step: Amount; tolerance: Amount; carried: Carried}
  ): CheckStatus {
    const small = absolute(step) <= line.tolerance;
    if (absolute(difference) <= tolerance && (small || absolute(difference) <= line.tolerance)) {
      const {best} = group;
      if (!best || absolute(difference) > absolute(best.difference)) {
        const {ours, theirs, day, item} = line;
        group.best = {ours: ours as Amount, theirs: theirs as Amount, difference, tolerance, day, item}; // both are there
      }
      carried.since = null;
      if (difference === 0n) carried.tolerance = 0n;
      return "agrees";
    }
    const {since} = carried;
    if (since && small) {
      group.lines.push({
        line: {
          ...printed(line, difference, tolerance),
          status: "explained",
          reason: {
            code: "carried",
            sentence: `${formatAmount(difference)} is carried on unchanged since ${since.day}, where it is told`
          }
        },
        size: absolute(difference)
      });
      return "explained";
    }
    const reason = line.explain?.(difference, since ? step : difference) ?? null;
    const status = reason ? "explained" : "differs";
    group.lines.push({line: {...printed(line, difference, tolerance), status, reason}, size: absolute(step)});
    carried.since = {day: line.day, item: line.item, status, difference};
    return status;
  }

  /** Says that nothing could be compared, and why. */
  lacks(place: Place & {from: string; to: string}, reason: Reason, evidence: readonly string[] = []): void {
    const group = this.#group(place, place.from);
    group.to = place.to > group.to ? place.to : group.to;
    group.evidence.push(...evidence);
    const {from: day} = place;
    const line = {
      day,
      item: "",
      holding: null,
      of: "",
      ours: null,
      theirs: null,
      difference: null,
      tolerance: "0"
    };
    group.lines.push({line: {...line, rows: [], status: "not-given", reason}, size: 0n});
  }

  /** Adds a sentence to the evidence of a check. */
  note(place: Place, day: string, sentence: string): void {
    const {evidence} = this.#group(place, day);
    if (!evidence.includes(sentence)) evidence.push(sentence);
  }

  #group({account, what, period}: Place, day: string): Group {
    let group = this.#last;
    if (group?.period === period && group.what === what && group.account === account)
      return spread(group, day);
    const key = `${account}/${what}/${period}`;
    group = this.#groups.get(key);
    if (!group) {
      const [from, to = ""] = period.split("/");
      const days = to ? {from, to, whole: true} : {from: day, to: day, whole: false};
      group = {account, what, period, ...days, compared: 0, lines: [], best: null, evidence: []};
      this.#groups.set(key, group);
    }
    this.#last = group;
    return spread(group, day);
  }

  /** Returns the checks: by account, period and thing. */
  checks(): Check[] {
    const order = (a: Group, b: Group) =>
      compareText(a.account, b.account) ||
      compareText(a.from, b.from) ||
      compareText(a.to, b.to) ||
      compareText(a.what, b.what);
    return [...this.#groups.values()].sort(order).map(checkOf);
  }
}

/** A month reaches from its first to its last statement. */
function spread(group: Group, day: string): Group {
  if (!group.whole) {
    if (day < group.from) group.from = day;
    if (day > group.to) group.to = day;
  }
  return group;
}

const unsaid = {
  status: "not-given",
  reason: {code: "missing-section", sentence: "one of the two is not in the statements"}
} as const;

function checkOf({account, from, to, what, compared, lines, best, evidence}: Group): Check {
  const sorted = lines.toSorted(worstFirst).map(({line}) => line);
  const [worst] = sorted;
  const head = {account, period: [from, to] as [string, string], what};
  if (!worst) {
    return {
      ...head,
      ours: best && formatAmount(best.ours),
      theirs: best && formatAmount(best.theirs),
      difference: best && formatAmount(best.difference),
      tolerance: best && formatAmount(best.tolerance),
      status: "agrees",
      reason: null,
      evidence: best ? [...evidence, `${best.day} ${best.item}`.trim()] : evidence,
      compared,
      lines: []
    };
  }
  const {ours, theirs, difference, tolerance, status, reason} = worst;
  return {
    ...head,
    ours,
    theirs,
    difference,
    tolerance,
    status,
    reason,
    evidence: [...new Set(sorted.slice(0, 5).map(sentenceOf)), ...evidence, ...worst.rows],
    compared,
    lines: sorted.slice(0, MOST_LINES)
  };
}

function worstFirst(a: Group["lines"][number], b: Group["lines"][number]): number {
  const isCarried = ({line}: typeof a) => Number(line.reason?.code === "carried");
  return (
    RANK[a.line.status] - RANK[b.line.status] ||
    isCarried(a) - isCarried(b) ||
    (a.size < b.size ? 1 : a.size > b.size ? -1 : compareText(a.line.day, b.line.day))
  );
}

const RANK = {differs: 0, "not-given": 1, explained: 2};

function sentenceOf({day, item, of, ours, theirs, reason}: CheckLine): string {
  const sides = ours === null && theirs === null ? "" : `: ours ${ours ?? "n/a"}, ${of} ${theirs ?? "n/a"}`;
  const what = `${day} ${item}`.trim();
  return ours !== null && theirs !== null
    ? what + sides
    : `${what}${sides}${reason ? `: ${reason.sentence}` : ""}`;
}

function printed(
  {day, item, holding = null, of, ours, theirs, rows = [], tolerance: own}: Comparison,
  difference: Amount | null,
  tolerance: Amount = own
): Omit<CheckLine, "status" | "reason"> {
  const text = (amount: Amount | null) => (amount === null ? null : formatAmount(amount));
  const amounts = {ours: text(ours), theirs: text(theirs), difference: text(difference)};
  return {day, item, holding, of, ...amounts, tolerance: formatAmount(tolerance), rows: [...rows]};
}
