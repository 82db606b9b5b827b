import type {FlowKind} from "./flows.js";
import type {ChangePart} from "./views.js";

/** What moved an account's value. */
export type Part = Exclude<ChangePart["part"], "residual">;

const PARTS: Readonly<Record<Part, string>> = {
  price: "mtm mtmAtPaxos corporateActionProceeds",
  fx: "fxTranslation netFxTrading",
  income: `dividends withholdingTax withholding871m withholdingTaxCollected changeInDividendAccruals interest
    changeInInterestAccruals bondInterest changeInIncentiveCouponAccruals otherIncome`,
  cost: `commissions commissionsAtPaxos commissionReceivables commissionCreditsRedemption forexCommissions otherFees
    feesReceivables advisorFees clientFees brokerFees changeInBrokerFeeAccruals referralFee transactionTax
    taxReceivables salesTax billableSalesTax paxosTransactionFees carbonCredits`,
  flows: `depositsWithdrawals internalCashTransfers assetTransfers debitCardActivity billPay donations grantActivity
    cryptoTransfers paxosTransfers excessFundSweep`,
  other: "linkingAdjustments softDollars other"
};

const PART_OF = new Map(
  (Object.keys(PARTS) as Part[]).flatMap((part) =>
    PARTS[part].split(/\s+/).map((name): [string, Part] => [name, part])
  )
);

/** Attributes that are no part of the change: the ends, the return, and IBKR's alternative split of `mtm` (R14). */
const NOT_SUMMED = new Set([
  "startingValue",
  "endingValue",
  "twr",
  "realized",
  "changeInUnrealized",
  "costAdjustments",
  "transferredPnlAdjustments"
]);

/** Returns whether a ChangeInNAV attribute is summed from the starting to the ending value. */
export function isSummed(name: string): boolean {
  return !NOT_SUMMED.has(name);
}

/** Returns how a ChangeInNAV attribute's flows are booked; null if it is no flow. */
export function flowKindOf(name: string): FlowKind | null {
  if (partOf(name) !== "flows") return null;
  if (name === "depositsWithdrawals") return "deposit";
  return name === "internalCashTransfers" || name === "assetTransfers" ? "transfer" : "other";
}

/** Returns the part that a ChangeInNAV attribute belongs to; one that is not known is `other`. */
export function partOf(name: string): Part {
  return PART_OF.get(name) ?? "other";
}
