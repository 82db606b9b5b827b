import {namesIn} from "../lib/ledger/benchmark-index.js";
import {createFigures, type Figures} from "../lib/ledger/figures.js";
import type {LakeRows} from "../lib/ledger/lake/lake-rows.js";
import type {LedgerTables} from "../lib/ledger/tables.js";
import type {ViewContext} from "../lib/ledger/views.js";

/** What a view may ask of the lake beside what the ledger's own currencies and the chosen benchmark need. */
export interface LakeQuery {
  currency?: string;
  benchmark?: string;
  /** Whether the past of what is held is asked for. */
  holdings?: boolean;
}

/** Figures of one ledger, with what the lake has for each question: fetched when it is first asked for, and kept. */
export interface LakeFigures {
  /** Those of a query, once the lake has told what it asks for. */
  asked(query: LakeQuery): Promise<Figures>;
}

/** @param more asks where the rows are from; absent where they come without a lake */
export function lakeFigures(
  ledger: LedgerTables,
  context: ViewContext,
  more?: (query: LakeQuery) => Promise<LakeRows | undefined>
): LakeFigures {
  let {lake} = context;
  let figures = createFigures(ledger, context);
  const currencies = new Set([
    ...ledger.coverage.map(({base}) => base),
    ...(lake?.rates ?? []).flatMap(({base, quote}) => [base, quote])
  ]);
  const names = new Set(lake?.benchmarks.map(({name}) => name));
  let fetching: Promise<unknown> = Promise.resolve();

  async function fetch(query: LakeQuery): Promise<void> {
    const rows = await more?.(query);
    if (query.currency !== undefined) currencies.add(query.currency);
    if (!rows || !lake) return;
    const known = lake.benchmarks.filter(({name}) => rows.benchmarks.every((other) => other.name !== name));
    const benchmarks = [...known, ...rows.benchmarks];
    for (const {name} of benchmarks) names.add(name);
    // Closes and fixings that are here stay the same lists, and with them all that was made of them.
    const holdings = rows.holdings ?? lake.holdings;
    const past = holdings && {holdings};
    lake = query.currency === undefined ? {...lake, benchmarks, ...past} : {...rows, benchmarks, ...past};
    figures = createFigures(ledger, {...context, lake});
  }

  /** What of a question is not here yet; null when all of it is. */
  function missing({currency, benchmark, holdings = false}: LakeQuery): LakeQuery | null {
    const isForeign = currency !== undefined && !currencies.has(currency);
    const isUnread =
      benchmark !== undefined &&
      namesIn(benchmark).some((name) => lake?.names.includes(name) && !names.has(name));
    const isPast = holdings && !lake?.holdings;
    if (!isForeign && !isUnread && !isPast) return null;
    return {...(isForeign && {currency}), ...(isUnread && {benchmark}), ...(isPast && {holdings})};
  }

  return {
    async asked(query) {
      if (!lake || !more) return figures;
      const turn = fetching.then(() => {
        const wanted = missing(query);
        return wanted ? fetch(wanted) : undefined;
      });
      fetching = turn.catch(() => undefined); // told to the one that asked
      await turn;
      return figures;
    }
  };
}
