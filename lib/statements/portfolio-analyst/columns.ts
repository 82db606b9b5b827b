/** Sections of a PortfolioAnalyst report, after reference/ibkr.md 3.2. */
const SECTIONS = new Set([
  "Introduction",
  "Key Statistics",
  "Historical Performance",
  "Historical Performance Benchmark Comparison",
  "Cumulative Performance Statistics",
  "Cumulative Benchmark Comparison",
  "Time Period Performance Statistics",
  "Time Period Benchmark Comparison",
  "Risk Measures",
  "Risk Measures Benchmark Comparison",
  "Allocation by Asset Class",
  "Allocation by Financial Instrument",
  "Allocation by Sector",
  "Allocation by Region",
  "Allocation and Performance by Asset Class",
  "Allocation and Performance by Financial Instrument",
  "Allocation and Performance by Sector",
  "Allocation and Performance by Region",
  "Performance by Symbol",
  "Performance by Asset Class",
  "Performance by Financial Instrument",
  "Performance by Sector",
  "Open Position Summary",
  "Concentration",
  "Trade Summary",
  "Deposits And Withdrawals",
  "Dividends",
  "Interest Details",
  "Fee Summary",
  "Projected Income",
  "Fixed Income",
  "ESG",
  "Corporate Actions",
  "Notes",
  "Notes/Legal Notes",
  "Disclosure"
]);

/** Tells whether a PortfolioAnalyst report is known to have a section of this name. */
export function isReportSection(name: string): boolean {
  return SECTIONS.has(name) || name.startsWith("Performance Attribution vs.");
}

/** The columns of the first line, in English. */
export const INTRODUCTION = [
  "Name",
  "Account",
  "Alias",
  "BaseCurrency",
  "AccountType",
  "AnalysisPeriod",
  "PerformanceMeasure"
] as const;

/** Columns that name what a row is of, the first in order of preference first; else the first cell does. */
const NAMING: readonly (readonly string[])[] = [
  ["SubSection", "Symbol"],
  ["Symbol"],
  ["Type"],
  ["Account"],
  ["Description"]
];
const CURRENCY = "Currency";
const DAY = /^(?:Date|Month|Pay ?Date|Trade ?Date)$/i;
const ANY_DAY = /(?:Date|Month)$/i;

/** What the columns under one header say: places among a row's cells. */
export interface ReportColumns {
  names: readonly string[];
  /** The row's own day; undefined for rows of the period. */
  day: number | undefined;
  currency: number | undefined;
  /** What names the row's item. */
  item: readonly number[];
  /** Columns that are pairs of a name and its return: `BM1,BM1Return`, `Account,AccountReturn`. */
  pairs: readonly [name: number, value: number][];
  figures: readonly {at: number; name: string; isDay: boolean}[];
}

/** Returns what the columns of a header are. */
export function reportColumns(names: readonly string[]): ReportColumns {
  const at = (name: string) => names.indexOf(name);
  const pairs = names.flatMap((name, i): [number, number][] =>
    name && at(`${name}Return`) >= 0 ? [[i, at(`${name}Return`)]] : []
  );
  const day = names.findIndex((name) => DAY.test(name));
  const taken = new Set([day, at(CURRENCY), ...pairs.flat()]);
  const named = NAMING.find((columns) => columns.every((name) => at(name) >= 0 && !taken.has(at(name))));
  const first = names.findIndex((name, i) => name !== "" && !taken.has(i));
  const isTable = pairs.length > 0 || day >= 0;
  const item = named ? named.map(at) : isTable || first < 0 || isKeyStatistics(names) ? [] : [first];
  for (const i of item) taken.add(i);
  const seen = new Map<string, number>();
  const figures = [...names.entries()].flatMap(([i, name]) => {
    if (taken.has(i) || name === "") return [];
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return [{at: i, name: count > 1 ? `${name} (${count})` : name, isDay: ANY_DAY.test(name)}];
  });
  const place = (i: number) => (i < 0 ? undefined : i);
  return {names, day: place(day), currency: place(at(CURRENCY)), item, pairs, figures};
}

/** One row of figures of the whole account: no cell of it is a name. */
function isKeyStatistics(names: readonly string[]): boolean {
  return names[0] === "BeginningNAV" || names[0] === "Beginning NAV";
}
