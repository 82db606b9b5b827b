import {
  checkJournal,
  type JournalBody,
  type JournalCheck,
  type JournalEntry
} from "../../lib/orders/journal.js";
import {executionKey} from "../../lib/orders/executions.js";
import {Controls} from "./controls.js";
import {OrderBook} from "./order-book.js";
import type {AuditRow, OrdersStore, RiskRow} from "./orders-store.js";

interface DeskLogOptions {
  store: OrdersStore;
  /** Of whom executions are that no order of ours explains. */
  broker: "paper" | "ibkr";
  /** Milliseconds since 1970 UTC. */
  now: () => number;
}

/** What lines changed: orders by id, and whether how trading goes. */
export interface LogChange {
  orders: readonly string[];
  controls: boolean;
}

const PAGE = 1000;

/**
 * The journal, and what follows from it: a line is on the disk before it counts here. Lines of another process (a kill
 * switch thrown in a terminal) are taken in before the next one is written.
 */
export class DeskLog {
  readonly book = new OrderBook();
  readonly controls = new Controls();
  readonly #store: OrdersStore;
  readonly #broker: "paper" | "ibkr";
  readonly #now: () => number;
  readonly #listeners = new Set<(change: LogChange) => void>();
  readonly #dirty = {
    orders: new Set<string>(),
    risks: [] as RiskRow[],
    audits: [] as AuditRow[],
    fills: new Set<string>()
  };
  #seq = 0;
  #problem: string | null = null;
  #flushing: NodeJS.Immediate | undefined;

  constructor({store, broker, now}: DeskLogOptions) {
    this.#store = store;
    this.#broker = broker;
    this.#now = now;
    const {saved} = store;
    for (const entry of store.all()) this.#apply(entry, entry.seq > saved);
    this.flush();
  }

  /** Why nothing can be written, and so nothing sent; null while it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Writes lines, all or none. @throws Error when the disk refuses: nothing may follow from them then */
  append(...bodies: JournalBody[]): void {
    if (!bodies.length) return;
    let entries: JournalEntry[];
    try {
      entries = this.#store.append(this.#now(), bodies);
      this.#problem = null;
    } catch (cause) {
      this.#problem = `the journal of orders cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw new Error(this.#problem, {cause});
    }
    const foreign =
      entries[0].seq > this.#seq + 1 ? this.#store.entries(this.#seq, entries[0].seq - this.#seq - 1) : [];
    this.#take([...foreign, ...entries]);
  }

  /** Takes in what another process has written. */
  refresh(): void {
    for (
      let entries = this.#store.entries(this.#seq, PAGE);
      entries.length;
      entries = this.#store.entries(this.#seq, PAGE)
    )
      this.#take(entries);
  }

  subscribe(listener: (change: LogChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  entries(after: number, limit: number): JournalEntry[] {
    return this.#store.entries(after, limit);
  }

  verify(expectedHead?: string): JournalCheck {
    return checkJournal(this.#store.all(), expectedHead);
  }

  risks(limit: number): RiskRow[] {
    this.flush();
    return this.#store.risks(limit);
  }

  audits(limit: number): AuditRow[] {
    this.flush();
    return this.#store.audits(limit);
  }

  /** Writes the tables that are made of the journal up to its last line. */
  flush(): void {
    if (this.#flushing) clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const {orders, fills, risks, audits} = this.#dirty;
    if (!orders.size && !fills.size && !risks.length && !audits.length) return;
    const all = fills.size ? this.book.fills() : [];
    this.#store.saveRows({
      seq: this.#seq,
      orders: [...orders].flatMap((id) => this.book.row(id) ?? []),
      fills: all
        .filter(({execId}) => fills.has(executionKey(execId).key))
        .map((fill) => this.book.fillRow(fill)),
      risks,
      audits
    });
    orders.clear();
    fills.clear();
    risks.length = audits.length = 0;
  }

  close(): void {
    this.flush();
    this.#listeners.clear();
  }

  #take(entries: readonly JournalEntry[]): void {
    const changes = entries.map((entry) => this.#apply(entry, true));
    this.#flushing ??= setImmediate(() => this.flush());
    const orders = [...new Set(changes.flatMap((change) => change.orders))];
    const controls = changes.some((change) => change.controls);
    for (const listener of this.#listeners) listener({orders, controls});
  }

  #apply(entry: JournalEntry, isNew: boolean): LogChange {
    this.#seq = entry.seq;
    this.controls.apply(entry, this.book.net);
    const orders = this.book.apply(entry, this.#broker);
    if (isNew) {
      for (const id of orders) this.#dirty.orders.add(id);
      const {body} = entry;
      const event = body.kind === "event" || body.kind === "stranger" ? body.event : undefined;
      if (event?.kind === "execution") this.#dirty.fills.add(executionKey(event.execution.execId).key);
      if (event?.kind === "commission") this.#dirty.fills.add(executionKey(event.report.execId).key);
      const risk = riskOf(entry, this.book);
      if (risk) this.#dirty.risks.push(risk);
      const audit = auditOf(entry);
      if (audit) this.#dirty.audits.push(audit);
    }
    return {orders, controls: entry.body.kind === "control"};
  }
}

function riskOf({seq, at, body}: JournalEntry, book: OrderBook): RiskRow | null {
  if (body.kind === "decision") {
    const {decision, intent} = body;
    return {
      seq,
      at,
      kind: "decision",
      execution_order: intent,
      account: book.get(intent)?.intent.account ?? "",
      allowed: Number(decision.allowed),
      reason: decision.reason ?? "every rule passed",
      context: JSON.stringify(decision.rules)
    };
  }
  if (body.kind !== "control") return null;
  const {control, by} = body;
  const row = (kind: RiskRow["kind"], reason: string, account = ""): RiskRow => ({
    seq,
    at,
    kind,
    execution_order: null,
    account,
    allowed: null,
    reason,
    context: JSON.stringify(control)
  });
  switch (control.what) {
    case "kill-switch":
      return row("kill-switch", `${control.on ? "thrown" : "let go"} by ${by}: ${control.reason}`);
    case "limits":
      return row("limits", `limits changed by ${by}`, control.account);
    case "state":
      return row("state", `${control.state}, by ${by}: ${control.reason}`);
    case "reconciled":
      return row("reconciliation", control.sentences.join("; ") || "positions, orders and executions agree");
    default:
      return null;
  }
}

/** Changes that somebody made; what the broker tells and what the desk finds are not among them. */
function auditOf({seq, at, body}: JournalEntry): AuditRow | null {
  if (body.kind === "intent") {
    const {intent, by, label} = body;
    const detail = JSON.stringify(intent);
    return {seq, at, who: by, action: "order", target: `${intent.id} ${label}`, detail};
  }
  if (body.kind !== "control" || body.control.what === "reconciled" || body.control.what === "close")
    return null;
  const {control, by} = body;
  const target = "order" in control ? control.order : "account" in control ? control.account : "";
  return {seq, at, who: by, action: control.what, target, detail: JSON.stringify(control)};
}
