import type {Amount} from "../../money/amount.js";
import type {Chain} from "./chain.js";
import type {Held, Snapshot} from "./snapshots.js";

/** Whether an account had the cash that short puts ask for, on a day; false where no statement says so. */
export type HasCash = (needed: Amount, currency: string, day: string) => boolean;

const CLASSES: Readonly<Record<string, string>> = {
  STK: "stock",
  ETF: "stock",
  FUND: "fund",
  FUT: "future",
  CFD: "cfd",
  BOND: "bond",
  BILL: "bill",
  CRYPTO: "crypto",
  CMDTY: "metal"
};

/**
 * Returns the name of what a campaign was, by what it consisted of: `covered call`, `cash-secured put`, `wheel`,
 * `vertical`, `calendar`, `short put`, `stock` and so on; `custom` for all that these rules do not name.
 */
export function structureOf(chain: Chain, snapshots: readonly Snapshot[], hasCash: HasCash): string {
  const names = new Set(snapshots.map((snapshot) => nameOf(snapshot, hasCash)));
  const [first = "custom"] = names;
  if (names.size <= 1) return first;
  const only = (...allowed: string[]) => [...names].every((name) => allowed.includes(name));
  const puts = ["cash-secured put", "short put"];
  const putAssigned = chain.steps.some(
    ({movement, contract}) => movement.kind === "assignment" && contract.right === "P"
  );
  if (only("stock", "covered call")) return "covered call";
  if (only(...puts)) return "short put";
  if (putAssigned && only(...puts, "stock", "covered call"))
    return names.has("covered call") ? "wheel" : names.has("short put") ? "short put" : "cash-secured put";
  return "custom";
}

/** Returns the name of what is held at one time. */
export function nameOf({held, day}: Snapshot, hasCash: HasCash): string {
  const options = held.filter(({contract}) => contract.right !== null);
  const others = held.filter(({contract}) => contract.right === null);
  if (!options.length) return nameOfOthers(others);
  const [share, ...more] = others;
  if (share) {
    const calls = options.reduce((sum, {units}) => sum - units, 0n);
    const isCover = !more.length && CLASSES[share.contract.assetCategory] === "stock" && share.quantity > 0n;
    return isCover && options.every(isShortCall) && calls <= share.quantity ? "covered call" : "custom";
  }
  return nameOfOptions(options, day, hasCash);
}

function nameOfOthers(others: readonly Held[]): string {
  const names = new Set(
    others.map(({contract, quantity}) => {
      const name = CLASSES[contract.assetCategory] ?? "custom";
      return quantity < 0n && name !== "custom" ? `short ${name}` : name;
    })
  );
  const [first = "custom"] = names;
  return names.size > 1 ? "custom" : first;
}

function nameOfOptions(options: readonly Held[], day: string, hasCash: HasCash): string {
  const rights = new Set(options.map(({contract}) => contract.right));
  const sides = new Set(options.map(({quantity}) => quantity > 0n));
  if (rights.size > 1) return "custom";
  const word = rights.has("P") ? "put" : "call";
  if (sides.size === 1) {
    if (sides.has(true)) return `long ${word}`;
    return word === "put" && isSecured(options, day, hasCash) ? "cash-secured put" : `short ${word}`;
  }
  const [a, b] = options;
  if (options.length > 2 || a.units !== -b.units) return "custom";
  const sameExpiry = a.contract.expiry === b.contract.expiry;
  const sameStrike = a.contract.strike === b.contract.strike;
  if (sameExpiry && !sameStrike) return "vertical";
  return sameStrike && !sameExpiry ? "calendar" : "custom";
}

function isShortCall({contract, quantity}: Held): boolean {
  return contract.right === "C" && quantity < 0n;
}

function isSecured(puts: readonly Held[], day: string, hasCash: HasCash): boolean {
  if (puts.some(({contract}) => contract.assetCategory !== "OPT")) return false;
  return hasCash(atStrike(puts), puts[0].contract.currency, day);
}

/** Returns what short puts ask for: the strike of each unit. */
export function atStrike(puts: readonly Held[]): Amount {
  return puts.reduce((sum, {units, contract}) => sum - (units * (contract.strike ?? 0n)) / SCALE, 0n);
}

const SCALE = 10n ** 12n;
