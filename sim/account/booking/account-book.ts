/**
 * The books of one account, in double entry: every event posts lines that add up to zero in base currency.
 * Assets stand at the day's close and the day's rate, so NAV is the sum of the asset books, and each part of the
 * change in NAV is the sum of a nominal book.
 *
 * A day begins by carrying yesterday's balances to today's rates (fxTranslation: (rate today - rate yesterday) x
 * balance) and yesterday's positions to today's marks (mtm). What happens then is booked at today's close and rate.
 */

import {exact, type Amount} from "./amounts.js";
import {
  COMPONENTS,
  componentOf,
  isComponent,
  type Accrual,
  type Component,
  type InterestFlow,
  type Line,
  type Performance,
  type Position,
  type Posting,
  type Row
} from "./chart.js";
import {openMoney, sumOf} from "./lots.js";
import type {Instrument} from "../market/instruments.js";
import type {Market} from "../market/market.js";
import type {Timetable} from "../market/timetable.js";

/** What all books of a history share. */
export interface World {
  market: Market;
  time: Timetable;
  /** Index of the day that is being booked. */
  today: number;
  /** Next number of a kind of id. */
  id(kind: "transaction" | "trade" | "order" | "action"): string;
}

export type Balances = Map<string, {currency: string; local: Amount; base: Amount}>;

export class AccountBook {
  readonly id: string;
  readonly world: World;
  /** Asset books by `component:of`. */
  readonly balances: Balances = new Map();
  readonly positions = new Map<string, Position>();
  accruals: Accrual[] = [];
  /** Interest that is accrued and not yet posted, by `currency kind month`. */
  readonly interest = new Map<string, Amount>();
  /** What cash in other currencies cost, in base. */
  readonly fxCost = new Map<string, Amount>();
  /** Cash of trades that have not settled. */
  unsettled: {currency: string; amount: Amount; settles: string}[] = [];

  rows: Row[] = [];
  postings: Posting[] = [];
  performance = new Map<string, Performance>();
  interestFlows = new Map<string, InterestFlow>();
  cashLines = new Map<string, {local: Amount; base: Amount}>();
  startCash = new Map<string, {local: Amount; base: Amount}>();
  startNav = new Map<Component, Amount>();
  private events = 0;

  constructor(id: string, world: World) {
    this.id = id;
    this.world = world;
  }

  get day(): string {
    return this.world.time.days[this.world.today];
  }

  rate(currency: string, back = 0): Amount {
    return this.world.market.rate(currency, this.world.today - back);
  }

  mark(instrument: Instrument): Amount {
    return this.world.market.mark(instrument, this.world.today);
  }

  cash(currency: string): Amount {
    return this.balances.get(`cash:${currency}`)?.local ?? 0n;
  }

  quantity(instrument: Instrument): Amount {
    return sumOf(this.positions.get(instrument.conid)?.lots ?? [], "quantity");
  }

  /** Posts the lines of one event at the day's rate; @throws if they do not add up to zero in base. */
  post(lines: Line[]): void {
    this.book(lines.map((line) => ({...line, base: exact(line.local, this.rate(line.currency))})));
  }

  private book(lines: (Line & {base: Amount})[]): void {
    const sum = lines.reduce((total, line) => total + line.base, 0n);
    if (sum !== 0n) throw new RangeError(`unbalanced event in ${this.id} on ${this.day}: ${sum}`);
    const event = ++this.events;
    for (const {book, of = "", currency, local, base, line} of lines) {
      if (local === 0n && base === 0n) continue;
      this.postings.push({event, book, of, currency, local, base});
      if (!isComponent(book)) continue;
      const balance = entry(this.balances, `${book}:${of}`, () => ({currency, local: 0n, base: 0n}));
      balance.local += local;
      balance.base += base;
      if (line) {
        const shown = entry(this.cashLines, `${line}:${currency}`, () => ({local: 0n, base: 0n}));
        shown.local += local;
        shown.base += base;
      }
    }
  }

  /** Opens the day: what yesterday left, in today's rates. */
  open(): void {
    this.rows = [];
    this.postings = [];
    this.performance = new Map();
    this.interestFlows = new Map();
    this.cashLines = new Map();
    this.startCash = new Map();
    this.startNav = this.nav();
    this.unsettled = this.unsettled.filter(({settles}) => settles > this.day);
    for (const [key, {currency, local, base}] of this.balances) {
      const [book, of] = key.split(":") as [Component, string];
      if (book === "cash" && local !== 0n) this.startCash.set(of, {local, base});
      if (book === "interestAccruals") this.interestFlow(of).start = local;
      const translated = exact(local, this.rate(currency)) - base;
      if (translated === 0n) continue;
      this.book([
        {book, of, currency, local: 0n, base: translated},
        {book: "fxTranslation", currency, local: 0n, base: -translated}
      ]);
    }
    for (const position of this.positions.values()) this.earned(position.instrument);
  }

  /** Carries every position to the day's close; corporate actions of the morning come before it. */
  revalue(): void {
    for (const position of this.positions.values()) this.carry(position);
  }

  private carry(position: Position): void {
    const {instrument, value} = position;
    const {conid, currency, multiplier, assetCategory} = instrument;
    const earned = this.earned(instrument);
    if (assetCategory === "FUT") {
      const variation = exact(
        exact(this.mark(instrument) - (earned.previousPrice ?? 0n), earned.previousQuantity),
        multiplier
      );
      this.post([
        {book: "cash", of: currency, currency, local: variation, line: "cashSettlingMtm"},
        {book: "mtm", currency, local: -variation}
      ]);
      earned.priorOpenMtm += exact(variation, this.rate(currency));
      return;
    }
    position.value = this.valueOf(position);
    const change = position.value - value;
    this.post([
      {book: componentOf(instrument)!, of: conid, currency, local: change},
      {book: "mtm", currency, local: -change}
    ]);
    earned.priorOpenMtm += exact(change, this.rate(currency));
  }

  /** What a position stands for in NAV at the day's close: futures nothing, CFDs their unrealized profit. */
  valueOf({instrument, lots}: Position): Amount {
    if (instrument.assetCategory === "FUT") return 0n;
    const worth = this.worth(instrument, sumOf(lots, "quantity"));
    return instrument.assetCategory === "CFD" ? worth - openMoney(lots) : worth;
  }

  /** Quantity at the day's close, in the instrument's currency. */
  worth(instrument: Instrument, quantity: Amount): Amount {
    return exact(exact(quantity, this.mark(instrument)), instrument.multiplier);
  }

  position(instrument: Instrument): Position {
    return entry(this.positions, instrument.conid, () => ({instrument, lots: [], value: 0n}));
  }

  /** The day's account of what an instrument earned. */
  earned(instrument: Instrument): Performance {
    return entry(this.performance, instrument.conid, () => {
      const {today, market} = this.world;
      const quantity = this.quantity(instrument);
      return {
        instrument,
        previousQuantity: quantity,
        previousPrice: quantity && today > 0 ? market.mark(instrument, today - 1) : null,
        transactionMtm: 0n,
        priorOpenMtm: 0n,
        commissions: 0n,
        other: 0n,
        accruals: 0n,
        realizedShortTerm: 0n,
        realizedLongTerm: 0n
      };
    });
  }

  interestFlow(currency: string): InterestFlow {
    return entry(this.interestFlows, currency, () => ({start: 0n, accrued: 0n, reversed: 0n}));
  }

  row(section: string, element: string, fields: Row["fields"], instrument?: Instrument): void {
    this.rows.push({section, element, fields, ...(instrument && {instrument})});
  }

  /** NAV by component, in base. */
  nav(): Map<Component, Amount> {
    const nav = new Map<Component, Amount>(COMPONENTS.map((component) => [component, 0n]));
    for (const [key, {base}] of this.balances) {
      const component = key.slice(0, key.indexOf(":")) as Component;
      nav.set(component, nav.get(component)! + base);
    }
    return nav;
  }
}

/** The value of a key, made when there is none. */
export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
