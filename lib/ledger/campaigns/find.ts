import type {Amount} from "../../money/amount.js";
import {addDays} from "../../time/day.js";
import {accountsOf} from "../account-nav.js";
import {baseCurrencies} from "../base-currency.js";
import {latestPositions, positionValue, RowConverter, worth, type Position} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import type {Movement} from "../movements/movement.js";
import {movementsOf} from "../movements/movements.js";
import {oncePerLedger} from "../once-per-ledger.js";
import {lastAtOrBefore} from "../sorted-days.js";
import type {LedgerRow, LedgerTables} from "../tables.js";
import {chainsOf, type Chain, type Step} from "./chain.js";
import {contractsOf, type Contract} from "./contracts.js";
import {piecesOf, type Piece} from "./pieces.js";
import {parentIsins} from "./spin-off.js";
import {snapshotsOf, type Snapshot} from "./snapshots.js";
import {structureOf, type HasCash} from "./structure.js";

/** A campaign before it is counted in a currency. */
export interface Found {
  account: string;
  /** The contract of its first step: its currency and underlying are the campaign's. */
  contract: Contract;
  chain: Chain;
  snapshots: Snapshot[];
  structure: string;
  /** Dividends, withholding, fees on what it held. */
  cash: Movement[];
  /** What it brought and cost so far; and what is open is worth, by holding. */
  pieces: Piece[];
  open: Piece[];
}

/** All campaigns of a ledger, and the cash on instruments that came while none of theirs ran. */
export interface AllFound {
  campaigns: Found[];
  outside: {movement: Movement; pieces: Piece[]}[];
}

/** Returns the campaigns of each account and underlying: see chain.ts. */
export const findCampaigns = oncePerLedger((ledger): AllFound => {
  const all: AllFound = {campaigns: [], outside: []};
  for (const account of accountsOf(ledger)) addAccount(all, ledger, account);
  return all;
});

function addAccount(all: AllFound, ledger: LedgerTables, account: string): void {
  const contracts = contractsOf(ledger);
  const movements = movementsOf(ledger).get(account) ?? [];
  const roots = rootsOf(movements, contracts);
  const held = new Map(latestPositions(ledger, [account]).map((row) => [holdingKey(row) ?? "", row]));
  const hasPositions = held.size > 0 || ledger.positions.some((row) => row.account === account);
  const hasCash = cashOf(ledger, account);
  const orders = ordersOf(ledger);
  const groups = new Map<string, {steps: Step[]; cash: Movement[]}>();
  for (const movement of movements) {
    const {holding, quantity, kind, id} = movement;
    if (holding === null) continue;
    const contract = contracts.get(holding);
    const root = roots.get(holding);
    if (!contract || root === undefined) {
      if (kind === "cash") all.outside.push({movement, pieces: piecesOf(ledger, movement, "stock")});
      continue;
    }
    const group = groups.get(root) ?? {steps: [], cash: []};
    groups.set(root, group);
    if (kind === "cash") group.cash.push(movement);
    else if (quantity !== 0n || kind === "corporate-action")
      group.steps.push({movement, contract, order: orders.get(id) ?? null});
  }
  for (const {steps, cash} of groups.values()) {
    const before = hasPositions ? heldBefore(steps, held) : new Map<string, Amount>();
    const found = chainsOf(steps, before).map((chain): Found => {
      const snapshots = snapshotsOf(chain, contracts);
      const [{contract}] = chain.steps.length ? chain.steps : steps;
      return {
        account,
        contract,
        chain,
        snapshots,
        structure: structureOf(chain, snapshots, hasCash),
        cash: [],
        pieces: chain.steps.flatMap((step) => piecesOf(ledger, step.movement, partOf(step.contract))),
        open: [...chain.held].map(([holding, quantity]) =>
          openPiece(account, quantity, held.get(holding), contracts.get(holding))
        )
      };
    });
    for (const movement of cash) {
      const pieces = piecesOf(ledger, movement, "stock");
      const owner = ownerOf(found, movement, exDays(ledger).get(movement.id) ?? null);
      if (owner) {
        owner.cash.push(movement);
        owner.pieces.push(...pieces);
      } else all.outside.push({movement, pieces});
    }
    all.campaigns.push(...found);
  }
  creditParents(all, ledger, account);
}

/**
 * Gives each spin-off its value as cost, and the campaign of the share that it came from the same as received: found by
 * the ISIN that IBKR names first; where that is not known, it stands outside of all campaigns.
 */
function creditParents(all: AllFound, ledger: LedgerTables, account: string): void {
  const own = all.campaigns.filter((one) => one.account === account);
  for (const row of ledger.corporate_actions) {
    if (row.account !== account || row.type !== "SO" || !row.value || (row.quantity ?? 0n) <= 0n) continue;
    const {id, day, currency, fxRateToBase, value} = row;
    const child = own.find(({chain}) => chain.steps.some(({movement}) => movement.id === id));
    const step = child?.chain.steps.find(({movement}) => movement.id === id);
    if (!child || !step) continue;
    const piece = {part: "stock" as const, account, day, currency, fxRateToBase, reason: ""};
    const isin = parentIsins(ledger).get(id);
    const parent = own.find(
      (one) => isin !== undefined && one !== child && heldIsin(one, isin) && ran(one, day)
    );
    child.pieces.push({...piece, amount: -value});
    if (parent) parent.pieces.push({...piece, amount: value});
    else all.outside.push({movement: step.movement, pieces: [{...piece, amount: value}]});
  }
}

function heldIsin({chain}: Found, isin: string): boolean {
  return chain.steps.some(({contract}) => contract.isin === isin);
}

function partOf({right}: Contract): "options" | "stock" {
  return right === null ? "stock" : "options";
}

/** One root for all underlyings that a corporate action of the account turns into each other. */
function rootsOf(
  movements: readonly Movement[],
  contracts: ReadonlyMap<string, Contract>
): Map<string, string> {
  const parent = new Map<string, string>();
  const top = (root: string): string => {
    const above = parent.get(root);
    return above === undefined ? root : top(above);
  };
  const actions = Map.groupBy(
    movements.filter(({kind, action}) => kind === "corporate-action" && action !== null),
    ({action}) => action
  );
  for (const group of actions.values()) {
    const tops = group.flatMap(({holding}) => (holding === null ? [] : (contracts.get(holding)?.root ?? [])));
    for (const other of tops.slice(1)) {
      const [a, b] = [top(tops[0]), top(other)];
      if (a !== b) parent.set(b, a);
    }
  }
  return new Map([...contracts].map(([holding, {root}]) => [holding, top(root)]));
}

/** What was held before the first row: what is held now less all that moved. */
function heldBefore(steps: readonly Step[], held: ReadonlyMap<string, Position>): Map<string, Amount> {
  const before = new Map<string, Amount>();
  for (const holding of new Set(steps.map(({contract}) => contract.holding)))
    before.set(holding, held.get(holding)?.position ?? 0n);
  for (const {movement, contract} of steps) {
    const {holding} = contract;
    before.set(holding, (before.get(holding) ?? 0n) - movement.quantity);
  }
  return before;
}

/** The campaign that held the instrument on the day before the ex-date, or when the cash came; undefined without one. */
function ownerOf(found: readonly Found[], {day}: Movement, exDay: string | null): Found | undefined {
  const before = exDay && addDays(exDay, -1);
  return (before ? found.find((one) => ran(one, before)) : undefined) ?? found.find((one) => ran(one, day));
}

function ran({chain: {opened, closed}}: Found, on: string): boolean {
  return (opened ?? "") <= on && on <= (closed ?? "9999-12-31");
}

function openPiece(
  account: string,
  quantity: Amount,
  row: Position | undefined,
  contract: Contract | undefined
): Piece {
  const amount = row
    ? row.position === quantity
      ? positionValue(row)
      : worth(row, quantity, row.markPrice)
    : null;
  return {
    part: contract?.right ? "options" : "stock",
    amount,
    account,
    day: row?.day ?? "",
    currency: row?.currency ?? contract?.currency ?? null,
    fxRateToBase: row?.fxRateToBase,
    reason: `no mark of ${contract?.symbol ?? "what is open"}: tick Open Positions with Mark Price`
  };
}

/** The day that a cash transaction's right to it began, by row. */
const exDays = oncePerLedger(
  ({cash}) => new Map(cash.flatMap(({id, exDate}) => (exDate ? [[id, exDate] as const] : [])))
);

const ordersOf = oncePerLedger(
  ({trades}) =>
    new Map(
      trades.flatMap(({id, ibOrderID}: LedgerRow<"trades">) =>
        ibOrderID && ibOrderID !== "0" ? [[id, ibOrderID] as const] : []
      )
    )
);

/** Tells whether the account's cash in net asset value was there, all currencies together. */
function cashOf(ledger: LedgerTables, account: string): HasCash {
  const rows = ledger.nav.filter((row) => row.account === account && row.cash !== null);
  const days = rows.map(({day}) => day);
  return (needed, currency, day) => {
    const at = lastAtOrBefore(days, day);
    if (at < 0) return false;
    const base = baseCurrencies(ledger)(account, day);
    const asked = new RowConverter(ledger, base).convert({account, day, currency}, needed);
    return asked !== null && (rows[at].cash ?? 0n) >= asked;
  };
}
