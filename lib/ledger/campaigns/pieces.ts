import type {Amount} from "../../money/amount.js";
import {RowConverter, type Convertible} from "../exposure.js";
import {money, noMoney} from "../money-view.js";
import type {CashKind, Movement} from "../movements/movement.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {ratesOf} from "../rates.js";
import type {LedgerTables} from "../tables.js";
import type {Money} from "../views.js";

/** Parts of a campaign's gain. */
export type Part = "options" | "stock" | "dividends" | "fees";

/** An amount of one part of a gain, with what it is converted by. */
export interface Piece extends Convertible {
  part: Part;
  /** Null with a reason where the row does not say it. */
  amount: Amount | null;
  reason: string;
}

const CASH_PARTS: Readonly<Partial<Record<CashKind, Part>>> = {
  commission: "fees",
  tax: "fees",
  fee: "fees",
  interest: "fees",
  settlement: "fees",
  dividend: "dividends",
  "payment-in-lieu": "dividends",
  withholding: "dividends",
  "bond-interest": "dividends",
  "corporate-action": "stock",
  other: "stock"
};

/**
 * Returns what a movement brought and cost, by part: of a trade what it was worth (of a future or CFD its notional, so
 * that opening and closing make the gain) and its costs; of a transfer its value; of the rest the cash.
 */
export function piecesOf(ledger: LedgerTables, movement: Movement, part: "options" | "stock"): Piece[] {
  const {kind, account, day, currency, proceeds, cash, id, table} = movement;
  const fxRateToBase = ownRates(ledger).get(`${table}/${id}`) ?? null;
  const of = (to: Part, amount: Amount | null, paidIn: string | null): Piece => ({
    part: to,
    amount,
    account,
    day,
    currency: paidIn,
    fxRateToBase: paidIn === currency ? fxRateToBase : null,
    reason: amount === null ? `a transfer of ${day} does not say its value` : ""
  });
  const byLeg = (keep: (leg: CashKind) => boolean) =>
    cash.flatMap((leg) => {
      const to = leg.kind === "corporate-action" ? part : CASH_PARTS[leg.kind];
      return to && keep(leg.kind) ? [of(to, leg.amount, leg.currency)] : [];
    });
  if (kind === "cash" || kind === "corporate-action") return byLeg(() => true);
  if (kind === "transfer") return [of(part, proceeds, currency)];
  return [of(part, proceeds, currency), ...byLeg((leg) => leg !== "settlement")];
}

/** The rate to base that each row itself says, by table and id. */
const ownRates = oncePerLedger((ledger): ReadonlyMap<string, Amount> => {
  const rates = new Map<string, Amount>();
  for (const table of ["trades", "cash", "corporate_actions", "transfers", "charges"] as const)
    for (const {id, fxRateToBase} of ledger[table])
      if (fxRateToBase) rates.set(`${table}/${id}`, fxRateToBase);
  return rates;
});

/** Adds pieces up in one currency. */
export class Tally {
  readonly #convert: (piece: Piece, amount: Amount) => Amount | null;
  readonly #reason: (piece: Piece) => string;

  /** In the reporting currency, by the row's own rate, else its day's. */
  static inBase(ledger: LedgerTables, to: string | null): Tally {
    const converter = new RowConverter(ledger, to);
    return new Tally(
      (piece, amount) => converter.convert(piece, amount),
      (piece) => converter.reason(piece)
    );
  }

  /** In a campaign's own currency, by the day's rate where a row has another one. */
  static own(ledger: LedgerTables, to: string): Tally {
    const rates = ratesOf(ledger);
    return new Tally(
      ({currency, day}, amount) => {
        if (currency === to || amount === 0n) return amount;
        return currency ? rates.convert(amount, currency, to, day) : null;
      },
      ({currency, day}) =>
        currency ? `no rate ${currency}/${to} on ${day}` : `a row of ${day} names no currency`
    );
  }

  private constructor(
    convert: (piece: Piece, amount: Amount) => Amount | null,
    reason: (piece: Piece) => string
  ) {
    this.#convert = convert;
    this.#reason = reason;
  }

  /** Returns the sum; n/a for the first piece that is not known. */
  sum(pieces: Iterable<Piece>): Money {
    let total = 0n;
    for (const piece of pieces) {
      if (piece.amount === null) return noMoney(piece.reason);
      const converted = this.#convert(piece, piece.amount);
      if (converted === null) return noMoney(this.#reason(piece));
      total += converted;
    }
    return money(total);
  }
}
