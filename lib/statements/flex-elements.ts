import {words, type AttributeKind} from "./flex-attributes.js";

/** A row element as it is written down here. */
export interface ElementSpec {
  attributes: string;
  /** Attributes that say the day; default `reportDate`; empty for rows of a period. */
  day?: string;
  /** True where days outside the statement's are normal: values of other days, what is pending, prior positions. */
  loose?: boolean;
  kinds?: Readonly<Record<string, AttributeKind>>;
  /** Kind of what is not listed: text by default, "private" where it may be the person's. */
  others?: AttributeKind;
}

const ACCOUNT = "accountId acctAlias model";
const CURRENCY = "currency fxRateToBase";
const INSTRUMENT = `assetCategory subCategory symbol description conid securityID securityIDType cusip isin sedol figi
  listingExchange underlyingConid underlyingSymbol underlyingSecurityID underlyingListingExchange issuer
  issuerCountryCode multiplier strike expiry putCall principalAdjustFactor
  serialNumber deliveryType commodityType fineness weight`;
const ROW = `${ACCOUNT} ${CURRENCY} ${INSTRUMENT}`;
const RELATED =
  "relatedTradeID origTransactionID relatedTransactionID rtn positionActionID initialInvestment";
const TRADE = `${ROW} ${RELATED} transactionType openCloseIndicator buySell orderType tradeID exchange quantity tradePrice
  tradeMoney proceeds netCash netCashInBase taxes ibCommission ibCommissionCurrency closePrice notes cost mtmPnl fxPnl
  fifoPnlRealized capitalGainsPnl origTradePrice origTradeDate origTradeID origOrderID reportDate tradeDate tradeTime
  dateTime settleDateTarget settleDate openDateTime holdingPeriodDateTime orderTime whenRealized whenReopened
  levelOfDetail ibOrderID ibExecID brokerageOrderID orderReference volatilityOrderLink exchOrderId extExecID
  clearingFirmID transactionID changeInPrice changeInQuantity traderID isAPIOrder accruedInt`;
const CONFIRM = `${TRADE} TradePrice orderID execID rfqID blockID price amount commission commissionCurrency tax code
  allocatedTo brokerExecutionCommission brokerClearingCommission thirdPartyExecutionCommission
  thirdPartyClearingCommission thirdPartyRegulatoryCommission otherCommission`;
const TRADE_DAY = "reportDate tradeDate dateTime";
const TRANSFER = `${ROW} reportDate date dateTime settleDate type direction company account accountName deliveringBroker
  quantity transferPrice positionAmount positionAmountInBase pnlAmount pnlAmountInBase fxPnl capitalGainsPnl
  openDateTime holdingPeriodDateTime costBasis
  cashTransfer code clientReference transactionID levelOfDetail positionInstructionID positionInstructionSetID`;
const ACCRUAL = `${ROW} exDate payDate quantity tax fee grossRate grossAmount netAmount code fromAcct toAcct`;
const TRANSACTION_TAX = `${ROW} date reportDate taxDescription quantity taxAmount tradeId tradePrice source code levelOfDetail`;

const each = (bases: string, suffixes: readonly string[]) =>
  words(bases)
    .flatMap((base) => suffixes.map((suffix) => base + suffix))
    .join(" ");

const EQUITY = each(
  `cash slbCashCollateral stock slbDirectSecuritiesBorrowed slbDirectSecuritiesLent options bonds
  bondInterestAccrualsComponent notes incentiveCouponAccruals interestAccruals softDollars dividendAccruals total
  commodities funds forexCfdUnrealizedPl brokerInterestAccrualsComponent brokerCashComponent
  brokerFeesAccrualsComponent eventContractInterestAccruals marginFinancingChargeAccruals cfdUnrealizedPl
  insuredBankDepositRedemptionCashComponent fdicInsuredBankSweepAccount fdicInsuredBankSweepAccountCashComponent
  fdicInsuredAccountInterestAccruals fdicInsuredAccountInterestAccrualsComponent ipoSubscription crypto physDel
  liteSurchargeAccruals`,
  ["", "Long", "Short"]
);
const CASH_REPORT = each(
  `startingCash clientFees commissions billableCommissions billableSalesTax depositWithdrawals deposits withdrawals
  accountTransfers internalTransfers dividends brokerFees brokerInterest bondInterest cashSettlingMtm cfdCharges
  netTradesSales netTradesPurchases feesReceivables paymentInLieu transactionTax withholdingTax fxTranslationGainLoss
  otherFees endingCash endingSettledCash paxosTransfers excessFundSweep insuredDepositInterest insuredDepositInteres
  realizedVm advisorFees advisorFee taxReceivables withholding871m withholdingCollectedTax salesTax otherIncome
  avgCreditBalance avgDebitBalance linkingAdjustments other debitCardActivity billPay realizedForexVm ipoSubscription
  commissionCreditsRedemption referralFee carbonCredits donations slbStartingCashCollateral
  slbNetSecuritiesLentActivity slbEndingCashCollateral slbNetCash slbNetSettledCash`,
  ["", "Sec", "Com", "MTD", "YTD", "Paxos", "IBUKL"]
);
const decimals = (names: string) =>
  Object.fromEntries(words(names).map((name) => [name, "decimal" as const]));

/** Row elements of Flex statements, after reference/ibkr.md and the type list of csingley/ibflex 1.1. */
export const ELEMENTS: Readonly<Record<string, ElementSpec>> = {
  AccountInformation: {
    attributes: `${ACCOUNT} currency name accountType customerType accountCapabilities tradingPermissions
      registeredRepName registeredRepPhone accountRepName accountRepPhone dateOpened dateFunded dateClosed
      lastTradedDate street street2 city state country postalCode streetResidentialAddress
      street2ResidentialAddress cityResidentialAddress stateResidentialAddress countryResidentialAddress
      postalCodeResidentialAddress masterName primaryEmail ibEntity`,
    day: "",
    kinds: {currency: "base"},
    others: "private"
  },
  ChangeInNAV: {
    attributes: `${ACCOUNT} currency fromDate toDate startingValue mtm realized changeInUnrealized costAdjustments
      transferredPnlAdjustments depositsWithdrawals internalCashTransfers assetTransfers debitCardActivity billPay
      dividends withholdingTax withholding871m withholdingTaxCollected changeInDividendAccruals interest
      changeInInterestAccruals advisorFees brokerFees changeInBrokerFeeAccruals clientFees otherFees feesReceivables
      commissions commissionReceivables forexCommissions transactionTax taxReceivables salesTax softDollars
      netFxTrading fxTranslation linkingAdjustments other endingValue twr corporateActionProceeds
      commissionCreditsRedemption grantActivity excessFundSweep billableSalesTax mtmAtPaxos carbonCredits donations
      paxosTransfers commissionsAtPaxos referralFee changeInIncentiveCouponAccruals otherIncome`,
    day: "",
    others: "open"
  },
  CashReportCurrency: {
    attributes: `${ACCOUNT} currency fromDate toDate levelOfDetail ${CASH_REPORT}`,
    day: "",
    kinds: decimals(CASH_REPORT),
    others: "open"
  },
  EquitySummaryByReportDateInBase: {
    attributes: `${ACCOUNT} currency reportDate ${EQUITY}`,
    kinds: decimals(EQUITY),
    others: "open"
  },
  MTMPerformanceSummaryUnderlying: {
    attributes: `${ROW} reportDate prevCloseQuantity prevClosePrice closeQuantity closePrice transactionMtm priorOpenMtm
      corpActionMtm dividends commissions other otherWithAccruals total totalWithAccruals code`,
    day: "",
    others: "open"
  },
  MTDYTDPerformanceSummaryUnderlying: {
    attributes: `${ROW} mtmMTD mtmYTD realSTMTD realSTYTD realLTMTD realLTYTD realizedPnlMTD
      realizedCapitalGainsPnlMTD realizedFxPnlMTD realizedPnlYTD realizedCapitalGainsPnlYTD realizedFxPnlYTD brokerFees
      brokerFeesSec brokerFeesCom brokerFeesMTD brokerFeesYTD`,
    day: "",
    others: "open"
  },
  FIFOPerformanceSummaryUnderlying: {
    attributes: `${ROW} reportDate costAdj realizedSTProfit realizedSTLoss realizedLTProfit realizedLTLoss
      totalRealizedPnl unrealizedProfit unrealizedLoss unrealizedSTProfit unrealizedSTLoss unrealizedLTProfit
      unrealizedLTLoss totalUnrealizedPnl totalFifoPnl totalRealizedCapitalGainsPnl totalRealizedFxPnl
      totalUnrealizedCapitalGainsPnl totalUnrealizedFxPnl totalCapitalGainsPnl totalFxPnl transferredPnl
      transferredCapitalGainsPnl transferredFxPnl code`,
    day: "",
    others: "open"
  },
  StatementOfFundsLine: {
    attributes: `${ROW} ${RELATED} date reportDate settleDate balance debit credit amount tradeID orderID activityCode
      activityDescription buySell tradeQuantity tradePrice tradeGross tradeCommission tradeTax tradeCode levelOfDetail
      transactionID actionID`,
    day: "reportDate date",
    kinds: {date: "time"}
  },
  ChangeInPositionValue: {
    attributes: `${ACCOUNT} ${CURRENCY} assetCategory priorPeriodValue transactions mtmPriorPeriodPositions mtmTransactions
      corporateActions accountTransfers fxTranslationPnl futurePriceAdjustments settledCash endOfPeriodValue other
      linkingAdjustments`,
    day: "",
    others: "open"
  },
  OpenPosition: {
    attributes: `${ROW} reportDate position markPrice positionValue positionValueInBase openPrice costBasisPrice
      costBasisMoney percentOfNAV fifoPnlUnrealized unrealizedCapitalGainsPnl unrealizedlFxPnl side levelOfDetail
      openDateTime holdingPeriodDateTime vestingDate code originatingOrderID originatingTransactionID accruedInt`
  },
  NetStockPosition: {attributes: `${ROW} reportDate sharesAtIb sharesBorrowed sharesLent netShares`},
  FxLot: {
    attributes: `${ACCOUNT} assetCategory reportDate functionalCurrency fxCurrency quantity costPrice costBasis closePrice
      value unrealizedPL code lotDescription lotOpenDateTime levelOfDetail`
  },
  Trade: {attributes: TRADE, day: TRADE_DAY},
  Lot: {attributes: TRADE, day: TRADE_DAY},
  WashSale: {attributes: TRADE, day: TRADE_DAY},
  Order: {attributes: CONFIRM, day: TRADE_DAY},
  SymbolSummary: {attributes: CONFIRM, day: TRADE_DAY},
  AssetSummary: {attributes: CONFIRM, day: TRADE_DAY},
  TradeConfirm: {attributes: CONFIRM, day: TRADE_DAY},
  UnbundledCommissionDetail: {
    attributes: `${ROW} dateTime buySell exchange quantity price tradeID orderReference totalCommission brokerExecutionCharge
      brokerClearingCharge thirdPartyExecutionCharge thirdPartyClearingCharge thirdPartyRegulatoryCharge
      regFINRATradingActivityFee regSection31TransactionFee regOther other`,
    day: "dateTime",
    loose: true
  },
  OptionEAE: {
    attributes: `${ROW} ${RELATED} transactionType date quantity tradePrice markPrice proceeds commisionsAndTax costBasis
      realizedPnl capitalGainsPnl fxPnl mtmPnl tradeID`,
    day: "date"
  },
  PendingExcercise: {attributes: `${ROW} date quantity`, day: "date", loose: true},
  TradeTransfer: {
    attributes: `${TRADE} direction deliveredReceived brokerName brokerAccount awayBrokerCommission regulatoryFee
      netTradeMoney netTradeMoneyInBase netTradePrice`,
    day: TRADE_DAY
  },
  FxTransaction: {
    attributes: `${ACCOUNT} assetCategory functionalCurrency fxCurrency quantity proceeds cost realizedPL
      activityDescription dateTime code reportDate levelOfDetail`,
    day: "reportDate dateTime"
  },
  UnsettledTransfer: {
    attributes: `${ROW} direction stage tradeDate targetSettlement contra quantity tradePrice tradeAmount
      tradeAmountInBase transactionID`,
    day: "tradeDate",
    loose: true
  },
  PriorPeriodPosition: {attributes: `${ROW} date price priorMtmPnl`, day: "date", loose: true},
  CorporateAction: {
    attributes: `${ROW} reportDate dateTime actionID actionDescription type amount quantity proceeds value costBasis
      fifoPnlRealized capitalGainsPnl fxPnl mtmPnl code transactionID levelOfDetail`,
    day: "reportDate dateTime"
  },
  ClientFee: {
    attributes: `${ROW} feeType date expenseIndicator revenue expense net revenueInBase expenseInBase netInBase tradeID execID
      levelOfDetail settleDate buySell quantity tradePrice proceeds`,
    day: "date",
    kinds: {date: "time"}
  },
  ClientFeesDetail: {
    attributes: `${ACCOUNT} ${CURRENCY} date tradeID execID totalRevenue totalCommission brokerExecutionCharge clearingCharge
      thirdPartyExecutionCharge thirdPartyRegulatoryCharge regFINRATradingActivityFee regSection31TransactionFee
      regOther totalNet totalNetInBase levelOfDetail other`,
    day: "date",
    kinds: {date: "time"}
  },
  DebitCardActivity: {
    attributes: `${ACCOUNT} ${CURRENCY} assetCategory status reportDate postingDate transactionDateTime category
      merchantNameLocation amount`,
    day: "reportDate postingDate"
  },
  CashTransaction: {
    attributes: `${ROW} type amount dateTime settleDate availableForTradingDate reportDate exDate tradeID code transactionID
      clientReference actionID levelOfDetail`,
    day: "reportDate dateTime settleDate",
    kinds: {type: "cashType"}
  },
  SalesTax: {
    attributes: `${ROW} date country taxType payer taxableDescription taxableAmount taxRate salesTax taxableTransactionID
      transactionID code`,
    day: "date",
    kinds: {country: "text"}
  },
  CFDCharge: {
    attributes: `${ROW} amount dateTime reportDate date received paid total tradeID code transactionID transactionId
      activityDescription clientReference levelOfDetail`,
    day: "reportDate date dateTime"
  },
  TransactionTax: {attributes: TRANSACTION_TAX, day: "reportDate date", kinds: {date: "time"}},
  TransactionTaxDetail: {attributes: TRANSACTION_TAX, day: "reportDate date", kinds: {date: "time"}},
  InterestAccrualsCurrency: {
    attributes: `${ACCOUNT} currency fromDate toDate startingAccrualBalance interestAccrued accrualReversal fxTranslation
      endingAccrualBalance`,
    day: "",
    others: "open"
  },
  TierInterestDetail: {
    attributes: `${ACCOUNT} ${CURRENCY} interestType valueDate reportDate tierBreak balanceThreshold securitiesPrincipal
      commoditiesPrincipal ibuklPrincipal totalPrincipal rate securitiesInterest commoditiesInterest ibuklInterest
      totalInterest marginBalance code fromAcct toAcct`,
    day: "reportDate valueDate",
    loose: true
  },
  HardToBorrowDetail: {
    attributes: `${ROW} valueDate quantity price value borrowFeeRate borrowFee code fromAcct toAcct`,
    day: "valueDate",
    loose: true
  },
  HardToBorrowMarkupDetail: {
    attributes: `${ROW} valueDate quantity price value borrowFeeRate borrowFee code fromAcct toAcct`,
    day: "valueDate",
    loose: true
  },
  SLBActivity: {
    attributes: `${ROW} date slbTransactionId activityDescription type exchange quantity feeRate collateralAmount markQuantity
      markPriorPrice markCurrentPrice`,
    day: "date",
    loose: true
  },
  SLBFee: {
    attributes: `${ROW} valueDate startDate type exchange quantity collateralAmount feeRate fee carryCharge ticketCharge
      totalCharges marketFeeRate grossLendFee netLendFeeRate netLendFee code fromAcct toAcct uniqueID`,
    day: "valueDate",
    loose: true
  },
  SLBOpenContract: {
    attributes: `${ROW} date type slbTransactionId exchange quantity excessQuantity feeRate collateralAmount levelOfDetail`,
    day: "",
    others: "text"
  },
  Transfer: {attributes: TRANSFER, day: "reportDate date dateTime"},
  Total: {
    attributes: "fromDate toDate of item attribute stated added",
    day: "",
    kinds: decimals("stated added")
  },
  ReportedFigure: {
    attributes: "fromDate toDate of item figure measure currency value text",
    day: "",
    kinds: decimals("value")
  },
  TransferLot: {attributes: TRANSFER, day: "reportDate date dateTime"},
  ChangeInDividendAccrual: {
    attributes: `${ACCRUAL} date reportDate actionID levelOfDetail`,
    day: "reportDate date",
    loose: true
  },
  OpenDividendAccrual: {attributes: `${ACCRUAL} reportDate actionID levelOfDetail`, loose: true},
  SecurityInfo: {
    attributes: `${ACCOUNT} currency ${INSTRUMENT} ${RELATED} underlyingCategory maturity issueDate type
      settlementPolicyMethod code`,
    day: ""
  },
  ConversionRate: {
    attributes: "reportDate fromCurrency toCurrency rate",
    loose: true,
    kinds: {toCurrency: "base"}
  },
  StockGrantActivity: {
    attributes: `${ROW} reportDate awardDate vestingDate activityDescription quantity price value`,
    day: "reportDate awardDate"
  }
};
