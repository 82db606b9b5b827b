import {closeSync, openSync, writeSync} from "node:fs";

const TRADE =
  `accountId acctAlias model currency fxRateToBase assetCategory subCategory symbol description conid
  securityID securityIDType cusip isin figi listingExchange underlyingConid underlyingSymbol underlyingSecurityID
  underlyingListingExchange issuer issuerCountryCode tradeID multiplier relatedTradeID strike reportDate expiry dateTime
  putCall tradeDate principalAdjustFactor settleDateTarget transactionType exchange quantity tradePrice tradeMoney
  proceeds taxes ibCommission ibCommissionCurrency netCash closePrice openCloseIndicator notes cost fifoPnlRealized
  mtmPnl origTradePrice origTradeDate origTradeID origOrderID origTransactionID buySell clearingFirmID ibOrderID
  transactionID ibExecID relatedTransactionID rtn brokerageOrderID orderReference volatilityOrderLink exchOrderId
  extExecID orderTime openDateTime holdingPeriodDateTime whenRealized whenReopened levelOfDetail changeInPrice
  changeInQuantity orderType traderID isAPIOrder accruedInt initialInvestment`.split(/\s+/);
const CASH =
  `accountId acctAlias model currency fxRateToBase assetCategory subCategory symbol description conid securityID
  securityIDType cusip isin figi listingExchange underlyingConid underlyingSymbol issuer multiplier strike expiry putCall
  dateTime settleDate amount type tradeID code transactionID reportDate clientReference actionID levelOfDetail`.split(
    /\s+/
  );
const POSITION =
  `accountId acctAlias model currency fxRateToBase assetCategory subCategory symbol description conid
  securityID securityIDType cusip isin figi listingExchange issuer multiplier strike expiry putCall reportDate position
  markPrice positionValue openPrice costBasisPrice costBasisMoney percentOfNAV fifoPnlUnrealized side levelOfDetail
  openDateTime holdingPeriodDateTime code originatingOrderID originatingTransactionID accruedInt`.split(
    /\s+/
  );

/** Writes a statement of about so many megabytes, piece by piece: invented rows with the attributes that IBKR prints. */
export function writeSample(file: string, megabytes: number): void {
  const out = openSync(file, "w");
  const random = mulberry(20250101);
  let written = 0;
  let held: string[] = [];
  const put = (text: string) => {
    written += text.length;
    if (held.push(text) === 512) flush();
  };
  const flush = () => {
    writeSync(out, held.join(""));
    held = [];
  };
  const fill = (container: string, share: number, row: () => string) => {
    const end = written + share * megabytes * 1e6;
    put(`<${container}>\n`);
    while (written < end) put(row());
    put(`</${container}>\n`);
  };
  put('<FlexQueryResponse queryName="bench" type="AF">\n<FlexStatements count="1">\n');
  put(
    '<FlexStatement accountId="U7654321" fromDate="20240101" toDate="20241231" period="" whenGenerated="20250102;063000">\n'
  );
  put(
    '<AccountInformation accountId="U7654321" acctAlias="" currency="USD" name="" accountType="Individual" />\n'
  );
  fill("Trades", 0.55, () => element("Trade", TRADE, tradeValues(random)));
  fill("CashTransactions", 0.15, () => element("CashTransaction", CASH, cashValues(random)));
  fill("OpenPositions", 0.15, () => element("OpenPosition", POSITION, positionValues(random)));
  fill("ConversionRates", 0.15, () => element("ConversionRate", ["reportDate", "fromCurrency", "toCurrency", "rate"], rateValues(random))); // prettier-ignore
  put("</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n");
  flush();
  closeSync(out);
}

type Random = () => number;
type Values = Readonly<Record<string, string>>;

function element(name: string, attributes: readonly string[], values: Values): string {
  return `<${name} ${attributes.map((attribute) => `${attribute}="${values[attribute] ?? ""}"`).join(" ")} />\n`;
}

const whole = (random: Random, below: number) => Math.floor(random() * below);
const money = (random: Random) => ((random() - 0.5) * 20_000).toFixed(2);
const fine = (random: Random) => ((random() - 0.5) * 200).toFixed(6);
const pick = (random: Random, items: readonly string[]) => items[whole(random, items.length)];

function day(random: Random): string {
  return `2024${String(1 + whole(random, 12)).padStart(2, "0")}${String(1 + whole(random, 28)).padStart(2, "0")}`;
}

function time(random: Random): string {
  return `${String(9 + whole(random, 7)).padStart(2, "0")}${String(whole(random, 60)).padStart(2, "0")}${String(whole(random, 60)).padStart(2, "0")}`;
}

function instrument(random: Random): Values {
  const number = whole(random, 400);
  return {
    accountId: "U7654321",
    currency: pick(random, ["USD", "USD", "EUR", "GBP"]),
    fxRateToBase: (0.8 + random() / 2).toFixed(5),
    assetCategory: pick(random, ["STK", "STK", "OPT", "FUT"]),
    symbol: `SYM${number}`,
    description: `EXAMPLE &amp; COMPANY ${number} INC`,
    conid: String(100_000 + number),
    securityID: `XX${String(number).padStart(10, "0")}`,
    securityIDType: "ISIN",
    isin: `XX${String(number).padStart(10, "0")}`,
    listingExchange: pick(random, ["NYSE", "NASDAQ", "IBIS", "LSE"]),
    multiplier: "1"
  };
}

function tradeValues(random: Random): Values {
  const date = day(random);
  const at = `${date};${time(random)}`;
  const amount = money(random);
  return {
    ...instrument(random),
    tradeID: String(1e9 + whole(random, 1e9)),
    reportDate: date,
    dateTime: at,
    tradeDate: date,
    settleDateTarget: day(random),
    transactionType: "ExchTrade",
    exchange: pick(random, ["ARCA", "ISLAND", "IBKRATS"]),
    quantity: String(whole(random, 1000) - 500),
    tradePrice: (random() * 400).toFixed(4),
    tradeMoney: amount,
    proceeds: money(random),
    taxes: "0",
    ibCommission: fine(random),
    ibCommissionCurrency: "USD",
    netCash: money(random),
    closePrice: (random() * 400).toFixed(2),
    openCloseIndicator: pick(random, ["O", "C"]),
    notes: pick(random, ["", "P", "A;C"]),
    cost: fine(random),
    fifoPnlRealized: fine(random),
    mtmPnl: money(random),
    origTradePrice: "0",
    buySell: pick(random, ["BUY", "SELL"]),
    ibOrderID: String(1e9 + whole(random, 1e9)),
    transactionID: String(1e10 + whole(random, 1e9)),
    ibExecID: `0000${whole(random, 1e9).toString(16)}.${whole(random, 1e9).toString(16)}.01.01`,
    orderTime: at,
    levelOfDetail: "EXECUTION",
    changeInPrice: "0",
    changeInQuantity: "0",
    orderType: "LMT",
    isAPIOrder: "N",
    accruedInt: "0"
  };
}

function cashValues(random: Random): Values {
  const date = day(random);
  return {
    ...instrument(random),
    dateTime: `${date};202000`,
    settleDate: date,
    amount: money(random),
    type: pick(random, ["Dividends", "Withholding Tax", "Broker Interest Received", "Deposits/Withdrawals"]),
    transactionID: String(1e10 + whole(random, 1e9)),
    reportDate: date,
    levelOfDetail: "DETAIL"
  };
}

function positionValues(random: Random): Values {
  return {
    ...instrument(random),
    reportDate: day(random),
    position: String(whole(random, 1000)),
    markPrice: (random() * 400).toFixed(4),
    positionValue: money(random),
    openPrice: fine(random),
    costBasisPrice: fine(random),
    costBasisMoney: fine(random),
    percentOfNAV: (random() * 5).toFixed(2),
    fifoPnlUnrealized: fine(random),
    side: "Long",
    levelOfDetail: "SUMMARY"
  };
}

function rateValues(random: Random): Values {
  return {
    reportDate: day(random),
    fromCurrency: pick(random, ["EUR", "GBP", "JPY", "CHF", "XAF"]),
    toCurrency: "USD",
    rate: random() < 0.1 ? "-1" : (random() * 2).toFixed(5)
  };
}

/** A small seeded generator, so that every run reads the same file. */
function mulberry(seed: number): Random {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
