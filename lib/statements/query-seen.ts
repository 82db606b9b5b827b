import {checkQuery, type Present, type QueryGap} from "./query-check.js";
import type {StatementHeader, StatementRow, StatementSink} from "./statement.js";

/** Collects what a file's Flex query has ticked while the file is read; holds names, no rows. */
export class QuerySeen implements StatementSink {
  readonly #statements: StatementHeader[] = [];
  readonly #present = new Map<string, Present>();
  readonly #attributes = new Map<string, Set<string>>();

  statement(header: StatementHeader): void {
    this.#statements.push(header);
  }

  section(_statement: number, section: string): void {
    this.#see({section, element: "", level: ""});
  }

  row({section, element, level, fields}: StatementRow): void {
    this.#see({section, element, level});
    const known = this.#attributes.get(element);
    const attributes = known ?? new Set();
    if (!known) this.#attributes.set(element, attributes);
    for (const name in fields) attributes.add(name);
  }

  /**
   * Returns the boxes to tick; none for a file without statement, none for trade confirmations, a query of another kind,
   * and none for what no Flex query gave.
   */
  missing(): QueryGap[] {
    const activity = this.#statements.filter(
      ({format, queryType}) => format.startsWith("flex-") && queryType !== "TCF"
    );
    if (activity.length === 0) return [];
    return checkQuery(this.#present.values(), {attributes: this.#attributes, periods: activity});
  }

  #see(present: Present): void {
    const key = `${present.section} ${present.element} ${present.level}`;
    if (!this.#present.has(key)) this.#present.set(key, present);
  }
}
