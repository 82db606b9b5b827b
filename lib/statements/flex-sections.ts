import {words} from "./flex-attributes.js";

/** Containers and singles that Flex statements are known to have. */
export const SECTIONS: ReadonlySet<string> = new Set(
  words(`
  AccountInformation ChangeInNAV CashReport MTDYTDPerformanceSummary MTMPerformanceSummaryInBase EquitySummaryInBase
  FIFOPerformanceSummaryInBase FdicInsuredDepositsByBank StmtFunds ChangeInPositionValues OpenPositions
  NetStockPositionSummary ComplexPositions FxPositions FxLots Trades HKIPOSubscriptionActivity TradeConfirms
  TransactionTaxes OptionEAE PendingExcercises TradeTransfers FxTransactions UnbookedTrades RoutingCommissions
  IBGNoteTransactions UnsettledTransfers UnbundledCommissionDetails Adjustments PriorPeriodPositions CorporateActions
  ClientFees ClientFeesDetail DebitCardActivities SoftDollars CashTransactions SalesTaxes CFDCharges InterestAccruals
  TierInterestDetails HardToBorrowDetails HardToBorrowMarkupDetails SLBOpenContracts SLBActivities SLBFees Transfers
  ChangeInDividendAccruals OpenDividendAccruals SecuritiesInfo ConversionRates HKIPOOpenSubscriptions
  CommissionCredits StockGrantActivities SLBCollaterals IncentiveCouponAccrualDetails DepositsOnHold
`)
);
