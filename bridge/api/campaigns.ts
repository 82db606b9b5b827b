import {z} from "zod";
import type {CampaignsView} from "../../lib/ledger/campaigns/campaign.js";
import type {TwinView} from "../../lib/ledger/twin/twin.js";
import {Day, Decimal, FigureSchema, MoneySchema, ScopeSchema, viewQuery} from "./common.js";
import {view} from "./view.js";

const Leg = z
  .object({
    holding: z.string(),
    symbol: z.string(),
    assetCategory: z.string(),
    putCall: z.enum(["P", "C"]).nullable(),
    strike: Decimal.nullable(),
    expiry: Day.nullable(),
    side: z.enum(["long", "short"]),
    quantity: Decimal,
    held: Decimal,
    opened: Day.nullable(),
    closed: Day.nullable(),
    ended: z.enum([
      "open",
      "closed",
      "rolled",
      "expired",
      "assigned",
      "exercised",
      "transferred",
      "corporate action"
    ]),
    money: MoneySchema,
    rows: z.array(z.string())
  })
  .meta({id: "CampaignLeg"});

const Campaign = z
  .object({
    id: z.string(),
    account: z.string(),
    underlying: z.string(),
    currency: z.string(),
    structure: z.string().meta({example: "covered call"}),
    status: z.enum(["open", "closed"]),
    opened: Day.nullable().meta({description: "null where it began before the statements"}),
    closed: Day.nullable(),
    days: z.int().nullable(),
    rolls: z.int(),
    assigned: z.int(),
    legs: z.array(Leg),
    premium: MoneySchema,
    options: MoneySchema,
    stock: MoneySchema,
    dividends: MoneySchema,
    fees: MoneySchema,
    gain: MoneySchema.meta({description: "options, stock, dividends and fees, exactly"}),
    gainBase: MoneySchema,
    breakEven: MoneySchema,
    capital: MoneySchema,
    return: FigureSchema,
    annualized: FigureSchema,
    tags: z.array(z.string()),
    rows: z.array(z.string())
  })
  .meta({id: "Campaign"});

const group = {
  name: z.string(),
  campaigns: z.int(),
  open: z.int(),
  gain: MoneySchema,
  winRate: FigureSchema,
  profitFactor: FigureSchema,
  return: FigureSchema
};
const Group = z.object(group).meta({id: "CampaignGroup"});

export const Campaigns = z
  .object({
    scope: ScopeSchema,
    campaigns: z.array(Campaign),
    byStructure: z.array(Group),
    byTag: z.array(
      z.object({
        ...group,
        executions: z.int(),
        realized: MoneySchema,
        realizedWinRate: FigureSchema,
        realizedProfitFactor: FigureSchema
      })
    ),
    total: Group,
    outside: z.object({amount: MoneySchema, rows: z.array(z.string())}),
    notes: z.array(z.string())
  })
  .meta({id: "Campaigns"}) satisfies z.ZodType<CampaignsView>;

const Column = z.array(z.number().nullable());

export const Twin = z
  .object({
    scope: ScopeSchema,
    without: z.object({after: z.string().nullable(), tag: z.string().nullable(), rows: z.array(z.string())}),
    days: z.array(Day),
    actual: Column,
    twin: Column,
    gain: z.object({actual: MoneySchema, twin: MoneySchema, added: MoneySchema}),
    return: z.object({actual: FigureSchema, twin: FigureSchema, added: FigureSchema}),
    changed: z.array(
      z.object({symbol: z.string(), account: z.string(), quantity: Decimal, value: MoneySchema})
    ),
    unknown: z.object({days: z.int(), reason: z.string().nullable()}),
    assumptions: z.array(z.string())
  })
  .meta({id: "Twin"}) satisfies z.ZodType<TwinView>;

export const twin = view("twin", {
  path: "/api/twin",
  tag: "performance",
  summary: "The account beside the same without some of its trades: what trading added",
  schema: Twin,
  query: viewQuery({
    after: Day.exactOptional().meta({description: "without the trades after this day"}),
    tag: z.string().min(1).max(40).exactOptional().meta({description: "without those of this tag, instead"})
  })
});

export const campaigns = view("campaigns", {
  path: "/api/campaigns",
  tag: "performance",
  summary: "Campaigns: options, rolls, assignments and shares of one underlying, from flat to flat",
  schema: Campaigns,
  query: viewQuery({
    symbol: z.string().min(1).max(64).exactOptional().meta({description: "of this underlying or symbol"}),
    tag: z.string().min(1).max(40).exactOptional().meta({description: "with this tag"})
  })
});
