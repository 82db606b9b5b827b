import {EventName} from "@stoqey/ib";
import type {AccountFigures} from "../../../lib/live/figures.js";
import {parsed, told} from "./number.js";
import {onStreams} from "./on-streams.js";
import {perTurn} from "./per-turn.js";
import type {Wire} from "./wire.js";

/** Figures by TWS's name of each. */
const TAGS = {
  netLiquidation: "NetLiquidation",
  cash: "TotalCashValue",
  grossPosition: "GrossPositionValue",
  buyingPower: "BuyingPower",
  equityWithLoan: "EquityWithLoanValue",
  initMargin: "InitMarginReq",
  maintMargin: "MaintMarginReq",
  availableFunds: "AvailableFunds",
  excessLiquidity: "ExcessLiquidity",
  cushion: "Cushion"
} as const;
const LOOK_AHEAD = {
  initMargin: "LookAheadInitMarginReq",
  maintMargin: "LookAheadMaintMarginReq",
  excessLiquidity: "LookAheadExcessLiquidity"
} as const;
const NEXT_CHANGE = "LookAheadNextChange";
const ALL = [...Object.values(TAGS), ...Object.values(LOOK_AHEAD), NEXT_CHANGE, "$LEDGER:ALL"].join(",");
const CASH = "TotalCashBalance";
const RATE = "ExchangeRate";
/** The ledger's rows of all currencies together. */
const TOTAL = "BASE";

/** TWS tells a summary every three minutes; after a fill it is asked for anew, once margins have followed. */
const AFTER_FILL_MS = 2000;

interface Told {
  /** Empty until the summary's first row came. */
  values: Map<string, string>;
  currency: string;
  at: number;
  profit: AccountFigures["profit"];
  cash: Map<string, number>;
  rates: Map<string, number>;
  /** Currencies that the ledger has told of since it was asked for. */
  seen: Set<string>;
}

export interface Accounts {
  /** Null until its summary has come. */
  figures(account: string): AccountFigures | null;
  /** When the last figure came, and what is the matter with the stream; null each where nothing is to be told. */
  health(): {at: number | null; problem: string | null};
  close(): void;
}

/** Money, margin and profit of every account, from one summary of all and a stream of profit for each. */
export function createAccounts({
  wire,
  now,
  afterFillMs = AFTER_FILL_MS,
  tell
}: {
  wire: Wire;
  now: () => number;
  afterFillMs?: number;
  tell: (figures: AccountFigures) => void;
}): Accounts {
  const accounts = new Map<string, Told>();
  const profits = new Map<number, string>();
  let summary: {id: number; off: () => void} | null = null;
  let problem: string | null = null;
  let lastAt: number | null = null;
  let afterFill: NodeJS.Timeout | undefined;
  const mark = perTurn<string>((account) => {
    const one = figures(account);
    if (one) tell(one);
  });

  function of(account: string): Told {
    let one = accounts.get(account);
    if (!one) {
      const profit = {daily: null, unrealized: null, realized: null};
      one = {
        values: new Map(),
        currency: "",
        at: 0,
        profit,
        cash: new Map(),
        rates: new Map(),
        seen: new Set()
      };
      accounts.set(account, one);
    }
    return one;
  }

  function take(account: string, tag: string, value: string, currency: string): void {
    const one = of(account);
    if (tag === CASH || tag === RATE) {
      const amount = parsed(value);
      const column = tag === CASH ? one.cash : one.rates;
      if (currency !== TOTAL && amount !== null) column.set(currency, amount);
      one.seen.add(currency);
    } else {
      one.values.set(tag, value);
      if (tag === TAGS.netLiquidation) one.currency = currency;
    }
    lastAt = one.at = now();
    mark(account);
  }

  /** Currencies of which nothing is held any more are told no more. */
  function ended(): void {
    for (const [account, {cash, rates, seen}] of accounts) {
      for (const column of [cash, rates])
        for (const currency of column.keys()) if (!seen.has(currency)) column.delete(currency);
      mark(account);
    }
  }

  function figures(account: string): AccountFigures | null {
    const one = accounts.get(account);
    if (!one?.currency) return null;
    const {values, currency, at, profit, cash, rates} = one;
    const value = (tag: string) => parsed(values.get(tag));
    const each = <T extends Record<string, string>>(tags: T) =>
      Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, value(tag)])) as {
        [K in keyof T]: number | null; // a value for each name
      };
    const change = value(NEXT_CHANGE);
    return {
      account,
      currency,
      at,
      ...each(TAGS),
      lookAhead: {at: change ? change * 1000 : null, ...each(LOOK_AHEAD)},
      profit,
      cashByCurrency: Object.fromEntries(cash),
      rates: {...Object.fromEntries(rates), [currency]: 1}
    };
  }

  function askSummary(): void {
    const before = summary;
    before?.off();
    for (const {seen} of accounts.values()) seen.clear();
    const id = wire.takeRequestId();
    const off = wire.onRequestError(id, (code, message) => {
      problem = `TWS on the account summary: ${message} (${code})`;
    });
    summary = {id, off};
    problem = null;
    void wire.send("request", (api) => {
      if (before) api.cancelAccountSummary(before.id); // there may be two at once
      api.reqAccountSummary(id, "All", ALL);
    });
  }

  function start(): void {
    askSummary();
    profits.clear();
    for (const account of wire.status().accounts) {
      const id = wire.takeRequestId();
      profits.set(id, account);
      void wire.send("request", (api) => api.reqPnL(id, account, ""));
    }
  }

  const offs = [
    wire.on(
      EventName.accountSummary,
      (id: number, account: string, tag: string, value: string, currency: string) =>
        id === summary?.id && take(account, tag, value, currency)
    ),
    wire.on(EventName.accountSummaryEnd, (id: number) => id === summary?.id && ended()),
    wire.on(EventName.pnl, (id: number, daily?: number, unrealized?: number, realized?: number) => {
      const account = profits.get(id);
      if (account === undefined) return;
      of(account).profit = {daily: told(daily), unrealized: told(unrealized), realized: told(realized)};
      lastAt = now();
      mark(account);
    }),
    wire.on(EventName.execDetails, (id: number) => {
      if (id >= 0 || wire.status().phase !== "ready") return; // an answer to a request, nothing new
      afterFill ??= setTimeout(() => {
        afterFill = undefined;
        if (wire.status().phase === "ready") askSummary();
      }, afterFillMs).unref();
    }),
    onStreams(wire, (why) => {
      if (why === "connected") summary = null; // a new connection knows nothing of it
      start();
    })
  ];

  return {
    figures,
    health: () => ({at: lastAt, problem}),
    close() {
      clearTimeout(afterFill);
      summary?.off();
      for (const off of offs) off();
    }
  };
}
