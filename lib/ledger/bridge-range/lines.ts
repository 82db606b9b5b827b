import type {BridgeLine} from "./nav-bridge-view.js";

/** What each line is called. */
export const LINE_LABELS: Readonly<Record<BridgeLine, string>> = {
  deposits: "Deposits and withdrawals",
  transfers: "Transfers",
  "mark-to-market": "Mark-to-market",
  dividends: "Dividends",
  withholding: "Withholding tax",
  interest: "Interest",
  fees: "Fees and taxes",
  commissions: "Commissions",
  fx: "FX translation",
  accruals: "Change in accruals",
  "corporate-actions": "Corporate actions",
  other: "Other"
};

const NAMES: Readonly<Record<BridgeLine, string>> = {
  deposits: "depositsWithdrawals debitCardActivity billPay donations grantActivity excessFundSweep",
  transfers: "internalCashTransfers assetTransfers cryptoTransfers paxosTransfers",
  "mark-to-market": "mtm mtmAtPaxos",
  dividends: "dividends",
  withholding: "withholdingTax withholding871m withholdingTaxCollected",
  interest: "interest bondInterest",
  fees: `otherFees feesReceivables advisorFees clientFees brokerFees referralFee transactionTax taxReceivables
    salesTax billableSalesTax paxosTransactionFees carbonCredits`,
  commissions: `commissions commissionsAtPaxos commissionReceivables commissionCreditsRedemption forexCommissions`,
  fx: "fxTranslation netFxTrading",
  accruals: `changeInDividendAccruals changeInInterestAccruals changeInIncentiveCouponAccruals
    changeInBrokerFeeAccruals`,
  "corporate-actions": "corporateActionProceeds",
  other: "otherIncome linkingAdjustments softDollars other"
};

const LINE_OF = new Map(
  (Object.keys(NAMES) as BridgeLine[]).flatMap((line) =>
    NAMES[line].split(/\s+/).map((name): [string, BridgeLine] => [name, line])
  )
);

/** Returns the line that a ChangeInNAV attribute belongs to; one that is not known is `other`, and named there. */
export function lineOf(name: string): BridgeLine {
  return LINE_OF.get(name) ?? "other";
}
