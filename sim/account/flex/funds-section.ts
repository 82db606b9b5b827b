/** The statement of funds: each movement of cash in base currency, with the balance after it. */

import type {Row} from "../booking/chart.js";
import type {AccountDay} from "../booking/account-day.js";
import {exact, type Amount} from "../booking/amounts.js";
import {attributes, container, leaf, type Value} from "./element.js";
import {identity} from "./identity.js";
import type {Rate} from "./nav-sections.js";

interface Movement {
  code: string;
  description: string;
  amount: Amount;
  row?: Row;
}

export function statementOfFunds({account, day, cash, rows}: AccountDay, rate: Rate): string {
  const [{starting, ending, translation, lines}] = cash;
  let balance = starting;
  const line = (fields: Record<string, Value>, row?: Row): string =>
    leaf(
      "StatementOfFundsLine",
      attributes({currency: "USD", levelOfDetail: "BaseCurrency", reportDate: day}) +
        (row?.instrument ? identity(row.instrument, "brief") : "") +
        attributes({...fields, balance})
    );
  let text = line({activityDescription: "Starting Balance"});
  const movements = rows.flatMap((row) => movementOf(row, rate));
  const settled = (lines.cashSettlingMtm ?? 0n) + (lines.realizedVm ?? 0n);
  movements.push(
    {code: "MTM", description: "Cash Settling MTM", amount: settled},
    {code: "ADJ", description: "FX Translations P&L", amount: translation}
  );
  for (const {code, description, amount, row} of movements) {
    if (amount === 0n) continue;
    balance += amount;
    const side = amount < 0n ? {debit: amount} : {credit: amount};
    const {tradeID, transactionID} = row?.fields ?? {};
    const ids = {tradeID, transactionID};
    text += line({activityCode: code, activityDescription: description, ...ids, ...side, amount}, row);
  }
  if (balance !== ending)
    throw new RangeError(`funds of ${account} on ${day} end at ${balance}, not ${ending}`);
  return container("StmtFunds", text + line({activityDescription: "Ending Balance"}));
}

/** IBKR's activity codes by type of cash transaction. */
const CODES: Record<string, string> = {
  Dividends: "DIV",
  "Payment In Lieu Of Dividends": "PIL",
  "Withholding Tax": "FRTAX",
  "Broker Interest Paid": "DINT",
  "Broker Interest Received": "CINT",
  "Other Fees": "OFEE"
};

/** What a row moves, in base at the day's rate; nothing for orders, lots and summaries. */
function movementOf(row: Row, rate: Rate): Movement[] {
  const {element, instrument, fields} = row;
  const currency = instrument?.currency ?? (fields["currency"] as string);
  const local = (key: string): Amount => fields[key] as Amount; // rows hold amounts under these names
  const of = (code: string, description: string, amount: Amount, unit = currency): Movement => ({
    code,
    description,
    amount: exact(amount, rate(unit)),
    row
  });
  switch (element) {
    case "Trade": {
      if (instrument!.assetCategory === "CASH") {
        const [base] = instrument!.symbol.split(".");
        const what = `Forex ${instrument!.symbol}`;
        return [
          of("FOREX", what, local("quantity"), base),
          of("FOREX", what, local("proceeds")),
          of("FOREX", `${what} commission`, local("ibCommission"), "USD")
        ];
      }
      const code = local("quantity") < 0n ? "SELL" : "BUY";
      return [of(code, `${fields["buySell"] as string} ${instrument!.description}`, local("netCash"))];
    }
    case "CashTransaction": {
      if (fields["levelOfDetail"] !== "DETAIL") return [];
      const amount = local("amount");
      const code = CODES[fields["type"] as string] ?? (amount < 0n ? "WITH" : "DEP");
      return [of(code, fields["description"] as string, amount)];
    }
    case "CorporateAction":
      return [of("CORP", fields["description"] as string, local("proceeds"))];
    case "Transfer":
      return [of("TRAN", "Internal cash transfer", local("cashTransfer"))];
    default:
      return [];
  }
}
