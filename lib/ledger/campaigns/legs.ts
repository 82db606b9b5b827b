import {formatAmount, type Amount} from "../../money/amount.js";
import type {LedgerTables} from "../tables.js";
import {text} from "../trades-view.js";
import type {CampaignLeg} from "./campaign.js";
import {isSameType, type Chain, type Step} from "./chain.js";
import {contractsOf} from "./contracts.js";
import {piecesOf, type Tally} from "./pieces.js";

/** A leg while it is put together. */
interface Stretch {
  steps: Step[];
  held: Amount;
  /** Unsigned: all that was opened. */
  quantity: Amount;
  isLong: boolean;
  opened: string | null;
}

/** Returns the legs of a campaign: each of its holdings, from flat to flat, in the order of their opening. */
export function legsOf(ledger: LedgerTables, chain: Chain, tally: Tally): CampaignLeg[] {
  const stretches: Stretch[] = [];
  const running = new Map<string, Stretch>();
  const start = (holding: string, opened: string | null, held: Amount): Stretch => {
    const stretch: Stretch = {
      steps: [],
      held,
      quantity: held < 0n ? -held : held,
      isLong: held > 0n,
      opened
    };
    stretches.push(stretch);
    running.set(holding, stretch);
    return stretch;
  };
  for (const [holding, quantity] of chain.before) start(holding, null, quantity);
  for (const step of chain.steps) {
    const {quantity, day} = step.movement;
    const {holding} = step.contract;
    const known = running.get(holding);
    if (quantity === 0n) {
      (known ?? stretches.findLast(({steps}) => steps[0]?.contract.holding === holding))?.steps.push(step);
      continue;
    }
    const stretch = known ?? start(holding, day, 0n);
    if (!known) stretch.isLong = quantity > 0n;
    const grows = quantity > 0n === stretch.isLong;
    if (grows) stretch.quantity += quantity > 0n ? quantity : -quantity;
    stretch.held += quantity;
    stretch.steps.push(step);
    if (stretch.held === 0n) running.delete(holding);
  }
  return stretches
    .filter(({steps}) => steps.length > 0)
    .map((stretch) => legOf(ledger, chain, stretch, tally));
}

function legOf(
  ledger: LedgerTables,
  chain: Chain,
  {steps, held, quantity, isLong, opened}: Stretch,
  tally: Tally
): CampaignLeg {
  const [{contract}] = steps;
  const last = steps.findLast(({movement}) => movement.quantity !== 0n) ?? steps[steps.length - 1];
  const {holding, symbol, assetCategory, right, strike, expiry} =
    contractsOf(ledger).get(contract.holding) ?? contract;
  const pieces = steps.flatMap(({movement}) => piecesOf(ledger, movement, right ? "options" : "stock"));
  return {
    holding,
    symbol,
    assetCategory,
    putCall: right,
    strike: text(strike),
    expiry,
    side: isLong ? "long" : "short",
    quantity: formatAmount(quantity),
    held: formatAmount(held),
    opened,
    closed: held === 0n ? last.movement.day : null,
    ended: held !== 0n ? "open" : endOf(chain, last),
    money: tally.sum(pieces.filter(({part}) => part === "options" || part === "stock")),
    rows: steps.map(({movement}) => movement.id)
  };
}

function endOf(chain: Chain, last: Step): CampaignLeg["ended"] {
  switch (last.movement.kind) {
    case "assignment":
      return last.contract.right ? "assigned" : "closed";
    case "exercise":
      return last.contract.right ? "exercised" : "closed";
    case "expiry":
      return "expired";
    case "transfer":
      return "transferred";
    case "corporate-action":
      return "corporate action";
    case "trade":
    case "cash":
      return isRolled(chain, last) ? "rolled" : "closed";
  }
}

/** Whether another contract of the same type was traded the other way on the day, or in the order, of a closing. */
function isRolled({steps}: Chain, {movement, contract, order}: Step): boolean {
  if (contract.expiry === null) return false;
  return steps.some(
    (other) =>
      other.movement.kind === "trade" &&
      other.contract.holding !== contract.holding &&
      isSameType(other.contract, contract) &&
      (other.movement.day === movement.day || (order !== null && other.order === order)) &&
      other.movement.quantity > 0n !== movement.quantity > 0n
  );
}
