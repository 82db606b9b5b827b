import type {Config} from "../config.js";
import {type CostChoice, CostChoiceSchema} from "../lib/backtest/costs/choice.js";
import {IBKR_SCHEDULES} from "../lib/backtest/costs/ibkr/ibkr.js";
import {MARKETS, type Market} from "../lib/backtest/costs/ibkr/schedule.js";
import {SPREAD_ESTIMATORS} from "../lib/backtest/costs/spread-estimate.js";
import {EXIT} from "./exit.js";
import {CliError, note} from "./output.js";
import {one, positive} from "./words.js";

/** What the command line says of costs. */
export interface CostFlags {
  commission: string;
  slippage: string;
  costs?: string;
  market?: string;
  multiplier?: string;
  spread?: string;
  impact?: string;
  borrow?: string;
  interest?: string;
  demo?: true;
}

const MODELS: ReadonlyMap<string, "fixed" | "tiered" | "own"> = new Map([
  ["ibkr-fixed", "fixed"],
  ["ibkr-tiered", "tiered"],
  ["own", "own"]
]);
const IMPACTS: ReadonlyMap<string, string> = new Map([
  ["volume-share", "volume-share"],
  ["square-root", "square-root"]
]);

/** Returns the costs that words choose. @throws CliError that says which word cannot be */
export async function costChoice(config: Config, flags: CostFlags): Promise<CostChoice> {
  const {commission, slippage, costs, spread, impact, borrow, interest} = flags;
  const model = costs === undefined ? undefined : one(MODELS, "costs", costs);
  if (model !== "fixed" && model !== "tiered" && (flags.market ?? flags.multiplier) !== undefined)
    throw new CliError("--market and --multiplier are of --costs ibkr-fixed or ibkr-tiered", EXIT.usage);
  const {success, data, error} = CostChoiceSchema.safeParse({
    commission,
    slippage,
    ...(spread !== undefined && {
      spread: Object.hasOwn(SPREAD_ESTIMATORS, spread) ? {estimator: spread} : spread
    }),
    ...(impact !== undefined && {impact: {model: one(IMPACTS, "impact", impact)}}),
    ...(borrow !== undefined && {borrow: Number(borrow)}),
    ...(interest !== undefined && {interest: Number(interest)}),
    ...((model === "fixed" || model === "tiered") && {
      ibkr: {
        plan: model,
        market: marketOf(flags),
        multiplier: flags.multiplier === undefined ? 1 : positive("multiplier", flags.multiplier)
      }
    })
  });
  if (!success) {
    const [{path, message}] = error.issues;
    throw new CliError(
      message.startsWith("invalid cost") ? message : `--${String(path[0])}: ${message}`,
      EXIT.usage
    );
  }
  return model === "own" ? {...data, own: await ownOf(config, flags.demo ?? false)} : data;
}

/** Returns the currency that a market's prices are in. */
export function currencyOf(flags: Pick<CostFlags, "market">): string {
  const market = marketOf(flags);
  return IBKR_SCHEDULES.find((row) => row.market === market)!.currency; // each market has one
}

function marketOf({market = "us-stocks"}: Pick<CostFlags, "market">): Market {
  return one(new Map(MARKETS.map((name) => [name, name])), "market", market);
}

/** Learns what trading costs from the fills of the account, measured against the lake's bars where it has them. */
export async function ownOf(config: Config, demo: boolean): Promise<NonNullable<CostChoice["own"]>> {
  const [{withFigures}, {ownRates}] = await Promise.all([
    import("./figures.js"),
    import("../lib/ledger/costs/own-fills.js")
  ]);
  return withFigures(config, {demo, positions: "latest", query: {holdings: true}}, (figures) => {
    const rates = ownRates(figures.ownFills({assetCategory: "STK"}));
    if (!rates)
      throw new CliError(
        "no fills of shares to learn costs from: import a statement with trades, or take --costs ibkr-fixed"
      );
    const {commission, slippage, against, orders} = rates;
    const bps = (value: number) => `${Number(value.toPrecision(4))} bps`;
    note(
      `own commission of ${orders.commission} orders of shares: ${bps(commission.otherwise)} for a symbol that was never traded`
    );
    note(
      slippage
        ? `own slippage of ${orders.slippage} orders of shares, against ${against === "bar" ? "the day's bars" : "the statement's closing prices"}: ${bps(slippage.otherwise)} for a symbol that was never traded`
        : "own slippage is n/a and left out: pull bars of what was traded, or tick Close Price among the trades of the Flex query"
    );
    return {commission, ...(slippage && {slippage})};
  });
}
