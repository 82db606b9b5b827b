import {roundAmount, UNIT, type Amount, absolute} from "../money/amount.js";
import {accountNavs, valueDays} from "./account-nav.js";
import {bridgesOf, type Bridge} from "./bridges.js";
import {bookedFlows, type Flow, type FlowKind} from "./flows.js";
import {flowKindOf} from "./nav-parts.js";
import {oncePerLedger} from "./once-per-ledger.js";
import {lastAtOrBefore, lastBefore} from "./sorted-days.js";

/** What crossed one account's border. */
export interface AccountFlows {
  /** Oldest first. */
  flows: Flow[];
  /** Periods in which money flowed on days that nothing tells. */
  undated: {from: string; to: string; reason: string}[];
  gaps: FlowGap[];
}

/** A period whose flows by row are not those of its ChangeInNAV. */
export interface FlowGap {
  bridge: Bridge;
  /** In base: deposits and withdrawals, or transfers, by row and as ChangeInNAV says. */
  booked: Amount;
  said: Amount;
}

/**
 * Returns each account's flows: by row, made whole by what its ChangeInNAV says. What that has beyond the rows (card
 * payments, grants, a section that was not ticked) is a flow of the period's last day where the account has no other
 * value in the period, or where it is below 1 % of the value; else its day is unknown.
 */
export const accountFlows = oncePerLedger((ledger): ReadonlyMap<string, AccountFlows> => {
  const booked = Map.groupBy(bookedFlows(ledger), ({account}) => account);
  const accounts = new Set([...booked.keys(), ...bridgesOf(ledger).keys()]);
  const settled = new Map(
    [...accounts].map((account) => {
      const settler = new Settler(booked.get(account) ?? []);
      const nav = accountNavs(ledger).get(account);
      for (const bridge of shortestFirst(bridgesOf(ledger).get(account) ?? [])) {
        settler.settle(bridge, !nav || valueDays(nav, bridge.from, bridge.to) <= 1);
      }
      return [account, settler];
    })
  );
  nameOthers([...settled.values()]);
  return settled;
});

/** A transfer that has no row on this side is one with the account that names it on that day, if there is only one. */
function nameOthers(settlers: readonly Settler[]) {
  const transfers = settlers.flatMap(({flows}) => flows).filter(({kind}) => kind === "transfer");
  const nameless = settlers.flatMap(({said}) => said).filter(({counterparty}) => counterparty === null);
  for (const flow of nameless.filter(({kind}) => kind === "transfer")) {
    const naming = transfers.filter(
      ({day, counterparty}) => day === flow.day && counterparty === flow.account
    );
    const [other] = new Set(naming.map(({account}) => account));
    if (other !== undefined && naming.every(({account}) => account === other)) flow.counterparty = other;
  }
}

class Settler implements AccountFlows {
  flows: Flow[];
  /** Of the flows, those that have no row. */
  readonly said: Flow[] = [];
  undated: AccountFlows["undated"] = [];
  gaps: FlowGap[] = [];
  #days: string[];

  constructor(flows: Flow[]) {
    this.flows = flows;
    this.#days = flows.map(({day}) => day);
  }

  /** @param single whether the period has one value only, so that every flow in it belongs to that day */
  settle(bridge: Bridge, single: boolean) {
    const said = saidFlows(bridge);
    const inside = this.flows.slice(
      lastBefore(this.#days, bridge.from) + 1,
      lastAtOrBefore(this.#days, bridge.to) + 1
    );
    if (!inside.length && !said.size) return;
    for (const kind of ["deposit", "transfer", "other"] as const) {
      const own = inside.filter((flow) => flow.kind === kind);
      this.#settleKind(kind, bridge, said.get(kind) ?? 0n, own, single);
    }
  }

  #settleKind(kind: FlowKind, bridge: Bridge, said: Amount, flows: readonly Flow[], single: boolean) {
    const unknown = flows.filter(({amount}) => amount === null);
    const [first] = unknown;
    if (single && unknown.every(({counterparty}) => counterparty === first.counterparty)) {
      const rest = said - sum(flows);
      for (const flow of unknown) flow.amount = flow === first ? rest : 0n;
    }
    if (unknown.length) return;
    const allowed = tolerance(kind, flows);
    const turned = flows.filter((flow) => flow.turned);
    if (turned.length && absolute(said - sum(flows) + 2n * sum(turned)) <= allowed + CENT) {
      for (const flow of turned) flow.amount = -(flow.amount as Amount); // none of them is unknown
    }
    const booked = sum(flows);
    const missing = said - booked;
    if (isCent(missing)) return;
    const beyond = absolute(missing) > allowed;
    if (beyond && kind !== "other") this.gaps.push({bridge, booked, said});
    if (single || isSmall(missing, bridge)) this.#add(kind, bridge, missing, flows);
    else if (beyond) this.undated.push(undated(bridge));
  }

  /** Books on the period's last day what the rows do not say; between accounts where they name one other. */
  #add(kind: FlowKind, {account, to, rows}: Bridge, amount: Amount, flows: readonly Flow[]) {
    const others = new Set(flows.map(({counterparty}) => counterparty));
    const [other = null] = others;
    const at = lastAtOrBefore(this.#days, to) + 1;
    const counterparty = others.size === 1 ? other : null;
    const flow = {account, day: to, kind, amount, counterparty, id: rows[0]};
    this.said.push(flow);
    this.flows = this.flows.toSpliced(at, 0, flow);
    this.#days = this.#days.toSpliced(at, 0, to);
  }
}

const CENT = UNIT / 100n;

function shortestFirst(bridges: readonly Bridge[]): Bridge[] {
  return bridges.toSorted((a, b) =>
    a.from === b.from ? (a.to < b.to ? -1 : a.to > b.to ? 1 : 0) : a.from > b.from ? -1 : 1
  );
}

/** What IBKR says flowed, by how it is booked. */
function saidFlows({parts}: Bridge): Map<FlowKind, Amount> {
  const said = new Map<FlowKind, Amount>();
  for (const [name, amount] of parts) {
    const kind = flowKindOf(name);
    if (kind) said.set(kind, (said.get(kind) ?? 0n) + amount);
  }
  return said;
}

/** What rates printed to four decimals can make, or what accruals add to a transfer, which has no row of them. */
function tolerance(kind: FlowKind, flows: readonly Flow[]): Amount {
  const volume = flows.reduce((total, {amount}) => total + absolute(amount ?? 0n), 0n);
  return volume / (kind === "transfer" ? 100n : 10_000n);
}

/** Whether a flow is below 1 % of the value, so that its day matters little. */
function isSmall(amount: Amount, {start}: Bridge): boolean {
  return start !== null && absolute(amount) * 100n < start;
}

function undated({account, from, to}: Bridge): AccountFlows["undated"][number] {
  return {
    from,
    to,
    reason: `the flows of ${account} between ${from} and ${to} are not all booked with their day`
  };
}

/** Whether an amount is nothing at the second decimal. */
function isCent(amount: Amount): boolean {
  return roundAmount(amount, 2) === 0n;
}

function sum(flows: readonly Flow[]): Amount {
  return flows.reduce((total, {amount}) => total + (amount ?? 0n), 0n);
}
