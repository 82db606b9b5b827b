/**
 * From the rows of all imported files to the rows that count.
 *
 * A pure function of the set of files: rows arrive grouped by (account, element, key), in any order within the
 * group, and each group is settled by itself, so that a file of any size merges in bounded memory.
 */
import {compareText} from "../order.js";
import {addDays} from "../time/day.js";
import {isAtEnd, isTimeless} from "./key.js";
import {Ranks} from "./rank.js";
import type {StatementFormat, StatementRow} from "../statements/statement.js";

/** One statement of one file. */
export interface MergeStatement {
  /** Unique over all files. */
  id: number;
  /** SHA-256 of the file, hex. */
  file: string;
  format: StatementFormat;
  account: string;
  from: string;
  to: string;
  generated: string;
  /** What makes two statements editions of one another: `queryName type`, else the format. */
  query: string;
  /** Base currency that it says; null when it says none. */
  base: string | null;
}

/** A row as it stands in one statement. */
export interface Instance {
  statement: number;
  content: string;
  numbered: boolean;
  row: StatementRow;
}

/** Why a row that stands in a file is not what the ledger shows. */
export interface Change {
  /**
   * `changed`: a later edition of the same query says otherwise; `gone`: a later edition covers the day and
   * lacks it; `contradiction`: another query, or an edition of the same moment, says otherwise.
   */
  kind: "changed" | "gone" | "contradiction";
  account: string;
  section: string;
  element: string;
  key: string;
  day: string;
  /** The row that does not count, and where it stands. */
  old: {file: string; generated: string; fields: Readonly<Record<string, string>>};
  /** The row that counts; null when gone. */
  now: {file: string; generated: string; fields: Readonly<Record<string, string>>} | null;
}

export interface Settled {
  /** The rows that count: one if numbered, else as many as the file that has most of them. */
  rows: StatementRow[];
  changes: Change[];
}

/**
 * Which levels and kinds of row a file has for an account: what its query's boxes say. They hold for all statements
 * of that query and moment, in whatever file they came.
 */
export interface Presence {
  file: string;
  account: string;
  section: string;
  element: string;
  level: string;
  kind: string;
}

const place = (...parts: string[]) => parts.join("\u0001");

type Box = Pick<Presence, "section" | "element" | "level" | "kind">;

function boxOf(account: string, edition: string, {section, element, level, kind}: Box): string {
  return place(account, edition, section, element, level, kind);
}

/** Settles groups of rows against the statements of all files. */
export class Merger {
  readonly #statements = new Map<number, MergeStatement>();
  readonly #presence = new Set<string>();
  /** Editions that cover a day, or a period, of an account and query; the latest first. */
  readonly #byDay = new Map<string, MergeStatement[]>();
  readonly #ranks = new Ranks();

  constructor(statements: Iterable<MergeStatement>, presence: Iterable<Presence>) {
    const editions = new Map<string, Set<string>>();
    for (const statement of statements) {
      this.#statements.set(statement.id, statement);
      this.#ranks.add(statement);
      this.#cover(statement, place(statement.from, statement.to));
      for (let day = statement.from; day <= statement.to; day = addDays(day, 1)) this.#cover(statement, day);
      const ofFile = place(statement.file, statement.account);
      editions.set(
        ofFile,
        (editions.get(ofFile) ?? new Set()).add(place(statement.query, statement.generated))
      );
    }
    for (const list of this.#byDay.values()) list.sort((a, b) => compareText(b.generated, a.generated));
    for (const {file, account, ...box} of presence) {
      for (const edition of editions.get(place(file, account)) ?? []) {
        this.#presence.add(boxOf(account, edition, box));
        this.#ranks.tick(account, edition, box);
      }
    }
  }

  #cover(statement: MergeStatement, when: string) {
    const key = place(statement.account, statement.query, when);
    const list = this.#byDay.get(key);
    if (list) list.push(statement);
    else this.#byDay.set(key, [statement]);
  }

  /**
   * Returns the rows of one group that count, and what was set aside.
   * @param all every instance of one (account, element, key), from every file
   */
  settle(key: string, all: readonly Instance[]): Settled {
    const group = this.#ranks.best(all, (instance) => this.#of(instance));
    if (group.length === 0) return {rows: [], changes: []};
    if (group.length === 1 && !this.#superseded(group[0])) return {rows: [group[0].row], changes: []};
    const changes: Change[] = [];
    const current: Instance[] = [];
    const retired: Instance[] = [];
    for (const instance of group.toSorted((a, b) => this.#later(b, a))) {
      (this.#superseded(instance) ? retired : current).push(instance);
    }
    if (current.length === 0) {
      for (const instance of unlike(retired, null)) changes.push(this.#change("gone", key, instance, null));
      return {rows: [], changes};
    }
    const winner = current[0];
    if (!winner.numbered) return {rows: Array(this.#mostInOneFile(current)).fill(winner.row), changes};

    const fields = {...winner.row.fields};
    for (const instance of unlike(current, winner).toReversed()) {
      if (same(instance.row.fields, winner.row.fields)) continue;
      if (this.#sameQuery(instance, winner)) {
        const kind = this.#told(instance, winner) < 0 ? "changed" : "contradiction";
        changes.push(this.#change(kind, key, instance, winner));
      } else if (agree(instance.row.fields, fields)) {
        for (const [name, value] of Object.entries(instance.row.fields)) fields[name] ??= value;
      } else {
        changes.push(this.#change("contradiction", key, instance, winner));
      }
    }
    const standing = new Set(current.map(({content}) => content));
    for (const instance of unlike(retired, winner)) {
      if (standing.has(instance.content) || same(instance.row.fields, winner.row.fields)) continue;
      changes.push(this.#change("changed", key, instance, winner));
    }
    return {rows: [{...winner.row, fields}], changes};
  }

  /** A strictly later edition of the same query covers the row's day and has rows of its level and kind. */
  #superseded({statement, row}: Instance): boolean {
    const mine = this.#of({statement});
    if (row.account !== mine.account || isTimeless(row.element)) return false;
    const when = row.day || (row.from && place(row.from, row.to));
    if (!when) return false;
    const editions = this.#byDay.get(place(mine.account, mine.query, when)) ?? [];
    return editions.some(
      ({query, generated, to}) =>
        generated > mine.generated &&
        (to === row.day || !row.day || !isAtEnd(row.element)) &&
        this.#presence.has(boxOf(row.account, place(query, generated), row))
    );
  }

  #of({statement}: {statement: number}): MergeStatement {
    const found = this.#statements.get(statement);
    if (!found) throw new RangeError(`unknown statement: ${statement}`);
    return found;
  }

  #later(a: Instance, b: Instance): number {
    const [s, t] = [this.#of(a), this.#of(b)];
    return this.#told(a, b) || compareText(s.file, t.file) || compareText(a.content, b.content);
  }

  /** Which of two rows was told later; of what has no day, at one moment, the one of the later days. */
  #told(a: Instance, b: Instance): number {
    const [s, t] = [this.#of(a), this.#of(b)];
    return compareText(s.generated, t.generated) || (isTimeless(a.row.element) ? compareText(s.to, t.to) : 0);
  }

  #sameQuery(a: Instance, b: Instance): boolean {
    return this.#of(a).query === this.#of(b).query;
  }

  #mostInOneFile(instances: readonly Instance[]): number {
    const counts = new Map<string, number>();
    for (const instance of instances) {
      const {file} = this.#of(instance);
      counts.set(file, (counts.get(file) ?? 0) + 1);
    }
    return Math.max(...counts.values());
  }

  #change(kind: Change["kind"], key: string, old: Instance, now: Instance | null): Change {
    const {account, section, element} = old.row;
    const day = isTimeless(element) ? "" : old.row.day || old.row.to;
    const side = (instance: Instance) => {
      const {file, generated} = this.#of(instance);
      return {file, generated, fields: instance.row.fields};
    };
    return {kind, account, section, element, key, day, old: side(old), now: now && side(now)};
  }
}

/** One instance for each content other than the winner's, the latest of each; the earliest content first. */
function unlike(instances: readonly Instance[], winner: Instance | null): Instance[] {
  const byContent = new Map(instances.toReversed().map((instance) => [instance.content, instance]));
  if (winner) byContent.delete(winner.content);
  return [...byContent.values()];
}

/** Whether two rows say the same, if not in the same statement: what a security is stands in each, under its own days. */
function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function agree(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === undefined || b[name] === value);
}
