import type {FileSet, RowGroup} from "./assemble.js";
import type {Instance} from "./merge.js";

/** What a file's rows are to the files before it; `retired` are those that counted before and do no longer. */
export interface RowCounts {
  new: number;
  same: number;
  changed: number;
  retired: number;
}

/** The counts of one section of a file. */
export interface SectionCounts extends RowCounts {
  section: string;
}

/**
 * Counts what a file's rows are to the other files of a set. A content that was there: as many rows as any other
 * file has of it are the same. A new content of a thing that was there: one changed row. The first content of a
 * thing that was not: one new row, or n where they have no id.
 */
export class ImportCounter {
  readonly #before: FileSet;
  readonly #after: FileSet;
  readonly #isNew: (statement: number) => boolean;
  readonly #sections = new Map<string, SectionCounts>();

  /**
   * @param before the set without the file
   * @param after the set with it, as the last: groups are of this one
   */
  constructor(before: FileSet, after: FileSet) {
    this.#before = before;
    this.#after = after;
    this.#isNew = (statement) => statement >= before.statements.length;
  }

  count(groups: Iterable<RowGroup>): void {
    for (const {key, instances} of groups) {
      const mine = instances.filter(({statement}) => this.#isNew(statement));
      const others = instances.filter(({statement}) => !this.#isNew(statement));
      if (mine.length) this.#countRows(mine, others);
      if (others.length) this.#countRetired(key, instances, others);
    }
  }

  /** Adds rows of a section that only repeat others of the file. */
  repeated(section: string, rows: number): void {
    this.#of(section).same += rows;
  }

  /** Returns the counts, section by section in order of their names. */
  finish(): SectionCounts[] {
    return [...this.#sections.values()].toSorted((a, b) => (a.section < b.section ? -1 : 1));
  }

  #countRows(mine: readonly Instance[], others: readonly Instance[]): void {
    const known = Map.groupBy(others, contentOf);
    let first = others.length === 0;
    for (const [content, rows] of Map.groupBy(mine, contentOf)) {
      const {numbered, row} = rows[0];
      const counts = this.#of(row.section);
      const before = known.get(content);
      let added = 0;
      if (first) added = numbered ? 1 : rows.length;
      else if (before && !numbered) added = Math.max(0, rows.length - this.#mostInOneFile(before));
      const changed = before || first ? 0 : 1;
      first = false;
      counts.new += added;
      counts.changed += changed;
      counts.same += rows.length - added - changed;
    }
  }

  #mostInOneFile(instances: readonly Instance[]): number {
    const ofFile = Map.groupBy(instances, ({statement}) => this.#after.statements[statement].file);
    return Math.max(...[...ofFile.values()].map((rows) => rows.length));
  }

  #countRetired(key: string, instances: readonly Instance[], others: readonly Instance[]): void {
    const gone = this.#after.merger.settle(key, instances).changes.find(({kind}) => kind === "gone");
    if (!gone) return;
    const was = this.#before.merger.settle(key, others).changes.some(({kind}) => kind === "gone");
    if (!was) ++this.#of(gone.section).retired;
  }

  #of(section: string): SectionCounts {
    const counts = this.#sections.get(section) ?? {section, new: 0, same: 0, changed: 0, retired: 0};
    this.#sections.set(section, counts);
    return counts;
  }
}

/** Returns the sum of the sections' counts. */
export function sumCounts(sections: Iterable<RowCounts>): RowCounts {
  const sum = {new: 0, same: 0, changed: 0, retired: 0};
  for (const counts of sections) {
    sum.new += counts.new;
    sum.same += counts.same;
    sum.changed += counts.changed;
    sum.retired += counts.retired;
  }
  return sum;
}

const contentOf = ({content, row}: Instance): string => [content, row.level, row.kind].join("\u0001");
