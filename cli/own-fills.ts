import type {Config} from "../config.js";
import {
  measuredSlippage,
  ownFillsLines,
  type LearnedCost,
  type OwnFillsBy
} from "../lib/ledger/costs/own-fills.js";
import {withFigures} from "./figures.js";
import {scopeQuery, type ScopeFlags} from "./options.js";
import {note, printJson, printTable} from "./output.js";
import {one} from "./words.js";

const BY: ReadonlyMap<string, OwnFillsBy> = new Map([
  ["symbol", "symbol"],
  ["hour", "hour"],
  ["type", "type"]
]);

/** `tearsheet costs --own-fills BY`: what one's own orders cost, in basis points of what was traded, and how sure that is. */
export async function printOwnFills(
  config: Config,
  {demo, json, ownFills, ...flags}: ScopeFlags & {demo?: true; json?: true; ownFills: string}
): Promise<void> {
  const by = one(BY, "--own-fills", ownFills);
  const query = scopeQuery(flags);
  const view = await withFigures(
    config,
    {demo, query: {...query, holdings: true}, positions: "latest"},
    (figures) => figures.ownFills(query)
  );
  if (json) return printJson(view);
  const {against, measured} = measuredSlippage(view.slippage);
  printTable(
    [...ownFillsLines(view, by), {name: "all", commission: view.commission.all, slippage: measured.all}].map(
      ({name, commission, slippage}) => ({
        [by]: name || "not said",
        orders: commission?.orders ?? 0,
        commission: meanOf(commission),
        "95 %": rangeOf(commission),
        measured: slippage?.orders ?? 0,
        slippage: meanOf(slippage),
        "95 % of it": rangeOf(slippage)
      })
    )
  );
  note(`${view.scope.accounts.join(", ")}; basis points of what was traded, each order once`);
  note(
    against
      ? `slippage is against ${against === "bar" ? "the day's bars of the lake" : "the statement's closing prices"}`
      : "slippage is n/a: pull bars of what was traded, or tick Close Price among the trades of the Flex query"
  );
}

const print = (value: number | null): string => (value === null ? "n/a" : value.toFixed(1));

function meanOf(cost: LearnedCost | null): string {
  return print(cost?.mean.value ?? null);
}

/** n/a where too few orders say how sure the mean is. */
function rangeOf(cost: LearnedCost | null): string {
  const low = cost?.low.value ?? null;
  return low === null ? "n/a" : `${print(low)} to ${print(cost!.high.value)}`;
}
