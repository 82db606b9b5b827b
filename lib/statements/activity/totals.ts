import {addDecimals, formatDecimal, parseDecimal, type Decimal} from "../../money/decimal.js";
import type {Warnings} from "../warnings.js";
import type {Fields} from "./fields.js";
import type {RowWriter} from "./writer.js";

/** What a total is of: the values that its rows share, e.g. category, currency and symbol; empty ones are any. */
export type Group = readonly string[];

interface Counted {
  group: Group;
  figures: Fields;
  /** Totals that it stood in already. */
  in: Set<string>;
}

/**
 * Holds the totals that a section states against what its rows add up to, exactly. Each becomes a row of `Totals`; where
 * they differ by more than the printed decimals can, the file contradicts itself and a warning says where.
 */
export class SectionTotals {
  readonly #of: string;
  readonly #writer: RowWriter;
  readonly #warnings: Warnings;
  readonly #rows: Counted[] = [];
  readonly #byGroup = new Map<string, Counted[]>();

  /** @param of the section as it is printed */
  constructor(of: string, writer: RowWriter, warnings: Warnings) {
    this.#of = of;
    this.#writer = writer;
    this.#warnings = warnings;
  }

  /** Adds the figures of a row that counts, by attribute, canonical. */
  add(group: Group, figures: Fields): void {
    const row = {group, figures, in: new Set<string>()};
    this.#rows.push(row);
    const alike = this.#byGroup.get(keyOf(group));
    if (alike) alike.push(row);
    else this.#byGroup.set(keyOf(group), [row]);
  }

  /**
   * Checks a total of the rows of a group that no total of the same kind has summed up yet; there are none where the
   * total is one in another currency.
   * @param item what it is called, e.g. `Stocks/USD`; the values that its rows share where it is left out
   * @returns the rows' sums by attribute; undefined if no row belongs to it
   */
  check(kind: string, group: Group, stated: Fields, item?: string): Fields | undefined {
    const rows = this.#members(group).filter((row) => !row.in.has(kind));
    if (rows.length === 0) return undefined;
    for (const row of rows) row.in.add(kind);
    const figures = rows.map((row) => row.figures);
    const name = item ?? shared(rows.map((row) => row.group)).join("/");
    return this.compare(name, stated, figures);
  }

  /** Rows of a group; of one that leaves a value open, those of all groups that it stands for. */
  #members(group: Group): readonly Counted[] {
    if (group.length > 0 && !group.includes("")) {
      const exact = this.#byGroup.get(keyOf(group));
      if (exact) return exact;
    }
    return this.#rows.filter((row) => group.every((value, i) => value === "" || value === row.group[i]));
  }

  /** Compares stated figures with the sums of some others, and says the result. */
  compare(item: string, stated: Fields, figures: readonly Fields[]): Fields {
    const sums: Fields = {};
    for (const [attribute, text] of Object.entries(stated)) {
      const parts = figures.flatMap((row) => row[attribute] ?? []);
      const added = parts.map(parseDecimal).reduce(addDecimals, {units: 0n, scale: 0});
      sums[attribute] = formatDecimal(added);
      this.#writer.row({
        section: "Totals",
        element: "Total",
        fields: {of: this.#of, item, attribute, stated: text, added: sums[attribute]}
      });
      if (differ(parseDecimal(text), added, [text, ...parts]))
        this.#warnings.count("contradiction", `${this.#of}/${item}`);
    }
    return sums;
  }
}

/** Statements round to two decimals at least; zeros at the end are not printed. */
const DECIMALS = 2;

/** Whether two figures differ by more than half a unit of the last printed decimal for each figure that is in them. */
function differ(stated: Decimal, added: Decimal, printed: readonly string[]): boolean {
  const decimals = Math.max(DECIMALS, ...printed.map((text) => parseDecimal(text).scale));
  const {units, scale} = addDecimals(stated, {units: -added.units, scale: added.scale});
  const difference = (units < 0n ? -units : units) * 2n * 10n ** BigInt(decimals);
  return difference > BigInt(printed.length) * 10n ** BigInt(scale);
}

function keyOf(group: Group): string {
  return group.join("\u0001");
}

/** The values that all groups have in common, from the first on. */
function shared(groups: readonly Group[]): string[] {
  return groups[0].filter((value, i) => value !== "" && groups.every((group) => group[i] === value));
}
