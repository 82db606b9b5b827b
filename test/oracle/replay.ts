/**
 * The second ledger: every row of every account from the first day to a day, again for each question.
 * Written from reference/money.md and ibkr.md; it shares no code with lib beyond the parser that gives the rows.
 */
import {Fraction, sum} from "./fraction.js";
import {costOf, quantityOf, take, type Closed, type Lot} from "./lots.js";
import {entry, given, hasCode, number, type Row} from "./rows.js";

export interface Holding {
  conid: string;
  symbol: string;
  currency: string;
  category: string;
  multiplier: Fraction;
  lots: Lot[];
  /** What was paid for it so far less what it brought, without commissions: with its worth, what the market made. */
  money: Fraction;
  /** Commission that a cancelled purchase left behind, for the trade that is booked in its place. */
  leftover: Fraction;
}

/** What one account holds. */
export interface State {
  account: string;
  /** Without what futures and CFDs settle: see `cashOf`. */
  cash: Map<string, Fraction>;
  holdings: Map<string, Holding>;
  /** Dividends and interest to come, by currency. */
  dividends: Map<string, Fraction>;
  interest: Map<string, Fraction>;
}

/** What a row did to lots. */
export interface Outcome {
  account: string;
  row: Row;
  opened: Lot | null;
  closed: Closed[];
  /** null where a lot's cost is not known. */
  realized: Fraction | null;
}

export interface Replay {
  states: Map<string, State>;
  outcomes: Outcome[];
}

/** Where history begins late: what an account held and had before its first row. */
export type Opening = readonly State[];

/** Plays rows of all accounts up to the end of a day. */
export function replay(rows: readonly Row[], through: string, opening: Opening = []): Replay {
  const player = new Player(opening, rows);
  for (const row of inOrder(rows)) if (row.day <= through) player.play(row);
  return {states: player.states, outcomes: player.outcomes};
}

/** Rows that move something, in order of time. */
export function inOrder(rows: readonly Row[]): Row[] {
  return rows
    .filter(moves)
    .toSorted((a, b) => (timeKey(a) < timeKey(b) ? -1 : timeKey(a) > timeKey(b) ? 1 : 0));
}

const COUNTED: Readonly<Record<string, readonly string[]>> = {
  Trade: ["", "EXECUTION"],
  CashTransaction: ["", "DETAIL"],
  CorporateAction: ["", "DETAIL"],
  Transfer: ["", "DETAIL", "TRANSFER"],
  ChangeInDividendAccrual: [""],
  InterestAccrualsCurrency: [""]
};

/** Only one level of detail counts (ibkr.md 2.1 a). */
function moves({element, level}: Row): boolean {
  return COUNTED[element]?.includes(level) ?? false;
}

/**
 * Day, time, then what must come first at one time: an option before its shares, out before in; then IBKR's number.
 * Corporate actions come before the market opens; what is corrected of an earlier day, after it has closed.
 */
function timeKey({day, element, fields}: Row): string {
  const {dateTime = "", tradeDate = day, direction, assetCategory, transactionID = ""} = fields;
  const time = element === "CorporateAction" ? "" : tradeDate < day ? "20:00:00" : dateTime.slice(11);
  const late = direction === "IN" || (element === "Trade" && assetCategory !== "OPT");
  return [day, time, late ? "1" : "0", transactionID.padStart(20, "0")].join("/");
}

/** Whether its gains are paid in cash, so that it stands in net asset value with nothing or its gain (R18). */
export const isMargined = ({category}: Pick<Holding, "category">): boolean =>
  category === "FUT" || category === "CFD";

class Player {
  readonly states = new Map<string, State>();
  readonly outcomes: Outcome[] = [];
  /** Premiums of options that were assigned or exercised, on their way to the shares: by account, underlying, day. */
  readonly #premiums = new Map<string, Fraction>();
  /** Lots on their way from one account to another. */
  readonly #moved = new Map<string, Lot[]>();
  /** Worth of what came for what an action took, and lots on their way to another number, by account and action. */
  readonly #exchanged = new Map<string, {holding: Holding; lots: Lot[]}>();

  readonly #rows: readonly Row[];

  constructor(opening: Opening, rows: readonly Row[]) {
    this.#rows = rows;
    for (const state of opening) this.states.set(state.account, structured(state));
  }

  play(row: Row): void {
    switch (row.element) {
      case "Trade":
        return row.fields["assetCategory"] === "CASH" ? this.#forex(row) : this.#trade(row);
      case "CashTransaction":
        return this.#pay(row, row.fields["currency"], number(row, "amount"));
      case "CorporateAction":
        return this.#action(row);
      case "Transfer":
        return this.#transfer(row);
      case "ChangeInDividendAccrual":
        return add(this.#state(row).dividends, row.fields["currency"], number(row, "netAmount"));
      case "InterestAccrualsCurrency":
        if (row.fields["currency"] === "BASE_SUMMARY") return undefined;
        return add(
          this.#state(row).interest,
          row.fields["currency"],
          number(row, "interestAccrued").plus(number(row, "accrualReversal"))
        );
    }
  }

  #state({account}: Row): State {
    return entry(this.states, account, () => emptyState(account));
  }

  #pay(row: Row, currency: string, amount: Fraction): void {
    add(this.#state(row).cash, currency, amount);
  }

  #holding(row: Row): Holding {
    const {conid, symbol = "", currency = "", assetCategory: category = ""} = row.fields;
    return entry(this.#state(row).holdings, conid, () => ({
      conid,
      symbol,
      currency,
      category,
      multiplier: given(row, "multiplier") ?? Fraction.ONE,
      lots: [],
      money: Fraction.ZERO,
      leftover: Fraction.ZERO
    }));
  }

  #forex(row: Row): void {
    const [base] = row.fields["symbol"].split(".");
    this.#pay(row, base, number(row, "quantity"));
    this.#pay(row, row.fields["currency"], number(row, "proceeds"));
    this.#pay(row, row.fields["ibCommissionCurrency"] ?? row.fields["currency"], number(row, "ibCommission"));
  }

  #trade(row: Row): void {
    const holding = this.#holding(row);
    const quantity = number(row, "quantity");
    const proceeds = isMargined(holding)
      ? quantity.times(number(row, "tradePrice")).times(holding.multiplier).negated
      : number(row, "proceeds");
    const costs = number(row, "ibCommission").plus(number(row, "taxes"));
    this.#pay(row, row.fields["ibCommissionCurrency"] ?? holding.currency, number(row, "ibCommission"));
    this.#pay(row, holding.currency, number(row, "taxes"));
    if (!isMargined(holding)) this.#pay(row, holding.currency, proceeds);
    holding.money = holding.money.minus(proceeds);
    if (row.fields["transactionType"] === "TradeCancel")
      return this.#cancel(row, holding, proceeds.plus(costs));

    const premium = this.#premiumFor(row);
    const before = quantityOf(holding.lots);
    const against = before.sign * quantity.sign < 0;
    const closing = !against ? Fraction.ZERO : before.size.below(quantity.size) ? before.negated : quantity;
    const net = proceeds.plus(costs).plus(premium);
    const share = quantity.sign ? closing.over(quantity) : Fraction.ZERO;
    const taken = take(holding.lots, closing.negated);
    const received = net.times(share);
    const basis = costOf(taken);
    const assigned = this.#handsOver(row, taken);
    let opened: Lot | null = null;
    if (!closing.equals(quantity)) {
      const {transactionID: id = "", dateTime: time = row.day} = row.fields;
      opened = {
        id,
        day: row.day,
        time,
        quantity: quantity.minus(closing),
        cost: net.minus(received).negated.plus(holding.leftover),
        price: number(row, "tradePrice")
      };
      holding.leftover = Fraction.ZERO;
      holding.lots = [...holding.lots, opened].toSorted(byTime);
    }
    this.outcomes.push({
      account: row.account,
      row,
      opened,
      closed: assigned
        ? []
        : taken.map((lot) => ({...lot, proceeds: received.times(lot.quantity).over(closing.negated)})),
      realized: assigned || !closing.sign ? Fraction.ZERO : basis && received.minus(basis)
    });
  }

  /** Takes back a trade that opened a lot (R20); what the cancel does not pay back stays with what replaces it. */
  #cancel(row: Row, holding: Holding, net: Fraction): void {
    const at = holding.lots.findIndex(({id}) => id === row.fields["origTransactionID"]);
    if (at < 0) throw new RangeError(`nothing to cancel: ${row.fields["origTransactionID"]}`);
    const [lot] = holding.lots.splice(at, 1);
    holding.leftover = (lot.cost ?? Fraction.ZERO).minus(net);
    this.outcomes.push({account: row.account, row, opened: null, closed: [], realized: Fraction.ZERO});
  }

  /** An option that ends in shares realizes nothing: its cost goes to them (R17). */
  #handsOver(row: Row, taken: readonly Lot[]): boolean {
    const {assetCategory, underlyingConid} = row.fields;
    const ends = assetCategory === "OPT" && hasCode(row, "A", "Ex") && number(row, "tradePrice").sign === 0;
    if (!ends) return false;
    const cost = costOf(taken);
    if (cost) this.#premiums.set([row.account, underlyingConid, row.day].join(), cost.negated);
    return true;
  }

  #premiumFor(row: Row): Fraction {
    const key = [row.account, row.fields["conid"], row.day].join();
    const premium = hasCode(row, "A", "Ex") ? this.#premiums.get(key) : undefined;
    if (premium) this.#premiums.delete(key);
    return premium ?? Fraction.ZERO;
  }

  #action(row: Row): void {
    const holding = this.#holding(row);
    const {type, transactionID: id = "", actionID = id} = row.fields;
    const quantity = number(row, "quantity");
    const proceeds = number(row, "proceeds");
    const value = number(row, "value");
    const before = quantityOf(holding.lots);
    const outcome: Outcome = {account: row.account, row, opened: null, closed: [], realized: Fraction.ZERO};
    this.outcomes.push(outcome);
    this.#pay(row, holding.currency, proceeds);
    if (!quantity.sign) {
      outcome.realized = proceeds;
      return;
    }
    holding.money = holding.money.minus(proceeds);
    const key = `${row.account} ${actionID}`;
    switch (type) {
      case "FS":
      case "RS":
      case "SD": {
        const ratio = before.plus(quantity).over(before);
        holding.lots = holding.lots.map((lot) => ({
          ...lot,
          quantity: lot.quantity.times(ratio),
          price: lot.price.over(ratio)
        }));
        return;
      }
      case "IC":
        if (quantity.sign * before.sign < 0) {
          this.#exchanged.set(key, {holding, lots: take(holding.lots, quantity.negated)});
          return;
        }
        this.#exchange(key, holding, value);
        holding.lots.push(...(this.#exchanged.get(key)?.lots ?? [this.#unknown(row, quantity)]));
        return;
      case "TC":
        if (quantity.sign * before.sign < 0) {
          const lots = take(holding.lots, quantity.negated);
          this.#exchanged.set(key, {holding, lots});
          outcome.closed = lots.map((lot) => ({
            ...lot,
            proceeds: proceeds.times(lot.quantity).over(quantity.negated)
          }));
          const basis = costOf(lots);
          outcome.realized = basis && proceeds.plus(this.#worthOfOthers(row)).minus(basis);
          return;
        }
        this.#exchange(key, holding, value);
        outcome.opened = {...this.#unknown(row, quantity), cost: value, price: value.over(quantity)};
        holding.lots.push(outcome.opened);
        return;
      case "SO": {
        const parent = this.#parentOf(row);
        const part = given(row, "costShare") ?? null;
        for (const lot of parent?.lots ?? []) {
          const cost = lot.cost && part && lot.cost.times(part);
          const own = quantity.times(lot.quantity).over(quantityOf(parent!.lots));
          holding.lots.push({...lot, quantity: own, cost, price: Fraction.ZERO});
          lot.cost = lot.cost && cost && lot.cost.minus(cost);
        }
        if (!parent) holding.lots.push(this.#unknown(row, quantity));
        return;
      }
      default: {
        const lots = take(holding.lots, quantity.negated);
        const basis = costOf(lots);
        outcome.closed = lots.map((lot) => ({
          ...lot,
          proceeds: proceeds.times(lot.quantity).over(quantity.negated)
        }));
        outcome.realized = basis && proceeds.minus(basis);
      }
    }
  }

  /** What other holdings of the account came for it. */
  #worthOfOthers(row: Row): Fraction {
    const {account, fields} = row;
    const {sign} = number(row, "quantity");
    const others = this.#rows.filter(
      (one) =>
        one.element === "CorporateAction" &&
        one.account === account &&
        one.fields["actionID"] === fields["actionID"]
    );
    return sum(
      others.filter((one) => number(one, "quantity").sign * sign < 0).map((one) => number(one, "value"))
    );
  }

  /** What one number gave and another took: no gain of the market in between. */
  #exchange(key: string, holding: Holding, value: Fraction): void {
    const from = this.#exchanged.get(key)?.holding;
    holding.money = holding.money.plus(value);
    if (from) from.money = from.money.minus(value);
  }

  #parentOf(row: Row): Holding | undefined {
    const [symbol] = (row.fields["actionDescription"] ?? "").split("(");
    return [...this.#state(row).holdings.values()].find((one) => one.symbol === symbol && one.lots.length);
  }

  #unknown(row: Row, quantity: Fraction): Lot {
    const {transactionID: id = "", dateTime: time = row.day} = row.fields;
    return {id, day: row.day, time, quantity, cost: null, price: Fraction.ZERO};
  }

  #transfer(row: Row): void {
    const {direction, account: other = "", currency = ""} = row.fields;
    this.#pay(row, currency, number(row, "cashTransfer"));
    const quantity = number(row, "quantity");
    if (!quantity.sign) return;
    const holding = this.#holding(row);
    holding.money = holding.money.plus(number(row, "positionAmount"));
    const pair = (from: string, to: string) =>
      [from, to, row.day, holding.conid, quantity.size.text()].join();
    if (direction === "OUT") {
      this.#moved.set(pair(row.account, other), take(holding.lots, quantity.negated));
      return;
    }
    const lots = this.#moved.get(pair(other, row.account)) ?? [this.#unknown(row, quantity)];
    holding.lots = [...holding.lots, ...lots].toSorted(byTime);
  }
}

/** What was opened first is closed first: what is booked again after a cancel stands where it stood. */
const byTime = (a: Lot, b: Lot): number => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0);

export function emptyState(account: string): State {
  return {account, cash: new Map(), holdings: new Map(), dividends: new Map(), interest: new Map()};
}

function structured(state: State): State {
  return {
    account: state.account,
    cash: new Map(state.cash),
    holdings: new Map(
      [...state.holdings].map(([key, one]) => [key, {...one, lots: one.lots.map((lot) => ({...lot}))}])
    ),
    dividends: new Map(state.dividends),
    interest: new Map(state.interest)
  };
}

function add(map: Map<string, Fraction>, key: string, amount: Fraction): void {
  map.set(key, (map.get(key) ?? Fraction.ZERO).plus(amount));
}
