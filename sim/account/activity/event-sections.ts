/** Sections of what happened to the account besides trades: corporate actions, transfers, cash, accruals. */

import {multiply, type Amount} from "../booking/amounts.js";
import {blanks, categoryName, clock, grouped, line, type Cell} from "./csv.js";
import type {DatedRow, Period} from "./period.js";

export function corporateActions(period: Period): string {
  const section = "Corporate Actions";
  const rows = period.rows(section.replace(" ", ""));
  if (!rows.length) return "";
  const figure = (row: DatedRow, name: string): Amount => row.fields[name] as Amount;
  let text = line(
    section,
    "Header",
    "Asset Category",
    "Currency",
    "Report Date",
    "Date/Time",
    "Description",
    "Quantity",
    "Proceeds",
    "Value",
    "Realized P/L",
    "Code"
  );
  for (const [currency, group] of Map.groupBy(rows, ({instrument}) => instrument!.currency)) {
    for (const row of group) {
      const {fields, day, instrument} = row;
      const head = [
        categoryName(instrument!.assetCategory),
        currency,
        day,
        clock(fields["dateTime"] as string)
      ];
      const figures = ["proceeds", "value", "fifoPnlRealized"].map((name) => figure(row, name));
      text += line(
        section,
        "Data",
        ...head,
        fields["description"],
        grouped(figure(row, "quantity")),
        ...figures,
        ""
      );
    }
    const sums = ["proceeds", "value", "fifoPnlRealized"].map((name) =>
      group.reduce((sum, row) => sum + figure(row, name), 0n)
    );
    text += line(section, "Data", "Total", "", "", "", "", "", ...sums, "");
  }
  return text;
}

export function transfers(period: Period): string {
  const section = "Transfers";
  const rows = period.rows(section);
  if (!rows.length) return "";
  const lead = [
    "Asset Category",
    "Currency",
    "Symbol",
    "Date",
    "Type",
    "Direction",
    "Xfer Company",
    "Xfer Account"
  ];
  const columns = ["Qty", "Xfer Price", "Market Value", "Realized P/L", "Cash Amount", "Code"];
  let text = line(section, "Header", ...lead, ...columns);
  const currencyOf = ({instrument, fields}: DatedRow): string =>
    instrument?.currency ?? (fields["currency"] as string);
  for (const [currency, group] of Map.groupBy(rows, currencyOf)) {
    const sums = {positionAmount: 0n, pnlAmount: 0n, cashTransfer: 0n};
    for (const {instrument, fields, day} of group) {
      const {quantity, positionAmount, pnlAmount, cashTransfer} = fields as Record<string, Amount>;
      const category = instrument ? categoryName(instrument.assetCategory) : "Cash";
      const direction = fields["direction"] === "IN" ? "In" : "Out";
      const head = [category, currency, instrument?.symbol ?? "--", day, "Internal", direction, "--"];
      const figures: Cell[] = [grouped(quantity), "--", grouped(positionAmount), pnlAmount, cashTransfer, ""];
      text += line(section, "Data", ...head, fields["account"], ...figures);
      sums.positionAmount += positionAmount;
      sums.pnlAmount += pnlAmount;
      sums.cashTransfer += cashTransfer;
    }
    const figures = [sums.positionAmount, sums.pnlAmount, sums.cashTransfer];
    text += line(section, "Data", "Total", ...blanks(9), ...figures, "");
  }
  return text;
}

/** Sections of cash, with the types that they hold. */
const CASH: readonly {section: string; columns: string[]; types: string[]}[] = [
  {
    section: "Deposits & Withdrawals",
    columns: ["Currency", "Settle Date", "Description", "Amount"],
    types: ["Deposits & Withdrawals"]
  },
  {
    section: "Fees",
    columns: ["Subtitle", "Currency", "Date", "Description", "Amount"],
    types: ["Other Fees"]
  },
  {
    section: "Dividends",
    columns: ["Currency", "Date", "Description", "Amount"],
    types: ["Dividends", "Payment In Lieu Of Dividends"]
  },
  {
    section: "Withholding Tax",
    columns: ["Currency", "Date", "Description", "Amount", "Code"],
    types: ["Withholding Tax"]
  },
  {
    section: "Interest",
    columns: ["Currency", "Date", "Description", "Amount"],
    types: ["Broker Interest Paid", "Broker Interest Received"]
  }
];

/** Deposits, fees, dividends, taxes, interest: by currency, each with its total, then in base. */
export function cashSections(period: Period): string {
  const details = period.rows("CashTransactions").filter(({fields}) => fields["levelOfDetail"] === "DETAIL");
  let text = "";
  for (const {section, columns, types} of CASH) {
    const rows = details.filter(({fields}) => types.includes(fields["type"] as string));
    if (!rows.length) continue;
    const print = (first: string, row: Record<string, Cell>): string =>
      line(section, "Data", ...columns.map((column, i) => (i ? row[column] : (row[column] ?? first))));
    text += line(section, "Header", ...columns);
    let inBase = 0n;
    for (const [currency, group] of Map.groupBy(rows, ({fields}) => fields["currency"] as string)) {
      let sum = 0n;
      let converted = 0n;
      for (const {fields, rate} of group) {
        const Amount = fields["amount"] as Amount;
        sum += Amount;
        converted += multiply(Amount, rate(currency));
        const Date = fields["settleDate"];
        const {description: Description, code: Code} = fields;
        const row = {Currency: currency, Date, "Settle Date": Date, Description, Amount, Code};
        text += print("", {...row, ...(columns[0] === "Subtitle" && {Subtitle: "Other Fees"})});
      }
      inBase += converted;
      text += print("Total", {Amount: sum});
      if (currency !== "USD") text += print("Total in USD", {Amount: converted});
    }
    text += print(`Total ${section} in USD`, {Amount: inBase});
  }
  return text;
}

const ACCRUAL = [
  "Ex Date",
  "Pay Date",
  "Quantity",
  "Tax",
  "Fee",
  "Gross Rate",
  "Gross Amount",
  "Net Amount",
  "Code"
];

export function dividendAccrualChanges(period: Period): string {
  const section = "Change in Dividend Accruals";
  const rows = period.rows("ChangeInDividendAccruals");
  if (!rows.length) return "";
  let text = line(section, "Header", "Asset Category", "Currency", "Symbol", "Date", ...ACCRUAL);
  const start = period.first.start.get("dividendAccruals");
  const end = period.last.end.get("dividendAccruals");
  const blank = blanks(10);
  text += line(section, "Data", "Starting Dividend Accruals in USD", ...blank, start, "");
  for (const [currency, group] of Map.groupBy(rows, ({instrument}) => instrument!.currency)) {
    for (const {instrument, fields} of group) {
      const {assetCategory, symbol} = instrument!;
      const {date, exDate, payDate, quantity, tax, fee, grossRate, grossAmount, netAmount, code} = fields;
      const head: Cell[] = [categoryName(assetCategory), currency, symbol, date, exDate, payDate];
      const figures: Cell[] = [
        grouped(quantity as Amount),
        tax,
        fee,
        grossRate,
        grossAmount,
        netAmount,
        code
      ];
      text += line(section, "Data", ...head, ...figures);
    }
    const sum = (name: string): Amount => group.reduce((all, {fields}) => all + (fields[name] as Amount), 0n);
    text += line(section, "Data", "Total", ...blank.slice(1), sum("grossAmount"), sum("netAmount"), "");
  }
  return text + line(section, "Data", "Ending Dividend Accruals in USD", ...blank, end, "");
}

export function openDividendAccruals({last}: Period): string {
  const section = "Open Dividend Accruals";
  if (!last.accruals.length) return "";
  let text = line(section, "Header", "Asset Category", "Currency", "Symbol", ...ACCRUAL);
  for (const {instrument, exDate, payDate, quantity, tax, grossRate, gross, net} of last.accruals) {
    const head = [
      categoryName(instrument.assetCategory),
      instrument.currency,
      instrument.symbol,
      exDate,
      payDate
    ];
    text += line(section, "Data", ...head, grouped(quantity), tax, 0n, grossRate, gross, net, "");
  }
  return text;
}
