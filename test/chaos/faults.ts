import {setTimeout as sleep} from "node:timers/promises";
import type {Random} from "../../sim/account/market/random.js";
import type {Tws} from "../../sim/tws/service.js";

const FAULTS = [
  "a drop",
  "silence",
  "link lost, data lost",
  "link lost, data kept",
  "everything twice",
  "reversed",
  "late",
  "unacknowledged",
  "split frames",
  "slow cancels",
  "a reject",
  "a correction",
  "an order by hand",
  "the nightly reset"
] as const;

/** Lets the stand-in fail in a way that the seed decides; returns its name. */
export async function fault(tws: Tws, random: Random): Promise<string> {
  const {faults, controls} = tws;
  const kind = FAULTS[random.between(0, FAULTS.length - 1)];
  switch (kind) {
    case "a drop":
      controls.drop();
      break;
    case "silence":
      faults.silent = true;
      await sleep(random.between(20, 1000));
      faults.silent = false;
      break;
    case "link lost, data lost":
    case "link lost, data kept":
      controls.loseLink();
      await sleep(random.between(5, 60));
      controls.restoreLink(kind === "link lost, data lost" ? "lost" : "kept");
      break;
    case "everything twice":
      faults.twice = !faults.twice;
      break;
    case "reversed":
      faults.reversed = !faults.reversed;
      break;
    case "late":
      faults.lateSteps = faults.lateSteps ? 0 : random.between(1, 8);
      break;
    case "unacknowledged":
      faults.unacknowledged = !faults.unacknowledged;
      break;
    case "split frames":
      faults.split = !faults.split;
      break;
    case "slow cancels":
      faults.cancelSteps = faults.cancelSteps ? 0 : random.between(1, 10);
      break;
    case "a reject":
      faults.rejects.push({code: 201, message: "Order rejected - reason:chaos"});
      break;
    case "a correction": {
      const fills = (await tws.ledger()).flatMap((entry) => (entry.kind === "fill" ? [entry] : []));
      const fill = fills.at(-1);
      if (fill && fill.execId.endsWith(".01.01")) controls.correct(fill.execId, {price: fill.price + 0.01});
      break;
    }
    case "an order by hand": {
      const listing = tws.catalogue.all.find(({localSymbol}) => localSymbol === "VQTM")!; // it is listed
      controls.byHand(listing.conId, "BUY", 3, 1000);
      break;
    }
    case "the nightly reset":
      controls.nightlyReset();
      await sleep(random.between(10, 80));
      faults.down = false;
      controls.restoreLink("lost");
  }
  return kind;
}
