/** Sections about single instruments: what is held, what it earned, what it is. */

import {exact, share, whole, type Amount} from "../booking/amounts.js";
import type {PositionLine} from "../booking/account-day.js";
import type {Instrument} from "../market/instruments.js";
import {categoryName, clock, grouped, line, type Cell} from "./csv.js";
import type {Earned, Period} from "./period.js";

export function openPositions({last}: Period): string {
  const section = "Open Positions";
  const groups = Map.groupBy(
    last.positions,
    ({instrument}) => `${instrument.assetCategory} ${instrument.currency}`
  );
  let text = "";
  for (const positions of groups.values()) {
    text += line(
      section,
      "Header",
      "DataDiscriminator",
      "Asset Category",
      "Currency",
      "Symbol",
      "Open",
      "Quantity",
      "Mult",
      "Cost Price",
      "Cost Basis",
      "Close Price",
      "Value",
      "Unrealized P/L",
      "Code"
    );
    for (const position of positions) text += positionLines(section, position);
    const {assetCategory, currency} = positions[0].instrument;
    const cost = positions.reduce((sum, position) => sum + position.cost, 0n);
    const worth = positions.reduce((sum, position) => sum + position.worth, 0n);
    const sums = [cost, "", worth, worth - cost, ""];
    text += line(section, "Total", "", categoryName(assetCategory), currency, "", "", "", "", "", ...sums);
  }
  return text;
}

function positionLines(
  section: string,
  {instrument, quantity, mark, worth, cost, lots}: PositionLine
): string {
  const {assetCategory, currency, symbol, multiplier} = instrument;
  const row = (kind: string, open: string, held: Amount, mult: Cell, paid: Amount, value: Amount): string => {
    const price = share(whole(1), paid, exact(held, multiplier), 9);
    const head = [kind, categoryName(assetCategory), currency, symbol, open, grouped(held), mult];
    return line(section, "Data", ...head, price, paid, mark, value, value - paid, "");
  };
  return (
    row("Summary", "-", quantity, multiplier, cost, worth) +
    lots
      .map((lot) =>
        row(
          "Lot",
          clock(lot.opened),
          lot.quantity,
          "",
          lot.cost,
          exact(exact(lot.quantity, mark), multiplier)
        )
      )
      .join("")
  );
}

/** Cash in other currencies, at average cost. */
export function forexBalances(period: Period): string {
  const section = "Forex Balances";
  const {last} = period;
  const rate = period.rate(last);
  const sums = {cost: 0n, value: 0n};
  let rows = "";
  for (const {currency, ending} of last.cash) {
    if (currency === "BASE_SUMMARY" || currency === "USD" || ending === 0n) continue;
    const value = exact(ending, rate(currency));
    const cost = last.fxCost.get(currency) ?? value;
    sums.cost -= cost;
    sums.value += value;
    const head: Cell[] = ["Forex", "USD", currency, grouped(ending), share(whole(1), cost, ending, 9)];
    rows += line(section, "Data", ...head, -cost, rate(currency), value, value - cost, "");
  }
  if (!rows) return "";
  return (
    line(
      section,
      "Header",
      "Asset Category",
      "Currency",
      "Description",
      "Quantity",
      "Cost Price",
      "Cost Basis in USD",
      "Close Price",
      "Value in USD",
      "Unrealized P/L in USD",
      "Code"
    ) +
    rows +
    line(section, "Data", "Total", "", "", "", "", sums.cost, "", sums.value, sums.value + sums.cost, "")
  );
}

const MTM = ["priorOpenMtm", "transactionMtm", "commissions", "other"] as const;

export function markToMarket({performance, forex, parts}: Period): string {
  const section = "Mark-to-Market Performance Summary";
  const all = [0n, 0n, 0n, 0n, 0n];
  const row = (head: Cell[], sums: readonly Amount[]): string => line(section, "Data", ...head, ...sums, "");
  const entries: [string, string, Earned][] = [
    ...[...performance].map(([{assetCategory, symbol}, earned]): [string, string, Earned] => [
      categoryName(assetCategory),
      symbol,
      earned
    ]),
    ...[...forex].map(([currency, earned]): [string, string, Earned] => ["Forex", currency, earned])
  ];
  let text = line(
    section,
    "Header",
    "Asset Category",
    "Symbol",
    "Prior Quantity",
    "Current Quantity",
    "Prior Price",
    "Current Price",
    ...["Position", "Transaction", "Commissions", "Other", "Total"].map(
      (name) => `Mark-to-Market P/L ${name}`
    ),
    "Code"
  );
  const blank = ["", "", "", "", ""];
  for (const [category, rows] of Map.groupBy(entries, ([name]) => name)) {
    const sum = [0n, 0n, 0n, 0n, 0n];
    for (const [, symbol, earned] of rows) {
      const parts4 = MTM.map((name) => earned[name]);
      const sums = [...parts4, parts4.reduce((a, b) => a + b, 0n)];
      sums.forEach((value, i) => {
        sum[i] += value;
        all[i] += value;
      });
      const {previousQuantity, quantity, previousPrice, price} = earned;
      text += row(
        [category, symbol, grouped(previousQuantity), grouped(quantity), previousPrice, price],
        sums
      );
    }
    text += row(["Total", ...blank], sum);
  }
  text += row(["Total (All Assets)", ...blank], all);
  const outside: [string, Amount][] = [
    ["Broker Interest Paid and Received", parts.interest],
    ["Other Fees", parts.otherFees]
  ];
  for (const [name, value] of outside) {
    if (!value) continue;
    text += row([name, ...blank], [0n, 0n, 0n, value, value]);
    all[3] += value;
    all[4] += value;
  }
  return text + row(["Total P/L for Statement Period", ...blank], all);
}

export function realizedAndUnrealized(period: Period): string {
  const section = "Realized & Unrealized Performance Summary";
  const held = new Map(period.last.positions.map((position) => [position.instrument.conid, position]));
  const rate = period.rate(period.last);
  const terms = ["S/T Profit", "S/T Loss", "L/T Profit", "L/T Loss"];
  let text = line(
    section,
    "Header",
    "Asset Category",
    "Symbol",
    "Cost Adj.",
    ...terms.map((term) => `Realized ${term}`),
    "Realized Total",
    ...terms.map((term) => `Unrealized ${term}`),
    "Unrealized Total",
    "Total",
    "Code"
  );
  const rows = [...period.performance].map(([instrument, {realizedShortTerm, realizedLongTerm}]) => {
    const position = held.get(instrument.conid);
    const unrealized = position ? exact(position.worth - position.cost, rate(instrument.currency)) : 0n;
    const realized = realizedShortTerm + realizedLongTerm;
    const figures = [
      0n,
      gain(realizedShortTerm),
      -gain(-realizedShortTerm),
      gain(realizedLongTerm),
      -gain(-realizedLongTerm),
      realized,
      gain(unrealized),
      -gain(-unrealized),
      0n,
      0n,
      unrealized,
      realized + unrealized
    ];
    return {category: categoryName(instrument.assetCategory), symbol: instrument.symbol, figures};
  });
  const add = (group: typeof rows): Amount[] =>
    group.reduce(
      (sums, {figures}) => sums.map((sum, i) => sum + figures[i]),
      Array.from({length: 12}, () => 0n)
    );
  for (const [category, group] of Map.groupBy(rows, (row) => row.category)) {
    for (const {symbol, figures} of group) text += line(section, "Data", category, symbol, ...figures, "");
    text += line(section, "Data", "Total", "", ...add(group), "");
  }
  return text + line(section, "Data", "Total (All Assets)", "", ...add(rows), "");
}

const gain = (value: Amount): Amount => (value > 0n ? value : 0n);

/** Every instrument that the statement names; one that was renamed goes by both its names. */
export function instrumentInformation(period: Period): string {
  const section = "Financial Instrument Information";
  const known = new Map<string, {instrument: Instrument; symbols: Set<string>}>();
  const see = (instrument: Instrument | undefined): void => {
    if (!instrument || instrument.assetCategory === "CASH") return;
    const entry = known.get(instrument.conid) ?? {instrument, symbols: new Set()};
    entry.symbols.add(instrument.symbol);
    known.set(instrument.conid, entry);
  };
  for (const {performance, positions, accruals, rows} of period.days) {
    for (const {instrument} of [...performance, ...positions, ...accruals, ...rows]) see(instrument);
  }
  let text = "";
  for (const [category, entries] of Map.groupBy(known.values(), ({instrument}) => instrument.assetCategory)) {
    const dated = category === "OPT" || category === "FUT" || category === "BILL";
    const columns = dated ? ["Expiry", "Delivery Month", "Type", "Strike"] : ["Type"];
    const lead = [
      "Symbol",
      "Description",
      "Conid",
      "Security ID",
      "Underlying",
      "Listing Exch",
      "Multiplier"
    ];
    text += line(section, "Header", "Asset Category", ...lead, ...columns, "Code");
    for (const {instrument, symbols} of entries) {
      const {description, conid, isin, underlying, listingExchange, multiplier} = instrument;
      const {expiry, subCategory, strike} = instrument;
      const head = [categoryName(category), [...symbols].join(", "), description, conid, isin];
      const market = [underlying?.symbol, listingExchange, multiplier];
      const terms = dated ? [expiry, "", subCategory, strike] : [subCategory];
      text += line(section, "Data", ...head, ...market, ...terms, "");
    }
  }
  return text;
}
