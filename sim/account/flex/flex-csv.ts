/** Flex statements of the demo account in CSV: the rows that its XML has, under the names that CSV gives them. */

/** What a query's delivery configuration may include. */
export interface CsvDelivery {
  /** Rows start with `HEADER` or `DATA` and the section's code. */
  descriptors?: boolean;
  /** `BOS` and `EOS` stand before the code, as in files, or behind it, as in IBKR's guide. */
  codeFirst?: boolean;
}

const CODES: Readonly<Record<string, [code: string, name: string]>> = {
  AccountInformation: ["ACCT", "Account Information"],
  EquitySummaryInBase: ["EQUT", "Net Asset Value (NAV) in Base"],
  ChangeInNAV: ["CNAV", "Change in NAV"],
  FIFOPerformanceSummaryInBase: ["FIFO", "Realized and Unrealized Performance Summary in Base"],
  MTMPerformanceSummaryInBase: ["MTMP", "Mark-to-Market Performance Summary in Base"],
  CashReport: ["CRTT", "Cash Report"],
  StmtFunds: ["STMF", "Statement of Funds"],
  OpenPositions: ["POST", "Open Positions; trade date basis"],
  FxPositions: ["FXPO", "Forex Balances"],
  Trades: ["TRNT", "Trades; trade date basis"],
  CorporateActions: ["CORP", "Corporate Actions"],
  CashTransactions: ["CTRN", "Cash Transactions"],
  InterestAccruals: ["IACC", "Interest Accruals"],
  Transfers: ["TRFR", "Transfers"],
  ChangeInDividendAccruals: ["CDIV", "Change in Dividend Accruals"],
  OpenDividendAccruals: ["ODIV", "Open Dividend Accruals"],
  SecuritiesInfo: ["SECU", "Financial Instrument Information"],
  ConversionRates: ["RATE", "Currency Conversion Rates"]
};

const COLUMNS: Readonly<Record<string, string>> = {
  accountId: "ClientAccountID",
  acctAlias: "AccountAlias",
  currency: "CurrencyPrimary",
  fxRateToBase: "FXRateToBase",
  assetCategory: "AssetClass",
  isin: "ISIN",
  cusip: "CUSIP",
  putCall: "Put/Call",
  buySell: "Buy/Sell",
  openCloseIndicator: "Open/CloseIndicator",
  ibCommission: "IBCommission",
  ibCommissionCurrency: "IBCommissionCurrency",
  ibOrderID: "IBOrderID",
  ibExecID: "IBExecID",
  ibEntity: "IBEntity",
  dateTime: "Date/Time",
  depositsWithdrawals: "Deposits/Withdrawals",
  depositWithdrawals: "Deposit/Withdrawals",
  realizedSTProfit: "RealizedShortTermProfit",
  realizedSTLoss: "RealizedShortTermLoss",
  realizedLTProfit: "RealizedLongTermProfit",
  realizedLTLoss: "RealizedLongTermLoss",
  prevCloseQuantity: "PreviousCloseQuantity",
  prevClosePrice: "PreviousClosePrice",
  transactionMtm: "TransactionMtmPnl",
  priorOpenMtm: "PriorOpenMtmPnl",
  accruedInt: "AccruedInterest"
};
const OF_SECTION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Trades: {cost: "CostBasis", notes: "Notes/Codes"},
  OpenPositions: {position: "Quantity"},
  ConversionRates: {reportDate: "Date/Time"}
};

type Row = ReadonlyMap<string, string>;

/**
 * Yields what the Flex Web Service would deliver for the same query in CSV, with header and trailer records. The last
 * two cells of an end record are the section's rows and, of trades and positions, the sum of their money.
 * @param xml Flex XML as it is written here: a tag a line, its data in attributes
 */
export function* flexCsv(xml: string, delivery: CsvDelivery = {}): Generator<string> {
  const query = attributesOf(/<FlexQueryResponse[^>]*>/.exec(xml)![0]);
  const statements = [...xml.matchAll(/(<FlexStatement [^>]*>)\n([^]*?)<\/FlexStatement>/g)];
  const headings = statements.map(([, tag]) => attributesOf(tag));
  const days = headings.flatMap((one) => [one.get("fromDate")!, one.get("toDate")!]).toSorted();
  const account = headings[0]?.get("accountId") ?? "";
  const name = query.get("queryName") ?? "";
  const generated = headings[0]?.get("whenGenerated") ?? "";
  yield line(["BOF", account, name, "18", days[0] ?? "", days.at(-1) ?? "", generated, "100", "100"]);
  for (const [n, [, , body]] of statements.entries()) {
    const owner = headings[n].get("accountId")!;
    yield line(["BOA", owner, headings[n].get("fromDate")!, headings[n].get("toDate")!]);
    yield sectionsOf(body, delivery);
    yield line(["EOA", owner]);
  }
  yield line(["EOF", account]);
}

function sectionsOf(body: string, delivery: CsvDelivery): string {
  const sections = new Map<string, Row[]>();
  let open = "";
  for (const tag of body.split("\n")) {
    const [, slash, element = "", text = "", end] = /^\s*<(\/?)(\w+)([^>]*?)\s*(\/?)>$/.exec(tag) ?? [];
    if (!element) continue;
    if (slash) open = element === open ? "" : open;
    else if (!open) {
      sections.set(element, text.trim() ? [attributesOf(tag)] : []);
      if (!end) open = element;
    } else if (text.trim()) sections.get(open)!.push(attributesOf(tag));
  }
  return [...sections].map(([container, rows]) => section(container, rows, delivery)).join("");
}

function section(container: string, rows: readonly Row[], delivery: CsvDelivery): string {
  const [code, title] = CODES[container];
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const columns = names.map(
    (name) => OF_SECTION[container]?.[name] ?? COLUMNS[name] ?? name[0].toUpperCase() + name.slice(1)
  );
  const mark = (word: string) => (delivery.codeFirst ? [code, word] : [word, code]);
  const row = (word: string, cells: string[]) => line(delivery.descriptors ? [word, code, ...cells] : cells);
  const summed = container === "Trades" ? "tradeMoney" : container === "OpenPositions" ? "positionValue" : "";
  return (
    line([...mark("BOS"), title]) +
    (rows.length > 0 ? row("HEADER", columns) : "") +
    rows
      .map((one) =>
        row(
          "DATA",
          names.map((name) => one.get(name) ?? "")
        )
      )
      .join("") + // prettier-ignore
    line([...mark("EOS"), String(rows.length), sum(rows, summed)])
  );
}

/** Adds in units of 10^-12: amounts of the demo have no more places. */
function sum(rows: readonly Row[], name: string): string {
  let total = 0n;
  for (const row of rows) {
    const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(row.get(name) ?? "0")!;
    total += BigInt(`${sign}${whole}${fraction.padEnd(12, "0")}`);
  }
  const digits = String(total < 0n ? -total : total).padStart(13, "0");
  return `${total < 0n ? "-" : ""}${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

const UNESCAPED: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"'};

function attributesOf(tag: string): Map<string, string> {
  const values = tag.matchAll(/ (\w+)="([^"]*)"/g);
  return new Map(
    Array.from(values, ([, name, text]) => [name, text.replace(/&(amp|lt|gt|quot);/g, (_, is: string) => UNESCAPED[is])]) // prettier-ignore
  );
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
}
