import type {AccountFigures, LivePosition, LiveQuote} from "../../lib/live/figures.js";
import type {LinkStatus} from "../../lib/live/link.js";
import type {CommissionReport, Execution} from "../../lib/orders/executions.js";
import type {OrderContract, OrderIntent} from "../../lib/orders/order.js";
import type {BrokerWhatIf} from "../../lib/orders/preview.js";
import type {BrokerLists} from "../../lib/orders/reconcile.js";
import type {OrderEvent} from "../../lib/orders/state.js";

export type {BrokerWhatIf};

/** What is asked of a broker's catalogue: a number, or what a person knows of a contract. */
export interface ContractAsk {
  conId?: number;
  symbol?: string;
  secType?: OrderContract["secType"];
  currency?: string;
  exchange?: string;
  /** `YYYYMM` or `YYYYMMDD`, of options and futures. */
  expiry?: string;
  strike?: number;
  right?: "C" | "P";
}

/** What a broker says of a contract. */
export interface ContractFacts {
  contract: OrderContract;
  /** Name to show, as in `AAPL 18DEC26 150 C`. */
  label: string;
  name: string;
  primaryExchange: string;
  localSymbol: string;
  tradingClass: string;
  expiry: string | null;
  strike: number | null;
  right: "C" | "P" | null;
  /** Increments of the price by the least price they hold from, ascending, in the contract's currency; empty when not known. */
  steps: readonly {from: number; increment: number}[];
  /** What venue prices are divided by to be in the contract's currency: 100 for pence. */
  priceMagnifier: number;
  /** Contract that it is on; null where there is none. */
  underlying: number | null;
  /** IANA zone of its venue; null when not told. */
  timeZone: string | null;
  /** Regular sessions that are known, milliseconds since 1970 UTC, ascending; null when not told. */
  sessions: readonly {from: number; to: number}[] | null;
}

/** An order as it is handed over: its intent, under its number. */
export interface PlacedOrder {
  intent: OrderIntent;
  orderId: number;
  /** Number of the parent, of a child. */
  parentId?: number;
  /** Whether it, and those that wait for it, go to work; false for all of a bracket but the last. */
  transmit: boolean;
}

/** What a broker tells. Prices are in the contract's currency. */
export type BrokerEvent =
  | {kind: "link"; status: LinkStatus}
  /** A status or an error of an order; whose it is, by reference where it was told, else by number. */
  | {
      kind: "order";
      orderId: number;
      clientId: number;
      permId: number;
      orderRef: string | null;
      event: Extract<OrderEvent, {kind: "status" | "error"}>;
    }
  | {kind: "execution"; execution: Execution}
  | {kind: "commission"; report: CommissionReport}
  | {kind: "quote"; quote: LiveQuote}
  | {kind: "account"; figures: AccountFigures}
  | {kind: "position"; position: LivePosition};

/** Who executes orders: IBKR over TWS's socket, or the paper broker. */
export interface Broker {
  readonly kind: "paper" | "ibkr";
  /** Of whom orders are: another client's orders of the same number are not ours. */
  readonly clientId: number;
  status(): LinkStatus;
  accounts(): readonly string[];
  subscribe(listener: (event: BrokerEvent) => void): () => void;

  /** Contracts that fit: none, one, or the choices. @throws Problem 503 while the link is down */
  contracts(ask: ContractAsk): Promise<ContractFacts[]>;
  /** The latest quote of a contract; null while there is none. */
  quote(conId: number): LiveQuote | null;
  /** Holds a market-data line open until it is released; the first holder opens it. */
  watchQuote(facts: ContractFacts): () => void;
  figures(account: string): AccountFigures | null;
  positions(account?: string): LivePosition[];

  /** A number that no order of ours has had. @param above greatest number that the journal knows */
  takeOrderId(above: number): number;
  /**
   * Hands an order to the wire as the rate allows, in the order of the calls.
   * @returns true once it was written to the socket, false when it never will be: the link went, or the queue was dropped
   */
  place(order: PlacedOrder): Promise<boolean>;
  /**
   * Hands a cancel to the wire, before all orders that wait; an order that itself still waits for the rate is taken back
   * instead, and its `place` gives false. False when the link is down.
   */
  cancel(orderId: number): Promise<boolean>;
  /** Drops the orders that wait for the rate; each `place` gives false, at once. */
  dropQueue(): void;
  /** Cancels every order in the account session, other programs' too. */
  cancelEverything(): Promise<boolean>;
  /** @throws Problem when it does not answer */
  whatIf(intent: OrderIntent): Promise<BrokerWhatIf>;
  /** Whether there are margins at all. */
  readonly hasMargin: boolean;
  /** Reads working orders, completed ones, executions and positions to their end, once; `reads` is 1. @param signal ends it */
  readLists(signal: AbortSignal): Promise<BrokerLists>;
  close(): Promise<void>;
}
