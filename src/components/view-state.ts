import type {RangeName, ViewQuery} from "../lib/ledger/views.js";
import {RANGES} from "../lib/returns/ranges.js";

/** What every page is looked at through: which accounts, in which currency, over which days. It lives in the URL. */

export {RANGES};

export type Range = (typeof RANGES)[number];

export interface ViewState {
  /** Empty: all of them. */
  accounts: readonly string[];
  /** Null: the accounts' own base currency. */
  currency: string | null;
  /** "custom" means from and to. */
  range: RangeName;
  from: string | null;
  to: string | null;
}

const DEFAULT_RANGE: Range = "ALL";

const KEYS = ["accounts", "currency", "range", "from", "to"];

/** Returns the view that a query string says; what is missing or not understood takes its default. */
export function parseView(search: string): ViewState {
  const query = new URLSearchParams(search);
  const from = day(query.get("from"));
  const to = day(query.get("to"));
  const currency = query.get("currency")?.toUpperCase() ?? "";
  const asked = query.get("range")?.toUpperCase();
  const custom = (from !== null || to !== null) && !(from !== null && to !== null && from > to);
  return {
    accounts: (query.get("accounts") ?? "").split(",").filter((id) => /^[\w-]+$/.test(id)),
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
    range: custom ? "custom" : (RANGES.find((range) => range === asked) ?? DEFAULT_RANGE),
    from: custom ? from : null,
    to: custom ? to : null
  };
}

const day = (text: string | null): string | null =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;

/** Returns the query string with this view written into it: defaults are left out, other keys are kept. */
export function formatView(view: ViewState, search = ""): string {
  const query = new URLSearchParams(search);
  for (const key of KEYS) query.delete(key);
  if (view.accounts.length) query.set("accounts", view.accounts.join(","));
  if (view.currency) query.set("currency", view.currency);
  if (view.range !== "custom" && view.range !== DEFAULT_RANGE) query.set("range", view.range);
  if (view.range === "custom" && view.from) query.set("from", view.from);
  if (view.range === "custom" && view.to) query.set("to", view.to);
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** Returns the address with the view of the query string carried over; its own keys win. */
export function carryView(href: string, search: string): string {
  const [, path, query, hash] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(href) ?? ["", href];
  const own = new URLSearchParams(query);
  const carried = new URLSearchParams(formatView(parseView(search)));
  for (const [key, value] of own) carried.set(key, value);
  const text = carried.toString().replaceAll("%2C", ",");
  return `${path}${text && `?${text}`}${hash ?? ""}`;
}

/** Returns the view as the ledger's functions and the API are asked. */
export function toQuery({accounts, currency, range, from, to}: ViewState): ViewQuery {
  return {accounts, range, ...(currency && {currency}), ...(from && {from}), ...(to && {to})};
}

type Listener = (view: ViewState) => void;

const listeners = new Set<Listener>();

export function getView(): ViewState {
  return parseView(location.search);
}

/** Changes parts of the view, writes the URL and tells who listens. */
export function setView(patch: Partial<ViewState>): void {
  history.pushState(
    null,
    "",
    `${location.pathname}${formatView({...getView(), ...patch}, location.search)}${location.hash}`
  );
  announce();
}

/** Calls the listener at each change, back and forward included; returns the function that ends it. */
export function subscribeView(listener: Listener): () => void {
  if (!listeners.size) addEventListener("popstate", announce);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce(): void {
  const view = getView();
  for (const listener of listeners) listener(view);
}
