/** Columns as JSON brings them, and what tasks take made of what accounts hold or the lake has. */
import {tableFromIPC} from "apache-arrow";
import {z} from "zod";
import type {Bars} from "../../lib/backtest/bars.js";
import {formatDatasetId, LAYERS} from "../../lib/lake/dataset.js";
import type {HoldingsView} from "../../lib/ledger/holdings/view.js";
import type {ViewContext} from "../../lib/ledger/views.js";
import {holdingsHistory, movesOver, type HoldingsHistory} from "../../lib/portfolio/holdings-history.js";
import {Currency, Name} from "../../lib/tasks/door.js";
import {Problem} from "../problem.js";
import {AccountId, Day} from "./common.js";
import {Dataset} from "./data.js";
import type {Desk} from "./endpoint.js";

/** Largest body of numbers. */
export const MOST_BYTES = "4mb";

export const NumberList = z
  .array(z.number().nullable())
  .max(500_000)
  .meta({description: "numbers, oldest first; null = none"});

export const BarList = z
  .array(
    z.strictObject({
      symbol: Name.exactOptional(),
      currency: Currency.exactOptional(),
      time: NumberList.meta({description: "close of each bar, milliseconds since 1970 UTC, rising"}),
      open: NumberList,
      high: NumberList,
      low: NumberList,
      close: NumberList,
      volume: NumberList.exactOptional()
    })
  )
  .max(500)
  .meta({description: "bars of each symbol, by column"});

export const History = z
  .strictObject({assets: z.array(Name), returns: z.array(NumberList)})
  .meta({description: "simple returns by asset, over the same periods"});

export const Prices = z
  .strictObject({assets: z.array(Name), dates: z.array(z.string()), prices: z.array(NumberList)})
  .meta({description: "prices by asset, at the same dates"});

/** Whose holdings, and which past of them. */
export const ofAccount = {
  account: z
    .union([z.literal("all"), AccountId])
    .exactOptional()
    .meta({description: "an account, or all: what it holds is taken in place of data that is sent"}),
  currency: Currency.exactOptional().meta({description: "reporting currency; the base currency when absent"}),
  years: z.number().positive().max(50).default(3).meta({description: "years of history"}),
  horizon: z.int().min(1).max(60).default(1).meta({description: "days of prices that a return spans"})
};

interface OfAccount {
  account?: string | undefined;
  currency?: string | undefined;
  years: number;
  horizon: number;
}

/** Says that exactly one of the account and the data is to be given. */
export function eitherOr(field: string) {
  return (body: {account?: unknown} & Record<string, unknown>, context: z.RefinementCtx): void => {
    const isSent = body[field] !== undefined;
    if ((body.account !== undefined) === isSent)
      context.addIssue({
        code: "custom",
        message: isSent ? `give account or ${field}, not both` : `give account, or ${field}`
      });
  };
}

/** What is held, and its past. */
export interface Held {
  view: HoldingsView;
  past: HoldingsHistory;
  history: {assets: string[]; returns: Float64Array[]};
  values: Float64Array;
}

/**
 * Reads what an account holds, with its past.
 * @throws Problem 404 for an account that is not there, 409 where nothing that is held has a past
 */
export async function readHeld(desk: Desk, of: OfAccount): Promise<Held> {
  const view = await readHoldings(desk, of);
  const past = holdingsHistory(view, of);
  if (!past.assets.length) {
    const [first] = past.leftOut;
    const why = first ? `${first.name}: ${first.reason}` : "nothing is held";
    throw new Problem(409, "no-history", `nothing that is held has a past to compute with: ${why}`);
  }
  return {
    view,
    past,
    history: {assets: past.assets.map(({name}) => name), returns: past.assets.map(({returns}) => returns)},
    values: Float64Array.from(past.assets, ({value}) => value)
  };
}

/** Reads what an account holds. @throws Problem 404 for an account that is not there */
export async function readHoldings({services}: Desk, {account, currency}: OfAccount): Promise<HoldingsView> {
  const text = await services.figures.view("holdings", {
    ...(account !== undefined && account !== "all" && {accounts: [account]}),
    ...(currency !== undefined && {currency})
  });
  return JSON.parse(text) as HoldingsView; // as the view of that name is written
}

/** Reads what benchmarks of the lake returned over the periods. @throws Problem 404 for one that is not there */
export async function readFactors(
  {services}: Desk,
  names: readonly string[],
  past: HoldingsHistory
): Promise<Record<string, Float64Array>> {
  const factors: [string, Float64Array][] = [];
  for (const name of names) {
    const {lake} = JSON.parse(await services.figures.view("context", {benchmark: name})) as ViewContext; // as its view is written
    const found = lake?.benchmarks.find((one) => one.name === name);
    if (!found) throw new Problem(404, "no-such-benchmark", `the lake has no ${name}: pull it first`);
    factors.push([name, movesOver(found.closes, past, "return")]);
  }
  return Object.fromEntries(factors);
}

/** Bars of the lake: a dataset, symbols in it, days. */
export const LakeBars = z.strictObject({
  dataset: Dataset,
  layer: z.enum(LAYERS).exactOptional().meta({
    description:
      "when absent: bars adjusted for splits (features) where there are any, else as traded (clean)"
  }),
  symbols: z.array(z.string().min(1).max(100)).min(1, "name a symbol").max(100),
  from: Day.exactOptional(),
  to: Day.exactOptional()
});

/** Rows that are read at most. */
const MOST_ROWS = 500_000;

const PRICES = ["open", "high", "low", "close"] as const;

/**
 * Reads bars of the lake, oldest first, without those that lack a price.
 * @throws Problem 404 for a dataset or a symbol that is not there, 422 for more rows than are taken
 */
export async function readLakeBars(
  {services}: Desk,
  {dataset: id, layer, symbols, from, to}: z.infer<typeof LakeBars>
): Promise<Bars[]> {
  const name = formatDatasetId(id);
  if (id.kind !== "bars") throw new Problem(422, "no-bars", `${name} has no bars: name a dataset of bars`);
  const hasAdjusted = (await services.lake.catalog()).some(
    (entry) => entry.dataset === name && entry.layer === "features"
  );
  const {bytes, matches} = await services.lake.query(
    {
      layer: layer ?? (hasAdjusted ? "features" : "clean"),
      id,
      columns: ["symbol", "time", ...PRICES, "volume", "currency"],
      symbols,
      ...(from !== undefined && {from}),
      ...(to !== undefined && {to}),
      filters: [],
      order: "asc",
      limit: MOST_ROWS
    },
    "arrow"
  );
  if (matches > MOST_ROWS)
    throw new Problem(
      422,
      "too-many-rows",
      `${matches} bars, but ${MOST_ROWS} are taken at most: name fewer`
    );
  const table = tableFromIPC(bytes);
  const column = (name: string) => table.getChild(name)!; // it was asked for
  const [names, times, currencies] = [column("symbol"), column("time"), column("currency")];
  const values = [...PRICES, "volume"].map((name) => column(name));
  const rows = new Map<string, {currency: string; at: number[]}>(
    symbols.map((symbol) => [symbol, {currency: "", at: []}])
  );
  for (let i = 0; i < table.numRows; ++i) {
    const own = rows.get(String(names.get(i)));
    if (!own || !values.slice(0, 4).every((each) => (each.get(i) as number | null) !== null)) continue;
    own.at.push(i);
    own.currency ||= (currencies.get(i) as string | null) ?? "";
  }
  return [...rows].map(([symbol, {currency, at}]) => {
    if (!at.length) throw new Problem(404, "no-such-symbol", `there are no bars of ${symbol} in these days`);
    const [open, high, low, close, volume] = values.map((each) =>
      Float64Array.from(at, (i) => (each.get(i) as number | null) ?? NaN)
    );
    const time = Float64Array.from(at, (i) => Number(times.get(i)));
    return {
      symbol,
      currency: /^[A-Z]{3}$/.test(currency) ? currency : "USD",
      time,
      open,
      high,
      low,
      close,
      volume
    };
  });
}
