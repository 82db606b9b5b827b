import {z} from "zod";

const amount = z.number().positive().finite().nullable();

/** What an account, or a strategy in it, may do at most; null where there is no limit. Money is in base currency. */
export const RiskLimits = z.strictObject({
  /** Notional of one contract, held and on order. */
  positionNotional: amount,
  /** Notional of all that is held and on order, long and short added. */
  grossNotional: amount,
  /** Units of one order. */
  orderUnits: amount,
  /** Notional of one order. */
  orderValue: amount,
  /** How much worse than the market a limit may be, as a fraction of it: above it for a buy, below it for a sale. */
  priceCollar: z.number().positive().max(1).nullable(),
  /** Loss since the last session's close. */
  dailyLoss: amount,
  ordersPerMinute: z.number().int().positive().nullable(),
  /** For so many seconds the same order, to the unit, is taken for a mistake. */
  duplicateSeconds: z.number().nonnegative().finite(),
  /** Symbols that are not traded. */
  restricted: z.array(z.string().trim().min(1).max(40)).max(1000),
  /** Equity with loan after the order must be this many times the initial margin. */
  marginBuffer: z.number().min(1).max(10),
  /** Whether orders go out only while the contract trades. */
  regularHoursOnly: z.boolean()
});
export type RiskLimits = z.infer<typeof RiskLimits>;

/** What holds until a person sets something else: careful rather than useful. */
export const DEFAULT_LIMITS: RiskLimits = {
  positionNotional: 25_000,
  grossNotional: 100_000,
  orderUnits: 1_000,
  orderValue: 10_000,
  priceCollar: 0.05,
  dailyLoss: 2_000,
  ordersPerMinute: 20,
  duplicateSeconds: 30,
  restricted: [],
  marginBuffer: 1.1,
  regularHoursOnly: true
};

/**
 * Returns the limits of a strategy within those of its account: of two numbers the smaller, of two lists both.
 * @param own of the strategy; what it does not name is the account's
 */
export function within(account: RiskLimits, own: Partial<RiskLimits> | undefined): RiskLimits {
  if (!own) return account;
  const least = (a: number | null, b: number | null | undefined) =>
    a === null ? (b ?? null) : b === null || b === undefined ? a : Math.min(a, b);
  return {
    positionNotional: least(account.positionNotional, own.positionNotional),
    grossNotional: least(account.grossNotional, own.grossNotional),
    orderUnits: least(account.orderUnits, own.orderUnits),
    orderValue: least(account.orderValue, own.orderValue),
    priceCollar: least(account.priceCollar, own.priceCollar),
    dailyLoss: least(account.dailyLoss, own.dailyLoss),
    ordersPerMinute: least(account.ordersPerMinute, own.ordersPerMinute),
    duplicateSeconds: Math.max(account.duplicateSeconds, own.duplicateSeconds ?? 0),
    restricted: [...new Set([...account.restricted, ...(own.restricted ?? [])])],
    marginBuffer: Math.max(account.marginBuffer, own.marginBuffer ?? 1),
    regularHoursOnly: account.regularHoursOnly || own.regularHoursOnly === true
  };
}
