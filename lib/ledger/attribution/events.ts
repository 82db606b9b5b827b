import {compareText} from "../../order.js";
import {divide, type Amount} from "../../money/amount.js";
import {accountFlows} from "../account-flows.js";
import {isNotional, worth, type Convertible, type Position} from "../exposure.js";
import {holdingKey} from "../movements/holding.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {LedgerRow, LedgerTables} from "../tables.js";

/** A change of a holding: what came into it or left it, and at what. */
export interface HoldingEvent {
  account: string;
  holding: string;
  day: string;
  time: string;
  /** The row, by which its amounts are converted, and which says what the instrument is. */
  row: Instrument;
  quantity: Amount;
  /** Worth of what came in, in the row's currency; negative for what left; null where no price is known. */
  cost: Amount | null;
  /** The same in the account's base currency, where the row says it so. */
  costInBase?: Amount;
  /** Commission and taxes in their own currencies, signed as cash. */
  charges: readonly Charge[];
  /** The other account, where it is a transfer between accounts. */
  counterparty?: string | null;
}

/** What a holding's rows have in common. */
export type Instrument = Convertible &
  Pick<
    Position,
    "assetCategory" | "symbol" | "description" | "conid" | "isin" | "multiplier" | "underlyingSymbol"
  >;

interface Charge {
  part: "fee" | "tax";
  row: Convertible;
  amount: Amount;
}

/** Returns what changed each holding, oldest first: trades, corporate actions, transfers in kind. */
export const holdingEvents = oncePerLedger((ledger): HoldingEvent[] => {
  const events = [
    ...ledger.trades.flatMap((row) => ofTrade(row)),
    ...actionEvents(ledger),
    ...transferEvents(ledger)
  ];
  return events.sort((a, b) => compareText(a.day, b.day) || compareText(a.time, b.time));
});

function ofTrade(row: LedgerRow<"trades">): HoldingEvent[] {
  const holding = row.assetCategory === "CASH" ? null : holdingKey(row);
  if (holding === null) return [];
  const paid =
    !isNotional(row) && row.proceeds !== null ? -row.proceeds : worth(row, row.quantity, row.tradePrice);
  const {account, day, dateTime} = row;
  const charges: Charge[] = [
    {part: "fee", row: inCurrency(row.ibCommissionCurrency, row), amount: row.ibCommission ?? 0n},
    {part: "tax", row, amount: row.taxes ?? 0n}
  ];
  return [
    {
      account,
      holding,
      day,
      time: dateTime ?? day,
      row,
      quantity: row.quantity ?? 0n,
      cost: paid,
      charges: charges.filter(({amount}) => amount !== 0n)
    }
  ];
}

/** Returns the row in another currency, without its own rate, which is not of that currency. */
export function inCurrency<Row extends Convertible>(currency: string | null, row: Row): Row {
  return currency === null || currency === row.currency ? row : {...row, currency, fxRateToBase: null};
}

type Action = LedgerRow<"corporate_actions">;

/**
 * Corporate actions: what is received in kind leaves the holding that it was received for at the same worth, cash
 * leaves the holding that it was paid for. A split moves nothing but a quantity.
 */
function actionEvents(ledger: LedgerTables): HoldingEvent[] {
  const rows = ledger.corporate_actions.filter((row) => holdingKey(row) !== null);
  const groups = Map.groupBy(rows, (row) => `${row.account}/${row.day}/${row.actionID ?? nameOf(row)}`);
  const marks = rows.length ? marksByDay(ledger) : new Map<string, Amount>();
  const names = rows.length ? holdingsByIsin(ledger) : new Map<string, string>();
  return [...groups.values()].flatMap((group) => ofActions(group, marks, names));
}

const nameOf = ({actionDescription, description, type}: Action) => actionDescription ?? description ?? type;

function ofActions(
  group: readonly Action[],
  marks: ReadonlyMap<string, Amount>,
  names: ReadonlyMap<string, string>
): HoldingEvent[] {
  const own = group.map((row) => eventOf(row, row.quantity ?? 0n, -(cashOf(row) ?? 0n)));
  const received = own.filter(({quantity}) => quantity > 0n);
  const left = own.filter(({quantity}) => quantity < 0n);
  const alone = received.every(({holding}) => left.some((other) => other.holding === holding));
  if (!received.length || alone) return own;

  const [giver] = left.length ? left : [namedIn(group[0], names)];
  if (!giver) return own;
  const moved: HoldingEvent[] = [];
  for (const event of received) {
    const {row, quantity} = event;
    const {value} = group[own.indexOf(event)];
    const mark = marks.get(`${event.account}/${event.holding}/${event.day}`) ?? null;
    const worthOf = value || (worth(row, quantity, mark) ?? 0n);
    if (event.holding === giver.holding || worthOf === 0n) continue;
    event.cost = (event.cost ?? 0n) + worthOf;
    moved.push({...giver, quantity: 0n, charges: [], row: withRate(giver, row), cost: -worthOf});
  }
  return [...own, ...moved];
}

/** The giver's instrument, its amounts in the currency of what was received. */
function withRate({row: giver}: HoldingEvent, {currency, fxRateToBase}: Instrument): Instrument {
  return {...giver, currency, fxRateToBase};
}

function eventOf(row: Action, quantity: Amount, cost: Amount): HoldingEvent {
  const {account, day, dateTime} = row;
  return {
    account,
    holding: holdingKey(row) as string, // rows without were left out
    day,
    time: dateTime ?? day,
    row,
    quantity,
    cost,
    charges: []
  };
}

function cashOf({proceeds, amount}: Action): Amount | null {
  return proceeds ?? (amount === null ? null : -amount);
}

const ISIN = /\(([A-Z]{2}[A-Z0-9]{9}\d)\)/;

/** The security for which something is received, by the ISIN that its text begins with. */
function namedIn(row: Action, names: ReadonlyMap<string, string>): HoldingEvent | undefined {
  const isin = ISIN.exec(row.actionDescription ?? row.description ?? "")?.[1];
  const holding = names.get(`${row.account}/${isin}`);
  return holding === undefined ? undefined : {...eventOf(row, 0n, 0n), holding};
}

/** What a security that was held or traded is called, by account and ISIN. */
function holdingsByIsin({positions, trades}: LedgerTables): Map<string, string> {
  const names = new Map<string, string>();
  for (const row of [...positions, ...trades]) {
    const holding = row.isin && holdingKey(row);
    if (holding) names.set(`${row.account}/${row.isin}`, holding);
  }
  return names;
}

/** Marks by account, holding and day. */
function marksByDay({positions}: LedgerTables): Map<string, Amount> {
  const marks = new Map<string, Amount>();
  for (const row of positions) {
    if (row.markPrice !== null) marks.set(`${row.account}/${holdingKey(row)}/${row.day}`, row.markPrice);
  }
  return marks;
}

/** Transfers in kind, at the worth that the account's flows give them. */
function transferEvents(ledger: LedgerTables): HoldingEvent[] {
  const booked = new Map(
    [...accountFlows(ledger).values()].flatMap(({flows}) => flows).map((flow) => [flow.id, flow.amount])
  );
  return ledger.transfers.flatMap((row): HoldingEvent[] => {
    const holding = row.assetCategory === "CASH" ? null : holdingKey(row);
    if (holding === null || !row.quantity) return [];
    const {account, day, quantity, counterparty} = row;
    const event = {account, holding, day, time: day, row, quantity, charges: [], counterparty};
    const inBase = booked.get(row.id) ?? null;
    if (isNotional(row) || inBase === null) return [{...event, cost: null}];
    const cost = row.positionAmount;
    const sign = inBase < 0n ? -1n : 1n;
    const local = cost === null ? backFrom(inBase, row) : sign * (cost < 0n ? -cost : cost);
    return [{...event, cost: local, ...(!row.cashTransfer && {costInBase: inBase})}];
  });
}

function backFrom(inBase: Amount, {fxRateToBase}: Instrument): Amount | null {
  return fxRateToBase && fxRateToBase > 0n ? divide(inBase, fxRateToBase) : null;
}
