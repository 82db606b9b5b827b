/** What an attribute of a Flex statement holds. */
export type AttributeKind =
  | "text"
  | "decimal"
  | "date"
  | "time"
  | "clock"
  | "boolean"
  | "codes"
  /** A currency that must be one: the account's base. */
  | "base"
  | "cashType"
  /** A number if it reads as one, else text: what is mostly a number, and what IBKR may add to rows of numbers. */
  | "open"
  /** The person's own: dropped. */
  | "private";

/** Returns the words of a text. */
export const words = (text: string): string[] => text.trim().split(/\s+/);

const DECIMALS = words(`
  accountTransfers accrualReversal accruedInt advisorFees amount assetTransfers awayBrokerCommission balance
  balanceThreshold billPay billableSalesTax borrowFee brokerClearingCharge brokerClearingCommission
  brokerExecutionCharge brokerExecutionCommission brokerFees brokerFeesCom brokerFeesMTD brokerFeesSec brokerFeesYTD
  capitalGainsPnl carbonCredits carryCharge cashTransfer changeInBrokerFeeAccruals changeInDividendAccruals
  changeInIncentiveCouponAccruals changeInInterestAccruals changeInPrice changeInQuantity changeInUnrealized
  clearingCharge clientFees closePrice closeQuantity collateralAmount commisionsAndTax commission commissionCreditsRedemption
  commissionReceivables commissions commissionsAtPaxos commoditiesInterest commoditiesPrincipal
  corpActionMtm corporateActionProceeds corporateActions cost costAdj costAdjustments costBasis costBasisMoney
  costBasisPrice costPrice credit debit debitCardActivity depositsWithdrawals dividends donations
  endOfPeriodValue endingAccrualBalance endingValue excessFundSweep excessQuantity expense expenseInBase fee
  feesReceivables fifoPnlRealized fifoPnlUnrealized forexCommissions futurePriceAdjustments fxPnl fxRateToBase
  fxTranslation fxTranslationPnl grantActivity grossAmount grossLendFee grossRate ibCommission ibuklInterest
  ibuklPrincipal interest interestAccrued internalCashTransfers linkingAdjustments marginBalance
  markCurrentPrice markPrice markPriorPrice markQuantity mtm mtmAtPaxos mtmMTD mtmPnl
  mtmPriorPeriodPositions mtmTransactions mtmYTD multiplier net netAmount netCash netCashInBase netFxTrading
  netInBase netLendFee netShares netTradeMoney netTradeMoneyInBase netTradePrice openPrice origTradePrice
  other otherCommission otherFees otherIncome otherWithAccruals paid paxosTransfers percentOfNAV pnlAmount
  pnlAmountInBase position positionAmount positionAmountInBase positionValue positionValueInBase prevClosePrice
  prevCloseQuantity price principalAdjustFactor priorMtmPnl priorOpenMtm priorPeriodValue proceeds quantity rate
  realLTMTD realLTYTD realSTMTD realSTYTD realized realizedCapitalGainsPnlMTD realizedCapitalGainsPnlYTD
  realizedFxPnlMTD realizedFxPnlYTD realizedLTLoss realizedLTProfit realizedPL realizedPnl realizedPnlMTD
  realizedPnlYTD realizedSTLoss realizedSTProfit received referralFee regFINRATradingActivityFee regOther
  regSection31TransactionFee regulatoryFee revenue revenueInBase salesTax securitiesInterest securitiesPrincipal
  settledCash sharesAtIb sharesBorrowed sharesLent softDollars startingAccrualBalance startingValue strike tax
  taxAmount taxReceivables taxableAmount taxes thirdPartyClearingCharge thirdPartyClearingCommission
  thirdPartyExecutionCharge thirdPartyExecutionCommission thirdPartyRegulatoryCharge thirdPartyRegulatoryCommission
  ticketCharge total totalCapitalGainsPnl totalCharges totalCommission totalFifoPnl totalFxPnl totalInterest totalNet
  totalNetInBase totalPrincipal totalRealizedCapitalGainsPnl totalRealizedFxPnl totalRealizedPnl totalRevenue
  totalUnrealizedCapitalGainsPnl totalUnrealizedFxPnl totalUnrealizedPnl totalWithAccruals tradeAmount
  tradeAmountInBase tradeCommission tradeGross tradeMoney tradePrice TradePrice tradeQuantity tradeTax transactionMtm
  transactionTax transactions transferPrice transferredCapitalGainsPnl transferredFxPnl transferredPnl
  transferredPnlAdjustments twr unrealizedCapitalGainsPnl unrealizedLTLoss unrealizedLTProfit unrealizedLoss unrealizedPL
  unrealizedProfit unrealizedSTLoss unrealizedSTProfit unrealizedlFxPnl value withholding871m withholdingTax
  withholdingTaxCollected
`);

const DATES = words(`
  awardDate date dateClosed dateFunded dateOpened exDate expiry fromDate issueDate lastTradedDate maturity
  origTradeDate payDate postingDate reportDate settleDate settleDateTarget startDate targetSettlement toDate
  tradeDate valueDate vestingDate
`);

const TIMES = words(`
  availableForTradingDate dateTime holdingPeriodDateTime lotOpenDateTime openDateTime orderTime transactionDateTime
  whenRealized whenReopened
`);

/** `0.0 ()` is a weight as IBKR prints it. */
const OPEN = words("borrowFeeRate feeRate fineness marketFeeRate netLendFeeRate taxRate weight");

const PRIVATE = words(`
  acctAlias accountAlias alias name accountName masterName primaryEmail email
  registeredRepName registeredRepPhone accountRepName accountRepPhone
  street street2 city state country postalCode
  streetResidentialAddress street2ResidentialAddress cityResidentialAddress stateResidentialAddress
  countryResidentialAddress postalCodeResidentialAddress
`);

const KINDS = new Map<string, AttributeKind>();
const every = (names: readonly string[], kind: AttributeKind) =>
  names.forEach((name) => KINDS.set(name, kind));
every(DECIMALS, "decimal");
every(DATES, "date");
every(TIMES, "time");
every(["tradeTime"], "clock");
every(["isAPIOrder", "initialInvestment"], "boolean");
every(OPEN, "open");
every(["code", "notes", "accountCapabilities", "tradingPermissions"], "codes");
every(PRIVATE, "private");

/** Returns the kind that an attribute of this name has in every element, but for the exceptions that an element states. */
export function commonKind(name: string): AttributeKind {
  return KINDS.get(name) ?? "text";
}

const PERSONAL = new Set(
  words(`
  name names firstname lastname surname fullname alias street address addr city town state province country postal
  postcode zip zipcode email mail phone telephone tel mobile cell fax birth birthday birthdate ssn passport
  employer occupation nationality citizenship gender marital spouse
`)
);
/** The person's, whatever else the name speaks of: `bankAccountHolderName`, `taxPayerName`. */
const OWN = new Set(words("holder owner beneficiary beneficial payer taxpayer tin"));
const OWN_PAIR = /^tax (?:id|number|no|identification)\b|\b(?:account|customer|client) title\b/;
const IMPERSONAL = new Set(
  words(`
  issuer underlying security symbol instrument contract index exchange broker fund company merchant product tax
  order trade bank plan strategy listing market venue
`)
);

/**
 * Tells whether an attribute that no list knows is clearly the person's own, as `contactPhone` or `taxId`;
 * `issuerName` and `exchangeCountry` are a thing's.
 */
export function isPersonal(name: string): boolean {
  const parts = (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((part) => part.toLowerCase());
  if (parts.some((part) => OWN.has(part)) || OWN_PAIR.test(parts.join(" "))) return true;
  return parts.some((part) => PERSONAL.has(part)) && !parts.some((part) => IMPERSONAL.has(part));
}
