import type {OrderPreview} from "../../lib/orders/desk.js";
import type {OrderIntent} from "../../lib/orders/order.js";
import {type BrokerWhatIf, closingOf, orderPreview} from "../../lib/orders/preview.js";
import type {Decision} from "../../lib/orders/risk/gate.js";
import type {Situation} from "../../lib/orders/risk/situation.js";
import type {ContractFacts} from "../broker/broker.js";
import {ratesOf, type SituationParts} from "./situation.js";

/** What tells which lots a closing order takes: the ledger's own, by the account's method; empty where it does not close. */
export type LotsTaken = (closing: {
  account: string;
  conId: number;
  /** Below zero for a sale. */
  units: number;
  price: number | null;
}) => Promise<OrderPreview["lots"]>;

/** Gathers what the account after an order is made of, and returns it. */
export async function previewOf(
  intent: OrderIntent,
  {label, steps}: ContractFacts,
  situation: Situation,
  {
    parts,
    decision,
    whatIf,
    lotsTaken
  }: {
    parts: SituationParts;
    decision: Decision;
    whatIf: BrokerWhatIf | null;
    lotsTaken: LotsTaken;
  }
): Promise<OrderPreview> {
  const {account, contract} = intent;
  const closing = closingOf(intent, situation);
  return orderPreview(intent, situation, {
    decision,
    label,
    hasSteps: steps.length > 0,
    figures: parts.broker.figures(account),
    positions: parts.broker.positions(account),
    rateOf: ratesOf(account, parts),
    whatIf,
    lots: closing.units ? await lotsTaken({account, conId: contract.conId, ...closing}) : []
  });
}
