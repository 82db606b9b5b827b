import type {PositionsView} from "../../lib/ledger/views.js";
import type {NamedGroup} from "../../lib/portfolio/optimize-prices.js";
import type {AlignedAsset} from "../../lib/portfolio/holdings-history.js";
import type {Held} from "../risk/held.js";
import type {GroupChoice, Grouping} from "./choices.js";

/** What of the account has a weight: what is held in full, with a past. */
export interface Universe {
  assets: AlignedAsset[];
  /** ISO days of the prices. */
  days: string[];
  /** Sum of the values, in the reporting currency: what weights are shares of. */
  total: number;
  /** Weights held now, by name. */
  current: Record<string, number>;
  /** What stays as it is, and why. */
  outside: {name: string; class: string; value: number | null; reason: string}[];
  groupOf: (asset: Pick<AlignedAsset, "class" | "currency" | "conid">, by: Grouping) => string;
}

const WHOLE = new Set(["STK", "FUND", "BOND", "BILL", "CRYPTO"]);

/** Returns what is optimized, and what is left as it is: money, and what is held by a notional. */
export function universeOf({history, view}: Held, positions: Pick<PositionsView, "rows"> | null): Universe {
  const sectors = new Map(positions?.rows.map(({conid, sector}) => [conid, sector]));
  const isWhole = ({class: kind, isNotional}: AlignedAsset) => WHOLE.has(kind) && !isNotional;
  const assets = history.assets.filter(isWhole);
  const total = assets.reduce((sum, {value}) => sum + value, 0);
  const {cash, currency} = view;
  return {
    assets,
    days: history.days,
    total,
    current: Object.fromEntries(assets.map(({name, value}) => [name, value / total])),
    outside: [
      ...history.assets
        .filter((asset) => !isWhole(asset))
        .map(({name, class: kind, value}) => ({
          name,
          class: kind,
          value,
          reason:
            kind === "CASH" ? "money stays as it is" : "held by its notional, without a weight of its own"
        })),
      ...(cash.value
        ? [{name: `${currency} cash`, class: "CASH", value: cash.value, reason: "money stays as it is"}]
        : []),
      ...history.leftOut
    ],
    groupOf: (asset, by) =>
      by === "sector"
        ? (sectors.get(asset.conid) ?? "Unclassified")
        : by === "class"
          ? asset.class
          : asset.currency
  };
}

/** Returns the groups of a grouping with their present weight, the largest first. */
export function groupsIn(
  {assets, current, groupOf}: Universe,
  by: Grouping
): {name: string; weight: number}[] {
  const groups = Map.groupBy(assets, (asset) => groupOf(asset, by));
  return [...groups]
    .map(([name, own]) => ({name, weight: own.reduce((sum, asset) => sum + current[asset.name], 0)}))
    .sort((a, b) => b.weight - a.weight);
}

/** Returns limits of groups as the solver takes them; one without members or limits is none. */
export function namedGroups({assets, groupOf}: Universe, choices: readonly GroupChoice[]): NamedGroup[] {
  return choices.flatMap(({by, name, least, most}) => {
    const members = assets.filter((asset) => groupOf(asset, by) === name).map((asset) => asset.name);
    if (!members.length || (least === undefined && most === undefined)) return [];
    return [
      {
        name: `${by} ${name}`,
        assets: members,
        ...(least !== undefined && {least: least / 100}),
        ...(most !== undefined && {most: most / 100})
      }
    ];
  });
}
