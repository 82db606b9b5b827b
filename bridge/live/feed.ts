import type {AccountFigures, LiveNav} from "../../lib/live/figures.js";
import {liveNav, type NavAnchor} from "../../lib/live/nav.js";
import type {Broker, BrokerEvent} from "../broker/broker.js";
import type {Trading} from "../execution/trading.js";
import type {LiveRoom} from "./room.js";

/** The last day of an account's statements and its value then; null where there is none. */
export type ReadSeam = (account: string) => Promise<LiveNav["seam"]>;

/** Writes what brokers and Trading tell into a room's tables. */
export class LiveFeed {
  readonly #room: LiveRoom;
  readonly #readSeam: ReadSeam;
  readonly #now: () => number;
  readonly #ends: (() => void)[] = [];
  readonly #anchors = new Map<string, NavAnchor>();
  readonly #seams = new Map<string, LiveNav["seam"]>();

  constructor(room: LiveRoom, {readSeam, now}: {readSeam: ReadSeam; now: () => number}) {
    this.#room = room;
    this.#readSeam = readSeam;
    this.#now = now;
  }

  /** Listens to a broker: its link, accounts, positions, quotes. */
  takeBroker(broker: Broker): void {
    this.#ends.push(broker.subscribe((event) => this.#hear(broker, event)));
    this.#room.tables.put("link", broker.kind, broker.status());
    for (const account of broker.accounts()) {
      const figures = broker.figures(account);
      if (figures) this.#hear(broker, {kind: "account", figures});
    }
    for (const position of broker.positions()) this.#hear(broker, {kind: "position", position});
  }

  /** Listens to orders and to whether they may go out; lines of market data are held at its broker of data. */
  takeTrading(trading: Trading): void {
    const {tables, lines} = this.#room;
    for (const row of trading.orders({state: "all", limit: ORDERS_SHOWN})) tables.put("orders", row.id, row);
    tables.put("trading", "trading", trading.status());
    lines.openAt(trading.data);
    this.#ends.push(
      trading.subscribe((what) => {
        if (what.kind === "order") tables.put("orders", what.row.id, what.row);
        else tables.put("trading", "trading", what.status);
      }),
      tables.subscribe((channel) => {
        if (channel === "link") lines.openAt(trading.data);
      })
    );
  }

  /** Statements have changed: the seams are read anew. */
  async refresh(): Promise<void> {
    for (const account of this.#seams.keys()) await this.#findSeam(account);
  }

  close(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  #hear(broker: Broker, event: BrokerEvent): void {
    const {tables} = this.#room;
    switch (event.kind) {
      case "link":
        return tables.put("link", broker.kind, event.status);
      case "quote":
        return tables.put("quotes", String(event.quote.conId), event.quote);
      case "account":
        tables.put("account", event.figures.account, event.figures);
        return this.#move(broker, event.figures);
      case "position": {
        const {account, contract, units} = event.position;
        const key = `${account} ${contract.conId}`;
        return units === 0 ? tables.remove("positions", key) : tables.put("positions", key, event.position);
      }
      default:
        return undefined; // orders and executions come by way of Trading, which knows whose they are
    }
  }

  #move(broker: Broker, figures: AccountFigures): void {
    const {account, currency} = figures;
    const moved = liveNav(this.#anchors.get(account) ?? null, figures);
    if (!moved) return;
    this.#anchors.set(account, moved.anchor);
    const seam = this.#seams.get(account) ?? null;
    this.#room.tables.put("nav", account, {
      account,
      currency,
      source: broker.kind,
      value: moved.value,
      at: this.#now(),
      seam
    });
    if (!this.#seams.has(account)) void this.#findSeam(account);
  }

  async #findSeam(account: string): Promise<void> {
    if (!this.#seams.has(account)) this.#seams.set(account, null);
    const seam = await this.#readSeam(account).catch(() => null); // figures say themselves what is wrong with them
    this.#seams.set(account, seam);
    const nav = this.#room.tables.get("nav", account);
    if (nav) this.#room.tables.put("nav", account, {...nav, seam});
  }
}

const ORDERS_SHOWN = 500;
