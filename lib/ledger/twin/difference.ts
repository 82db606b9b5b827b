import {compareText} from "../../order.js";
import type {Amount} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {contractsOf, type Contract} from "../campaigns/contracts.js";
import {parentIsins} from "../campaigns/spin-off.js";
import {latestPositions} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {CashKind, Movement} from "../movements/movement.js";
import {movementsOf} from "../movements/movements.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerTables} from "../tables.js";

/** What an account has more than its twin from a day on: of a holding, or of a currency's cash. */
export interface Change {
  account: string;
  day: string;
  what: {holding: string} | {currency: string};
  amount: Amount;
}

/** How accounts and their twins came to differ, and what could not be carried over. */
export interface Difference {
  changes: Change[];
  /** Rows of the trades that the twin does without. */
  removed: string[];
  /** Sentences: what was assumed because nothing says it. */
  assumed: Set<string>;
}

/** Income on a holding: the twin gets the share of it that it holds. */
const ON_HOLDING: ReadonlySet<CashKind> = new Set([
  "dividend",
  "payment-in-lieu",
  "withholding",
  "bond-interest",
  "corporate-action"
]);

/**
 * Returns what accounts have more, or less, than twins that did not do some of their trades. What follows from a trade
 * follows in the twin from what it holds: expiries, assignments and the shares they bring, corporate actions, income and
 * transfers between the accounts come in the proportion of the twin's holding to the account's.
 *
 * @param isRemoved tells the trades that the twins do without
 */
export function differenceOf(
  ledger: LedgerTables,
  accounts: readonly string[],
  isRemoved: (movement: Movement) => boolean
): Difference {
  const walk = new Walk(ledger, accounts);
  const movements = accounts.flatMap((account) => movementsOf(ledger).get(account) ?? []);
  movements.sort((a, b) => compareText(a.day, b.day) || compareText(a.time, b.time));
  for (const movement of movements) walk.step(movement, isRemoved);
  return walk.result();
}

interface Pair {
  day: string;
  actual: Amount;
  twin: Amount;
}

/** twin / actual, kept as two integers; one where nothing was held. */
interface Ratio {
  of: Amount;
  to: Amount;
}

const WHOLE: Ratio = {of: 1n, to: 1n};

class Walk {
  readonly #contracts: ReadonlyMap<string, Contract>;
  readonly #exDays: ReadonlyMap<string, string>;
  readonly #fractions: ReadonlySet<string>;
  readonly #parents: ReadonlyMap<string, string>;
  readonly #byDay: ReadonlyMap<string, Movement[]>;
  readonly #accounts: ReadonlySet<string>;
  readonly #counterparties: ReadonlyMap<string, string>;
  readonly #ofTransfer = new Map<string, Ratio>();
  /** Each holding's quantities after each day on which they changed, by account and holding. */
  readonly #held = new Map<string, Pair[]>();
  readonly #ofAction = new Map<string, Ratio>();
  readonly #ofOption = new Map<string, Ratio>();
  readonly #difference: Difference = {changes: [], removed: [], assumed: new Set()};

  constructor(ledger: LedgerTables, accounts: readonly string[]) {
    this.#contracts = contractsOf(ledger);
    this.#accounts = new Set(accounts);
    this.#counterparties = counterparties(ledger);
    this.#exDays = exDays(ledger);
    this.#fractions = fractions(ledger);
    this.#parents = parentIsins(ledger);
    const movements = accounts.flatMap((account) => movementsOf(ledger).get(account) ?? []);
    this.#byDay = Map.groupBy(movements, ({account, day}) => `${account}/${day}`);
    for (const account of accounts) this.#begin(ledger, account);
  }

  /** What was held before the first row: what is held now less all that moved. */
  #begin(ledger: LedgerTables, account: string): void {
    const now = new Map(
      latestPositions(ledger, [account]).map((row) => [holdingKey(row) ?? "", row.position ?? 0n])
    );
    if (!now.size) return;
    for (const {holding, quantity} of movementsOf(ledger).get(account) ?? [])
      if (holding) now.set(holding, (now.get(holding) ?? 0n) - quantity);
    for (const [holding, quantity] of now)
      if (quantity) this.#held.set(`${account}/${holding}`, [{day: "", actual: quantity, twin: quantity}]);
  }

  step(movement: Movement, isRemoved: (movement: Movement) => boolean): void {
    switch (movement.kind) {
      case "trade":
        if (this.#fractions.has(movement.id))
          this.#apply(movement, this.#ratio(movement.account, movement.holding));
        else this.#trade(movement, isRemoved(movement));
        break;
      case "expiry":
      case "exercise":
      case "assignment":
        this.#apply(movement, this.#ofExercise(movement));
        break;
      case "corporate-action":
        this.#apply(movement, this.#ofCorporateAction(movement));
        break;
      case "transfer":
        this.#move(movement, movement.quantity, scale(movement.quantity, this.#ofTransferOf(movement)));
        break;
      case "cash":
        this.#income(movement);
        break;
    }
  }

  result(): Difference {
    const {assumed} = this.#difference;
    for (const [key, pairs] of this.#held) {
      const first = pairs.find(({actual, twin}) => actual === 0n && twin !== 0n);
      if (first)
        assumed.add(
          `${this.#symbol(key.slice(key.indexOf("/") + 1))}: the twin holds it after ${first.day}, the account did not; its dividends and corporate actions since are not known and left out`
        );
    }
    return this.#difference;
  }

  #trade(movement: Movement, isRemoved: boolean): void {
    this.#move(movement, movement.quantity, isRemoved ? 0n : movement.quantity);
    if (!isRemoved) return;
    this.#difference.removed.push(movement.id);
    this.#money(movement, WHOLE_GONE);
  }

  /** Between two of the accounts as much as the one that gives it has; from and to elsewhere what it was. */
  #ofTransferOf({id, account, holding, quantity, day}: Movement): Ratio {
    const other = this.#counterparties.get(id);
    if (!holding || other === undefined || !this.#accounts.has(other)) return WHOLE;
    const [from, to] = quantity < 0n ? [account, other] : [other, account];
    const key = [day, holding, from, to].join("/");
    let ratio = this.#ofTransfer.get(key);
    if (!ratio) this.#ofTransfer.set(key, (ratio = this.#ratio(from, holding)));
    return ratio;
  }

  /** What follows from holdings, in the twin's proportion. */
  #apply(movement: Movement, ratio: Ratio): void {
    this.#move(movement, movement.quantity, scale(movement.quantity, ratio));
    this.#money(movement, ratio);
  }

  #ofExercise(movement: Movement): Ratio {
    const contract = this.#contract(movement);
    if (contract?.right) return this.#ratioOfOption(movement);
    const options = (this.#byDay.get(`${movement.account}/${movement.day}`) ?? []).filter((other) => {
      const option = this.#contract(other);
      return other.kind === movement.kind && option?.right && option.root === contract?.root;
    });
    const price =
      movement.quantity && movement.proceeds !== null
        ? (-movement.proceeds * SCALE) / movement.quantity
        : null;
    const same = options.find((other) => this.#contract(other)?.strike === price) ?? options[0];
    return same ? this.#ratioOfOption(same) : WHOLE;
  }

  /** The proportion as it was before the option went: its shares may stand before it or after it. */
  #ratioOfOption(movement: Movement): Ratio {
    let ratio = this.#ofOption.get(movement.id);
    if (!ratio) this.#ofOption.set(movement.id, (ratio = this.#ratio(movement.account, movement.holding)));
    return ratio;
  }

  #ofCorporateAction(movement: Movement): Ratio {
    const key = movement.action ?? movement.id;
    const known = this.#ofAction.get(key);
    if (known) return known;
    const together = (this.#byDay.get(`${movement.account}/${movement.day}`) ?? []).filter(
      ({kind, action, id}) => kind === "corporate-action" && (action ?? id) === key
    );
    const from =
      together.map(({holding}) => holding).find((holding) => this.#isHeld(movement.account, holding)) ??
      this.#parentOf(movement);
    const ratio = from ? this.#ratio(movement.account, from) : WHOLE;
    if (!from && movement.quantity)
      this.#difference.assumed.add(
        `${this.#symbol(movement.holding)}: what a corporate action of ${movement.day} brought is the same in the twin`
      );
    this.#ofAction.set(key, ratio);
    return ratio;
  }

  #income(movement: Movement): void {
    const {account, holding, id, day, cash} = movement;
    if (!holding || !cash.some(({kind}) => ON_HOLDING.has(kind))) return;
    const exDay = this.#exDays.get(id);
    const pairs = this.#held.get(`${account}/${holding}`) ?? [];
    const at = exDay ? addDays(exDay, -1) : day;
    const held = pairs.findLast((pair) => pair.day <= at);
    if (held && held.actual !== 0n) this.#money(movement, {of: held.twin, to: held.actual});
  }

  /** Books what moved in the account and what moves in the twin. */
  #move({account, holding, day}: Movement, actual: Amount, twin: Amount): void {
    if (!holding || (actual === 0n && twin === 0n)) return;
    const key = `${account}/${holding}`;
    const pairs = this.#held.get(key) ?? [];
    this.#held.set(key, pairs);
    const last = pairs.at(-1);
    const next = {day, actual: (last?.actual ?? 0n) + actual, twin: (last?.twin ?? 0n) + twin};
    if (last?.day === day) pairs[pairs.length - 1] = next;
    else pairs.push(next);
    if (actual !== twin)
      this.#difference.changes.push({account, day, what: {holding}, amount: actual - twin});
  }

  /** Books the money that the twin did not get or pay. */
  #money(movement: Movement, ratio: Ratio): void {
    const {account, day} = movement;
    for (const {currency, amount} of moneyOf(movement)) {
      const gone = amount - scale(amount, ratio);
      if (gone) this.#difference.changes.push({account, day, what: {currency}, amount: gone});
    }
  }

  #contract({holding}: Movement): Contract | undefined {
    return holding === null ? undefined : this.#contracts.get(holding);
  }

  /** The share that a spin-off came from, where the account holds it. */
  #parentOf({id, account}: Movement): string | undefined {
    const isin = this.#parents.get(id);
    if (isin === undefined) return undefined;
    return [...this.#contracts.values()].find(
      (contract) => contract.isin === isin && this.#isHeld(account, contract.holding)
    )?.holding;
  }

  #isHeld(account: string, holding: string | null): boolean {
    return (this.#held.get(`${account}/${holding}`)?.at(-1)?.actual ?? 0n) !== 0n;
  }

  #ratio(account: string, holding: string | null): Ratio {
    const now = this.#held.get(`${account}/${holding}`)?.at(-1);
    return now && now.actual !== 0n ? {of: now.twin, to: now.actual} : WHOLE;
  }

  #symbol(holding: string | null): string {
    return (holding !== null && this.#contracts.get(holding)?.symbol) || "a holding";
  }
}

const WHOLE_GONE: Ratio = {of: 0n, to: 1n};
const SCALE = 10n ** 12n;

function scale(amount: Amount, {of, to}: Ratio): Amount {
  return of === to ? amount : (amount * of) / to;
}

/** The money of a movement: of a future or a contract for difference its notional, which its mark takes back. */
function moneyOf({kind, holding, proceeds, currency, cash}: Movement): {currency: string; amount: Amount}[] {
  if (kind === "cash" || kind === "corporate-action" || holding === null) return cash;
  const rest = cash.filter((leg) => leg.kind !== "proceeds" && leg.kind !== "settlement");
  return currency && proceeds ? [{currency, amount: proceeds}, ...rest] : rest;
}

/** Sales of the fraction that a corporate action left: they follow from it, nobody ordered them. */
const fractions = oncePerLedger(
  ({trades}): ReadonlySet<string> =>
    new Set(trades.flatMap(({id, transactionType}) => (transactionType === "FracShare" ? [id] : [])))
);

/** The other account of each transfer. */
const counterparties = oncePerLedger(
  ({transfers}): ReadonlyMap<string, string> =>
    new Map(transfers.flatMap(({id, counterparty}) => (counterparty ? [[id, counterparty] as const] : [])))
);

const exDays = oncePerLedger(
  ({cash}): ReadonlyMap<string, string> =>
    new Map(cash.flatMap(({id, exDate}) => (exDate ? [[id, exDate] as const] : [])))
);
