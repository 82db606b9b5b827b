import {words} from "../flex-attributes.js";
import {SECTIONS as KNOWN} from "../flex-sections.js";

/** A section of a Flex query as XML calls it: its container, and the element that each of its rows is. */
export interface FlexSection {
  container: string;
  element: string;
  /** Elements that XML tells apart by name, and CSV by the level of detail. */
  levels?: Readonly<Record<string, string>>;
}

const CONTAINERS: Readonly<Record<string, string>> = {
  AccountInformation: "AccountInformation",
  EquitySummaryInBase: "EquitySummaryByReportDateInBase",
  ChangeInNAV: "ChangeInNAV",
  CashReport: "CashReportCurrency",
  MTMPerformanceSummaryInBase: "MTMPerformanceSummaryUnderlying",
  FIFOPerformanceSummaryInBase: "FIFOPerformanceSummaryUnderlying",
  MTDYTDPerformanceSummary: "MTDYTDPerformanceSummaryUnderlying",
  StmtFunds: "StatementOfFundsLine",
  ChangeInPositionValues: "ChangeInPositionValue",
  OpenPositions: "OpenPosition",
  NetStockPositionSummary: "NetStockPosition",
  FxPositions: "FxLot",
  Trades: "Trade",
  TradeConfirms: "TradeConfirm",
  TransactionTaxes: "TransactionTax",
  OptionEAE: "OptionEAE",
  PendingExcercises: "PendingExcercise",
  TradeTransfers: "TradeTransfer",
  FxTransactions: "FxTransaction",
  UnsettledTransfers: "UnsettledTransfer",
  UnbundledCommissionDetails: "UnbundledCommissionDetail",
  PriorPeriodPositions: "PriorPeriodPosition",
  CorporateActions: "CorporateAction",
  ClientFees: "ClientFee",
  ClientFeesDetail: "ClientFeesDetail",
  DebitCardActivities: "DebitCardActivity",
  CashTransactions: "CashTransaction",
  SalesTaxes: "SalesTax",
  CFDCharges: "CFDCharge",
  InterestAccruals: "InterestAccrualsCurrency",
  TierInterestDetails: "TierInterestDetail",
  HardToBorrowDetails: "HardToBorrowDetail",
  HardToBorrowMarkupDetails: "HardToBorrowMarkupDetail",
  SLBActivities: "SLBActivity",
  SLBFees: "SLBFee",
  SLBOpenContracts: "SLBOpenContract",
  Transfers: "Transfer",
  ChangeInDividendAccruals: "ChangeInDividendAccrual",
  OpenDividendAccruals: "OpenDividendAccrual",
  StockGrantActivities: "StockGrantActivity",
  SecuritiesInfo: "SecurityInfo",
  ConversionRates: "ConversionRate"
};

const SUMMARIES = {ORDER: "Order", SYMBOL_SUMMARY: "SymbolSummary", ASSET_SUMMARY: "AssetSummary"};
const LEVELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Trades: {...SUMMARIES, CLOSED_LOT: "Lot", WASH_SALE: "WashSale"},
  TradeConfirms: SUMMARIES,
  Transfers: {LOT: "TransferLot"}
};

/** Sections whose rows nobody knows are there by their name: their rows are called as they are. */
const SECTIONS = new Map<string, FlexSection>(
  [...KNOWN, ...Object.keys(CONTAINERS)].map((container) => [
    container,
    {
      container,
      element: CONTAINERS[container] ?? container,
      ...(LEVELS[container] && {levels: LEVELS[container]})
    }
  ])
);

/** Codes of reference/ibkr.md 2.2, and `CORP CPOV IACC TRFR UNBC` as seen in public files. */
const CODES: Readonly<Record<string, string>> = {
  ACCT: "AccountInformation",
  CNAV: "ChangeInNAV",
  CORP: "CorporateActions",
  CPOV: "ChangeInPositionValues",
  CRTT: "CashReport",
  CTRN: "CashTransactions",
  EQUT: "EquitySummaryInBase",
  FIFO: "FIFOPerformanceSummaryInBase",
  IACC: "InterestAccruals",
  MTMP: "MTMPerformanceSummaryInBase",
  MYTD: "MTDYTDPerformanceSummary",
  NETP: "NetStockPositionSummary",
  POST: "OpenPositions",
  PPPO: "PriorPeriodPositions",
  RATE: "ConversionRates",
  SECU: "SecuritiesInfo",
  TRFR: "Transfers",
  TRNT: "Trades",
  TRTX: "TransactionTaxes",
  UNBC: "UnbundledCommissionDetails"
};

/** Names of sections, by their letters, where the container is called otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  netassetvalueinbase: "EquitySummaryInBase",
  netassetvaluenavinbase: "EquitySummaryInBase",
  marktomarketperformancesummaryinbase: "MTMPerformanceSummaryInBase",
  realizedandunrealizedperformancesummaryinbase: "FIFOPerformanceSummaryInBase",
  monthyeartodateperformancesummaryinbase: "MTDYTDPerformanceSummary",
  statementoffunds: "StmtFunds",
  tradeconfirmations: "TradeConfirms",
  optionexercisesassignmentsandexpirations: "OptionEAE",
  forexbalances: "FxPositions",
  financialinstrumentinformation: "SecuritiesInfo",
  currencyconversionrates: "ConversionRates"
};
for (const container of SECTIONS.keys()) (NAMES as Record<string, string>)[letters(container)] ??= container;

/** Attributes that only rows of this container have together; the first that fits counts. */
const SIGNS: readonly [container: string, attributes: string][] = [
  ["ConversionRates", "fromCurrency toCurrency"],
  ["ChangeInNAV", "startingValue endingValue"],
  ["CashReport", "startingCash"],
  ["CashReport", "endingCash"],
  ["InterestAccruals", "interestAccrued"],
  ["InterestAccruals", "startingAccrualBalance"],
  ["MTMPerformanceSummaryInBase", "prevCloseQuantity"],
  ["MTMPerformanceSummaryInBase", "transactionMtm"],
  ["FIFOPerformanceSummaryInBase", "totalRealizedPnl"],
  ["FIFOPerformanceSummaryInBase", "totalFifoPnl"],
  ["MTDYTDPerformanceSummary", "mtmMTD"],
  ["MTDYTDPerformanceSummary", "realizedPnlMTD"],
  ["StmtFunds", "activityCode"],
  ["StmtFunds", "activityDescription balance"],
  ["ChangeInPositionValues", "priorPeriodValue"],
  ["ChangeInPositionValues", "endOfPeriodValue"],
  ["OptionEAE", "commisionsAndTax"],
  ["OpenPositions", "positionValue"],
  ["OpenPositions", "costBasisMoney"],
  ["OpenPositions", "markPrice position"],
  ["NetStockPositionSummary", "netShares"],
  ["FxTransactions", "fxCurrency realizedPL"],
  ["FxPositions", "fxCurrency"],
  ["PriorPeriodPositions", "priorMtmPnl"],
  ["UnbundledCommissionDetails", "brokerExecutionCharge orderReference"],
  ["TradeTransfers", "brokerName"],
  ["TradeConfirms", "execID price"],
  ["TradeConfirms", "orderID commission"],
  ["Trades", "tradePrice transactionType"],
  ["Trades", "tradePrice ibCommission"],
  ["Trades", "tradePrice tradeDate"],
  ["Trades", "ibExecID"],
  ["CorporateActions", "actionDescription"],
  ["CorporateActions", "type amount value"],
  ["TransactionTaxes", "taxDescription"],
  ["SalesTaxes", "taxableAmount"],
  ["ClientFees", "feeType"],
  ["TierInterestDetails", "interestType"],
  ["HardToBorrowDetails", "borrowFeeRate"],
  ["SLBActivities", "markPriorPrice"],
  ["SLBFees", "netLendFee"],
  ["DebitCardActivities", "merchantNameLocation"],
  ["StockGrantActivities", "awardDate vestingDate"],
  ["Transfers", "direction positionAmount"],
  ["Transfers", "direction cashTransfer"],
  ["ChangeInDividendAccruals", "grossAmount payDate date"],
  ["OpenDividendAccruals", "grossAmount payDate"],
  ["CashTransactions", "type amount"],
  ["EquitySummaryInBase", "reportDate total"],
  ["EquitySummaryInBase", "cash stock"],
  ["SecuritiesInfo", "conid maturity"],
  ["SecuritiesInfo", "conid type"],
  ["SecuritiesInfo", "conid underlyingCategory"],
  ["AccountInformation", "accountType"],
  ["AccountInformation", "accountCapabilities"],
  ["AccountInformation", "dateOpened"],
  ["AccountInformation", "ibEntity"]
];
const BY_SIGNS = SIGNS.map(([container, attributes]) => ({
  section: SECTIONS.get(container)!, // a name of CONTAINERS
  attributes: words(attributes)
}));

/**
 * Returns the section of a code, or of a name as IBKR writes it (`Trades; trade date basis`); undefined for one that
 * nobody knows.
 */
export function sectionNamed(code: string, name = ""): FlexSection | undefined {
  return SECTIONS.get(CODES[code] ?? NAMES[letters(name.split(";", 1)[0])] ?? "");
}

/**
 * Returns the section whose rows have such columns; undefined where none fits.
 * @param has tells whether a section's element has a column for an attribute
 */
export function sectionWith(has: (element: string, attribute: string) => boolean): FlexSection | undefined {
  return BY_SIGNS.find(({section, attributes}) => attributes.every((name) => has(section.element, name)))
    ?.section;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
