import type {
  CancelResult,
  FillRow,
  KillAsk,
  LimitSet,
  OrderAsk,
  OrderPreview,
  OrderRow,
  RiskEvent,
  TradingStatus
} from "../../lib/orders/desk.js";
import type {JournalCheck, JournalEntry} from "../../lib/orders/journal.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import type {StatementTold} from "../../lib/orders/statement-settlement.js";
import type {Broker} from "../broker/broker.js";

export type {CancelResult, LimitSet, RiskEvent};

/** Everything that trades, of the room that is shown: one journal, one gate, one function that sends. */
export interface Trading {
  status(): TradingStatus;
  /** The broker that orders go to. */
  readonly broker: Broker;
  /** The one that quotes, accounts and positions come from; the same but in paper mode, where it is IBKR's when it is up. */
  readonly data: Broker;
  /** Calls at each change of an order, of the status. */
  subscribe(
    listener: (what: {kind: "order"; row: OrderRow} | {kind: "status"; status: TradingStatus}) => void
  ): () => void;

  /**
   * Writes the intent down, asks the gate, sends. The same id again gives the same order, and sends nothing.
   * @throws Problem 409 for an id that asked for something else, 422 for a contract that is not known
   */
  submit(ask: OrderAsk, by: string): Promise<{order: OrderRow; decision: Decision; children: OrderRow[]}>;
  preview(ask: OrderAsk): Promise<OrderPreview>;
  /** @throws Problem 404, 409 when it has ended */
  cancel(id: string, by: string): Promise<OrderRow>;
  orders(query: {state: "working" | "all"; limit: number}): OrderRow[];
  fills(query: {limit: number; order?: string}): FillRow[];
  order(id: string): OrderRow | null;

  limits(account: string): LimitSet;
  setLimits(account: string, limits: LimitSet, by: string): void;
  setState(state: "ACTIVE" | "REDUCING" | "HALTED", by: string, reason: string): void;
  riskEvents(query: {limit: number}): RiskEvent[];
  /** Blocks at once, then cancels; or lets go again. */
  killSwitch(ask: KillAsk, by: string): Promise<CancelResult[]>;
  /** @param typed must be the account's id @throws Problem 403 when it is not */
  cancelEverything(account: string, typed: string, by: string): Promise<void>;
  /** Live trading of this start. @throws Problem 403 when it is not the account's id */
  confirm(typed: string, by: string): void;

  /**
   * Begins the paper account anew with its first cash; what was ordered and filled stays written down.
   * @param typed must be its id @throws Problem 403 when it is not, 409 while orders work or orders do not go to paper
   */
  resetPaper(typed: string, by: string): void;
  /** When an account was begun anew last, milliseconds since 1970 UTC: of fills before nothing is held; null where never. */
  begun(account: string): number | null;

  /** Reads all lists again and decides anew. */
  reconcile(by: string): Promise<TradingStatus>;
  /** Takes a difference of positions as it is. */
  acknowledge(what: {account: string; conId: number; units: number}, by: string): void;
  /** Settles an unknown order by hand. */
  settle(id: string, as: "cancelled" | "rejected" | "not-sent", by: string): OrderRow;

  /** Settles unknown orders by what statements say of them. */
  settleByStatements(told: (intent: OrderIntent) => StatementTold): void;

  journal(query: {after: number; limit: number}): JournalEntry[];
  verify(expectedHead?: string): JournalCheck;
  close(): Promise<void>;
}
