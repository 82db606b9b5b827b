import type {BridgeLine, NavBridgeView} from "../../lib/ledger/bridge-range/nav-bridge-view.js";

/** Names that fit beside a bar, where the whole one does not. */
const SHORT: Partial<Record<BridgeLine, string>> = {
  deposits: "Paid in and out",
  withholding: "Withholding",
  fees: "Fees, taxes",
  accruals: "Accruals",
  "corporate-actions": "Corp. actions"
};

/** Returns what a line of the NAV bridge is called beside its bar. */
export const lineName = ({line, label}: NavBridgeView["lines"][number]): string => SHORT[line] ?? label;
