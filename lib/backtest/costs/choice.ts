import {z} from "zod";
import type {LadderCosts} from "../ladder.js";
import type {ProportionalRates} from "../vector/fill.js";
import {barSpread} from "./bar-spread.js";
import {borrowCost} from "./borrow.js";
import {combineCosts, type CostPart} from "./combine.js";
import {type Costs, NO_RATE, parseRate, proportionalCosts, type Rate} from "./costs.js";
import {financingCost} from "./financing.js";
import {ibkrCosts} from "./ibkr/ibkr.js";
import {MARKETS, PLANS} from "./ibkr/schedule.js";
import {ownCosts, ownCostsOf} from "./own.js";
import {fixedSpread} from "./spread.js";
import {SPREAD_ESTIMATORS, type SpreadEstimator} from "./spread-estimate.js";
import {squareRootImpact} from "./square-root-impact.js";
import {volumeShareImpact} from "./volume-share.js";

/** A cost in words: `0.001` or `5bps` of the value, `0.005/share`. */
export const RateText = z
  .string()
  .max(40)
  .superRefine((text, context) => {
    try {
      parseRate(text);
    } catch (error) {
      context.addIssue({code: "custom", message: (error as RangeError).message}); // parseRate throws nothing else
    }
  });

const Positive = z.number().positive();
const NotNegative = z.number().min(0);
const Window = z.int().min(2).max(10_000);
const OwnRates = z.strictObject({bySymbol: z.record(z.string(), z.number()), otherwise: z.number()});

/** Every model of what trading costs, as a person chooses it; what is not chosen costs nothing. JSON-safe. */
export const CostChoiceSchema = z.strictObject({
  commission: RateText.default("0"),
  slippage: RateText.default("0"),
  /** IBKR's published prices. */
  ibkr: z
    .strictObject({
      plan: z.enum(PLANS),
      market: z.enum(MARKETS).default("us-stocks"),
      multiplier: Positive.default(1),
      monthly: NotNegative.default(0),
      rate: Positive.exactOptional()
    })
    .exactOptional(),
  /** What one's own fills say, in basis points. */
  own: z.strictObject({commission: OwnRates, slippage: OwnRates.exactOptional()}).exactOptional(),
  /** From bid to ask: a cost in words, or estimated from the bars. */
  spread: z
    .union([
      RateText,
      z.strictObject({
        estimator: z.enum(Object.keys(SPREAD_ESTIMATORS) as [SpreadEstimator, ...SpreadEstimator[]]),
        window: Window.default(21),
        otherwise: RateText.default("0")
      })
    ])
    .exactOptional(),
  impact: z
    .discriminatedUnion("model", [
      z.strictObject({
        model: z.literal("volume-share"),
        impact: NotNegative.default(0.1),
        most: NotNegative.default(0.025)
      }),
      z.strictObject({
        model: z.literal("square-root"),
        a: NotNegative.default(0),
        b: NotNegative.default(1),
        window: Window.default(21)
      })
    ])
    .exactOptional(),
  /** Of borrowed shares, a fraction a year. */
  borrow: NotNegative.exactOptional(),
  /** Benchmark of what cash costs and earns, a fraction a year. */
  interest: z.number().gt(-1).exactOptional()
});

export type CostChoice = z.infer<typeof CostChoiceSchema>;

/** Returns the parts that were chosen, by the step of the assumption ladder that they are. Slippage is of the spread's step. */
export function costParts(choice: CostChoice): LadderCosts {
  const {commission, slippage, ibkr, own, spread, impact, borrow, interest} = choice;
  const mine = own && ownCosts(own);
  return {
    ...step("commission", [
      isNone(commission)
        ? undefined
        : only("commission", proportionalCosts({commission: parseRate(commission)})),
      ibkr && ibkrCosts(ibkr),
      mine && only("commission", mine)
    ]),
    ...step("spread", [
      isNone(slippage) ? undefined : only("slipped", proportionalCosts({slippage: parseRate(slippage)})),
      mine?.slipped && only("slipped", mine),
      typeof spread === "string" ? (isNone(spread) ? undefined : fixedSpread(parseRate(spread))) : undefined,
      typeof spread === "object" ? barSpread({...spread, otherwise: parseRate(spread.otherwise)}) : undefined
    ]),
    ...step("impact", [
      impact && (impact.model === "volume-share" ? volumeShareImpact(impact) : squareRootImpact(impact))
    ]),
    ...step("carrying", [
      borrow === undefined ? undefined : borrowCost({rate: borrow}),
      interest === undefined ? undefined : financingCost(interest)
    ])
  };
}

/** Returns all costs that were chosen, together. */
export function costsOf(choice: CostChoice): Costs {
  return combineCosts(...Object.values(costParts(choice)));
}

/** What of it is in proportion to what is traded, which is all that a sweep knows. */
export const ProportionalChoiceSchema = CostChoiceSchema.pick({commission: true, slippage: true, own: true});

export type ProportionalChoice = z.infer<typeof ProportionalChoiceSchema>;

/**
 * Returns what fills of a symbol cost: what is said in words, and what one's own fills say beside it.
 * @throws RangeError if both say something, and the words say it by the unit
 */
export function proportionalRates(
  {commission, slippage, own}: ProportionalChoice,
  symbol: string
): Required<ProportionalRates> {
  const mine = own && ownCostsOf(own, symbol);
  return {
    commission: together(parseRate(commission), mine?.commission),
    slippage: together(parseRate(slippage), mine?.slippage)
  };
}

function together(said: Rate, own: Rate = NO_RATE): Rate {
  if (said.rate === 0) return own;
  if (own.rate === 0) return said;
  if (said.of === "unit")
    throw new RangeError(
      `${said.rate} a unit does not add up with own fills, which are of the value: say 0 or 5bps`
    );
  return {of: "value", rate: said.rate + own.rate};
}

function isNone(text: string): boolean {
  return parseRate(text).rate === 0;
}

function only(name: "commission" | "slipped", part: CostPart): CostPart {
  return {[name]: part[name]};
}

function step(name: keyof LadderCosts, parts: readonly (CostPart | undefined)[]): LadderCosts {
  const chosen = parts.filter((part) => part !== undefined);
  return chosen.length ? {[name]: combinePart(chosen)} : {};
}

/** Costs that move no price and take no commission need not be asked for them. */
function combinePart(parts: readonly CostPart[]): CostPart {
  const {slipped, commission, ...carried} = combineCosts(...parts);
  return {
    ...(parts.some((part) => part.slipped) && {slipped}),
    ...(parts.some((part) => part.commission) && {commission}),
    ...carried
  };
}
