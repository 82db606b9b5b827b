/** What the doors of all tasks share: columns, bars, tables of returns, and one sentence for what is refused. */
import {z} from "zod";
import type {Bars} from "../backtest/bars.js";

/** Most numbers of one column, and columns of one table. */
const MOST_ROWS = 2_000_000;
const MOST_COLUMNS = 5_000;

/** A column: a Float64Array (NaN = none), or from JSON a list of numbers (null = none). */
export const Column = z
  .union([
    z.instanceof(Float64Array),
    z.array(z.number().nullable()).transform((values) => Float64Array.from(values, (value) => value ?? NaN))
  ])
  .refine(({length}) => length <= MOST_ROWS, `a column has ${MOST_ROWS} numbers at most`);

/** What names a symbol, an asset or a factor. */
export const Name = z.string().trim().min(1, "a name has a letter or more").max(100);

/** ISO code of a currency. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, "a currency is three capital letters");

/** Bars of one symbol; all columns of equal length. Whether their prices make sense, the engine checks. */
export const BarsSchema = z
  .strictObject({
    symbol: Name.default("ASSET"),
    currency: Currency.default("USD"),
    time: Column,
    open: Column,
    high: Column,
    low: Column,
    close: Column,
    volume: Column.optional()
  })
  .transform(({volume, ...bars}): Bars => ({
    ...bars,
    volume: volume ?? new Float64Array(bars.time.length).fill(NaN)
  }))
  .superRefine(({symbol, time, ...bars}, context) => {
    const {open, high, low, close, volume} = bars;
    const wrong = Object.entries({open, high, low, close, volume}).find(
      ([, column]) => column.length !== time.length
    );
    if (wrong)
      context.addIssue({
        code: "custom",
        message: `${symbol} has ${wrong[1].length} values of ${wrong[0]}, but ${time.length} times`
      });
  });

/** Prices of assets at the same dates: what optimizers are given. */
export const PricesSchema = z
  .strictObject({
    assets: z.array(Name).min(1, "there are no assets").max(MOST_COLUMNS),
    dates: z.array(z.string().max(40)).min(3, "needs three rows of prices or more").max(MOST_ROWS),
    prices: z.array(Column)
  })
  .superRefine(({assets, dates, prices}, context) => {
    const wrong = tableFault(assets, prices, dates.length, "dates");
    if (wrong !== undefined) context.addIssue({code: "custom", message: wrong});
    for (const [i, column] of prices.entries()) {
      const t = column.findIndex((price) => price <= 0 || price === Infinity);
      if (t >= 0)
        context.addIssue({
          code: "custom",
          message: `price ${column[t]} of ${assets[i]} in row ${t}: a price is a number above zero`
        });
    }
  });

/** Simple returns of assets over the same periods, oldest first; NaN = none. */
export const ReturnsSchema = z
  .strictObject({
    assets: z.array(Name).min(1, "there are no assets").max(MOST_COLUMNS),
    returns: z.array(Column)
  })
  .superRefine(({assets, returns}, context) => {
    const wrong = tableFault(assets, returns, returns[0]?.length ?? 0, "returns of the first");
    if (wrong !== undefined) context.addIssue({code: "custom", message: wrong});
  });

/** Simple returns of assets over the same periods, as they pass the door. */
export type ReturnTable = z.infer<typeof ReturnsSchema>;

function tableFault(
  names: readonly string[],
  columns: readonly Float64Array[],
  rows: number,
  what: string
): string | undefined {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `two assets are named ${twice}`;
  if (columns.length !== names.length) return `${columns.length} columns for ${names.length} assets`;
  const odd = columns.findIndex(({length}) => length !== rows);
  return odd < 0
    ? undefined
    : `${names[odd]} has ${columns[odd].length} values, but there are ${rows} ${what}`;
}

/** What was refused at the door of a task: one sentence, with where it is. */
export class TaskInputError extends RangeError {
  override readonly name = "TaskInputError";
}

/**
 * Returns the input as a task takes it.
 * @throws TaskInputError with the first fault, and where it is
 */
export function enter<Input>(door: z.ZodType<Input>, given: unknown): Input {
  const checked = door.safeParse(given);
  if (checked.success) return checked.data;
  const {path, message} = checked.error.issues[0];
  const where = path.join(".");
  throw new TaskInputError(where ? `${where}: ${message}` : message, {cause: checked.error});
}
