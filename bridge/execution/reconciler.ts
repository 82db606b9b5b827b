import {keyOf} from "../../lib/key.js";
import type {JournalBody} from "../../lib/orders/journal.js";
import {
  READS,
  reconcile,
  type BrokerLists,
  type ListedOrder,
  type Reconciliation
} from "../../lib/orders/reconcile.js";
import {FINAL, IB_STATUSES, type IbStatus} from "../../lib/orders/state.js";
import type {TradingStatus} from "../../lib/orders/desk.js";
import type {Broker} from "../broker/broker.js";
import {lineOf} from "./broker-events.js";
import type {DeskLog} from "./desk-log.js";
import {heldPositions} from "./situation.js";

interface ReconcilerOptions {
  log: DeskLog;
  broker: Broker;
  now: () => number;
  /** Waits before lists are read again that changed while they were read. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Whether an order waits for its turn on the wire: no list can tell of it yet. */
  isPlacing: (id: string) => boolean;
  /** Called when what it says has changed. */
  onChange: () => void;
}

/** Reads in a row that may differ before a pause. */
const MOST_READS = 5;
const PAUSE_MS = 1000;

/**
 * Compares our journal with what the broker tells, after each connection and whenever somebody asks; until they agree no
 * order goes out.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  #ending: AbortController | null = null;
  #lists: BrokerLists | null = null;
  /** Orders that were on the wire when the lists began to be read: of later ones these tell nothing. */
  #sent: ReadonlySet<string> = new Set();
  #status: TradingStatus["reconciliation"];

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#status = {
      isUnlocked: false,
      sentence: "positions and orders have not been compared yet",
      at: null,
      discrepancies: []
    };
  }

  get status(): TradingStatus["reconciliation"] {
    return this.#status;
  }

  /** Contracts that wait to be settled: of unknown orders, and of corrected executions. */
  get locked(): ReadonlySet<number> {
    const {log, broker} = this.#options;
    const unknown = log.book.open(broker.kind).filter(({state}) => state.status === "unknown");
    return new Set([...unknown.map(({intent}) => intent.contract.conId), ...log.book.corrected]);
  }

  /** Locks, and ends what is being read: the link went. */
  stop(sentence: string): void {
    this.#ending?.abort();
    this.#ending = null;
    this.#lists = null;
    this.#say({...this.#status, isUnlocked: false, sentence});
  }

  /** Reads the lists to their end, until two readings in a row are the same, and decides; again after a failure. Ends with the link. */
  async run({keepUnlocked = false} = {}): Promise<void> {
    this.#ending?.abort();
    const ending = new AbortController();
    this.#ending = ending;
    if (!keepUnlocked)
      this.#say({
        ...this.#status,
        isUnlocked: false,
        sentence: "comparing positions and orders with the broker"
      });
    while (!ending.signal.aborted) {
      try {
        if (await this.#compare(ending.signal)) break;
      } catch (error) {
        if (ending.signal.aborted) return;
        const sentence = `the broker's lists could not be read: ${error instanceof Error ? error.message : String(error)}`;
        this.#say({...this.#status, isUnlocked: false, sentence});
      }
      await this.#options.wait(PAUSE_MS, ending.signal).catch(() => undefined); // the link went
    }
    if (this.#ending === ending) this.#ending = null;
  }

  /** Reads and decides; false when the lists changed each time while they were read. */
  async #compare(signal: AbortSignal): Promise<boolean> {
    for (let reads = 0; reads < MOST_READS; ++reads) {
      this.#sent = this.#onWire();
      const lists = await this.#read(signal);
      if (signal.aborted) return false;
      this.#decide(lists);
      if (lists.positions === null || lists.positions.reads >= READS) return true;
    }
    return false;
  }

  /** Decides anew on the lists that were read: something was acknowledged or settled. */
  again(): void {
    if (this.#lists) this.#decide(this.#lists);
  }

  #onWire(): Set<string> {
    const {log, broker, isPlacing} = this.#options;
    const open = log.book.open(broker.kind).map(({intent}) => intent.id);
    return new Set(open.filter((id) => !isPlacing(id)));
  }

  async #read(signal: AbortSignal): Promise<BrokerLists> {
    const {broker} = this.#options;
    const first = await broker.readLists(signal);
    if (signal.aborted) return first;
    this.#take(first);
    const second = await broker.readLists(signal);
    if (signal.aborted) return second;
    this.#take(second);
    const reads = contentOf(first) === contentOf(second) ? READS : 1;
    const withReads = <T extends {reads: number}>(list: T | null) => list && {...list, reads};
    return {
      working: withReads(second.working),
      completed: withReads(second.completed),
      executions: withReads(second.executions),
      positions: withReads(second.positions)
    };
  }

  /** Takes into the journal what the lists tell and it lacks. */
  #take({working, completed, executions}: BrokerLists): void {
    const {log, broker, now} = this.#options;
    const at = now();
    for (const execution of executions?.rows ?? []) {
      const line = lineOf({kind: "execution", execution}, log.book, {broker: broker.kind, at});
      if (line) log.append(line);
    }
    log.append(
      ...[...(working?.rows ?? []), ...(completed?.rows ?? [])].flatMap((row) => this.#statusLine(row, at))
    );
  }

  #statusLine(row: ListedOrder, at: number): JournalBody[] {
    const {log, broker} = this.#options;
    const order = log.book.find(row, broker.kind);
    const status = IB_STATUSES.find((each): each is IbStatus => each === row.status);
    if (!order || !status) return [];
    const {intent, state, events} = order;
    const last = events.findLast((event) => event.kind === "status");
    const isKnown = last?.status === status && events.at(-1)?.kind !== "settled";
    if (isKnown || FINAL.has(state.status)) return [];
    const filled = Math.max(state.filled, state.toldFilled);
    const event = {
      kind: "status",
      at,
      status,
      filled,
      remaining: intent.quantity - filled,
      permId: row.permId
    } as const;
    return [{kind: "event", intent: intent.id, event}];
  }

  #decide(lists: BrokerLists): void {
    const {log, broker, now} = this.#options;
    const {isReadOnly} = broker.status();
    const kind = broker.kind;
    if (!log.controls.isStarted(kind) && lists.positions && lists.positions.reads >= READS) {
      const control = {
        what: "positions",
        broker: kind,
        accounts: broker.accounts(),
        rows: lists.positions.rows
      } as const;
      log.append({kind: "control", by: "the broker", control});
    }
    const own = () => ({
      orders: log.book.open(kind).flatMap(({state}) => (this.#sent.has(state.intent.id) ? [state] : [])),
      positions: heldPositions({log}).filter(({account}) => broker.accounts().includes(account))
    });
    const result = reconcile(own(), lists, {isReadOnly});
    const at = now();
    log.append(
      ...[...result.decisions].flatMap(([intent, as]): JournalBody[] => {
        const isNews = as !== "known" && log.book.get(intent)?.state.status !== as;
        return isNews
          ? [{kind: "event", intent, event: {kind: "settled", at, as, by: "reconciliation"}}]
          : [];
      })
    );
    this.#lists = lists;
    this.#tell(result, at);
  }

  #tell({isUnlocked, discrepancies}: Reconciliation, at: number): void {
    const {log} = this.#options;
    const sentences = discrepancies.map(({sentence}) => sentence);
    const sentence = isUnlocked
      ? sentences.length
        ? `positions agree; ${sentences.length} order${sentences.length > 1 ? "s" : ""} to look at`
        : "positions, orders and executions agree with the broker"
      : sentences[0];
    const isChanged = isUnlocked !== this.#status.isUnlocked || sentence !== this.#status.sentence;
    const hasCorrections = isUnlocked && log.book.corrected.size > 0;
    if (isChanged || hasCorrections)
      log.append({kind: "control", by: "the desk", control: {what: "reconciled", isUnlocked, sentences}});
    this.#say({isUnlocked, sentence, at, discrepancies});
  }

  #say(status: TradingStatus["reconciliation"]): void {
    this.#status = status;
    this.#options.onChange();
  }
}

/** What lists say, whatever the order of their rows. */
function contentOf({working, completed, executions, positions}: BrokerLists): string {
  const sorted = (list: {rows: readonly unknown[]} | null) =>
    list && list.rows.map((row) => JSON.stringify(row)).sort();
  return keyOf([sorted(working), sorted(completed), sorted(executions), sorted(positions)]);
}
