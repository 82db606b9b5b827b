/** Answers about accounts, and what is told when they change. */

import {askedValues, currencyValues, summaryValues} from "./account-values.js";
import type {Desk} from "./desk.js";
import type {Session} from "./session.js";
import {
  accountDownloadEnd,
  accountSummary,
  accountSummaryEnd,
  accountTime,
  accountUpdateMulti,
  accountUpdateMultiEnd,
  type AccountValue,
  accountValue,
  pnl,
  pnlSingle,
  portfolioValue,
  position,
  positionEnd
} from "./wire/encode-account.js";
import type {Message} from "./wire/frames.js";
import type {Request} from "./wire/requests.js";
import {zoned} from "./wire/time.js";

const MOST_SUMMARIES = 2;

type Ask<K extends Request["kind"]> = Extract<Request, {kind: K}>;

const values = ({house, clock}: Desk, account: string): AccountValue[] => [
  ...summaryValues(house.totals(account, clock())),
  ...currencyValues(house, account, clock())
];

/** Account by account: `All`, or one of a list with commas. */
function members({house}: Desk, group: string): readonly string[] {
  return ["All", "", "AllClients"].includes(group)
    ? house.accounts
    : house.accounts.filter((one) => one === group);
}

export function summary(session: Session, {reqId, group, tags}: Ask<"accountSummary">, desk: Desk): void {
  const {summaries} = session.subscriptions;
  if (summaries.size >= MOST_SUMMARIES) {
    return session.error(
      reqId,
      322,
      "Error processing request.-'bM' : cause - Maximum number of account summary requests exceeded"
    );
  }
  summaries.set(reqId, tags);
  for (const account of members(desk, group)) {
    const rows = askedValues(desk.house, account, tags, desk.clock());
    session.send(...rows.map((one) => accountSummary(reqId, account, one)));
  }
  return session.send(accountSummaryEnd(reqId));
}

/** Values, then positions, then the time, then the end; and again whenever something changes. */
export function updates(session: Session, {subscribe, account}: Ask<"accountUpdates">, desk: Desk): void {
  if (!subscribe) {
    session.subscriptions.account = undefined;
    return;
  }
  const {house, clock} = desk;
  const name = account || house.accounts[0];
  if (!house.accounts.includes(name)) {
    return session.error(
      -1,
      321,
      `Error validating request.-'bO' : cause - Invalid account code '${account}'.`
    );
  }
  session.subscriptions.account = name;
  session.send(...accountMessages(desk, name), accountDownloadEnd(name));
  return session.send(accountTime(zoned(clock(), "America/New_York").slice(9, 14)));
}

function accountMessages(desk: Desk, account: string): Message[] {
  const {house, clock} = desk;
  return [
    ...values(desk, account).map((one) => accountValue(one, account)),
    ...house.holdings(account, clock()).map((one) => portfolioValue(one, account)),
    accountTime(zoned(clock(), "America/New_York").slice(9, 14))
  ];
}

export function updatesMulti(
  session: Session,
  {reqId, account}: Ask<"accountUpdatesMulti">,
  desk: Desk
): void {
  const accounts = members(desk, account);
  if (!accounts.length)
    return session.error(reqId, 321, "Error validating request.-'bO' : cause - Invalid account code");
  session.subscriptions.accountValues.set(reqId, account);
  for (const one of accounts)
    session.send(...values(desk, one).map((row) => accountUpdateMulti(reqId, one, row)));
  return session.send(accountUpdateMultiEnd(reqId));
}

export function positions(session: Session, desk: Desk): void {
  session.subscriptions.positions = true;
  const {house, clock} = desk;
  for (const account of house.accounts) {
    const held = house.holdings(account, clock()).filter(({quantity}) => quantity !== 0);
    session.send(...held.map((one) => position(account, one)));
  }
  session.send(positionEnd());
}

export function profit(session: Session, {reqId, account}: Ask<"pnl">, desk: Desk): void {
  if (!desk.house.accounts.includes(account)) return badAccount(session, reqId, account);
  session.subscriptions.pnl.set(reqId, account);
  return session.send(pnl(reqId, desk.house.profit(account, desk.clock())));
}

export function profitSingle(session: Session, request: Ask<"pnlSingle">, desk: Desk): void {
  const {reqId, account, conId} = request;
  if (!desk.house.accounts.includes(account)) return badAccount(session, reqId, account);
  session.subscriptions.pnlSingle.set(reqId, {account, conId});
  return session.send(singleMessage(reqId, account, conId, desk));
}

function singleMessage(reqId: number, account: string, conId: number, {house, clock}: Desk): Message {
  const one = house.profitOf(account, conId, clock());
  const unknown = {daily: undefined, unrealized: undefined, realized: undefined};
  return one ? pnlSingle(reqId, one.quantity, one, one.value) : pnlSingle(reqId, 0, unknown, 0);
}

function badAccount(session: Session, reqId: number, account: string): void {
  session.error(reqId, 321, `Error validating request.-'bW' : cause - Invalid account code '${account}'.`);
}

/** About once a second: profit and loss. */
export function tellProfit(session: Session, desk: Desk): void {
  const {pnl: whole, pnlSingle: single} = session.subscriptions;
  for (const [reqId, account] of whole) session.send(pnl(reqId, desk.house.profit(account, desk.clock())));
  for (const [reqId, {account, conId}] of single) session.send(singleMessage(reqId, account, conId, desk));
}

/** After a trade, and every three minutes: values and positions of the account listened to. */
export function tellAccount(session: Session, account: string, desk: Desk): void {
  const {house, clock} = desk;
  const {subscriptions} = session;
  if (subscriptions.account === account) session.send(...accountMessages(desk, account));
  if (subscriptions.positions) {
    session.send(...house.holdings(account, clock()).map((one) => position(account, one)));
  }
  for (const [reqId, tags] of subscriptions.summaries) {
    const rows = askedValues(house, account, tags, clock());
    session.send(...rows.map((one) => accountSummary(reqId, account, one)));
  }
}
