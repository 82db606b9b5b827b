import {z} from "zod";
import type {
  CentralBanksView,
  CommoditiesView,
  CurvesView,
  FedLiquidityView,
  FxView,
  HistoryView,
  MarketRow,
  OverviewView,
  PanelView,
  SparklinesView,
  WhatChangedView
} from "../../lib/market/views.js";
import {type Watchlist, WatchlistsSchema} from "../../lib/market/watchlist.js";
import type {MarketViewName} from "../services.js";
import {Day, Time} from "./common.js";
import {endpoint, Ready, type Endpoint} from "./endpoint.js";

const ChangeUnit = z.enum(["bp", "fraction", "absolute"]);
const Reason = z.string().nullable().meta({description: "why there is no value, and what to do"});
const Point = z.tuple([Day, z.number()]);

const Row = z
  .object({
    id: z.string(),
    label: z.string(),
    value: z.number().nullable(),
    unit: z.string(),
    asOf: Day.nullable(),
    source: z.string().meta({description: "vendor and series; `computed: …` for what is derived"}),
    change1d: z.number().nullable(),
    change1w: z.number().nullable(),
    change1m: z.number().nullable(),
    changeYtd: z.number().nullable(),
    changeUnit: ChangeUnit,
    percentile10y: z
      .number()
      .nullable()
      .meta({description: "fraction of ten years' values at or below this one"}),
    sparkline: z.array(Point).meta({description: "the last thirty days with a value, oldest first"}),
    ageDays: z.int().nullable(),
    stale: z.boolean().meta({description: "older than its rhythm of publication explains"}),
    reason: Reason,
    missing: z
      .partialRecord(z.enum(["change1d", "change1w", "change1m", "changeYtd", "percentile10y"]), z.string())
      .meta({description: "why a figure is null though there is a value"})
  })
  .meta({id: "MarketRow"}) satisfies z.ZodType<MarketRow>;

const panel = {now: Time, groups: z.array(z.object({label: z.string(), rows: z.array(Row)}))};

const Panel = z.object(panel).meta({id: "MarketPanel"}) satisfies z.ZodType<PanelView>;

const Fx = z
  .object({
    ...panel,
    matrix: z.object({
      currencies: z.array(z.string()),
      asOf: Day.nullable(),
      rates: z
        .array(z.array(z.number().nullable()))
        .meta({description: "units of the column's currency for one of the row's"}),
      reason: Reason
    })
  })
  .meta({id: "FxPanel"}) satisfies z.ZodType<FxView>;

const Commodities = z
  .object({
    ...panel,
    curves: z
      .array(
        z.object({
          id: z.string(),
          label: z.string(),
          unit: z.string(),
          asOf: Day.nullable(),
          points: z.array(z.object({id: z.string(), month: z.string(), price: z.number()})),
          reason: Reason
        })
      )
      .meta({description: "prices of futures by delivery month"})
  })
  .meta({id: "CommoditiesPanel"}) satisfies z.ZodType<CommoditiesView>;

const Line = z.object({
  label: z.enum(["now", "1 month ago", "1 year ago"]),
  asOf: Day.nullable(),
  points: z.array(z.object({years: z.number(), percent: z.number()}))
});

const Curves = z
  .object({
    now: Time,
    source: z.string(),
    par: z.array(Line),
    real: z.array(Line),
    zero: z.array(Line),
    forward: z.array(Line),
    named: z.array(Row),
    slopes: z.array(Row),
    reason: Reason
  })
  .meta({id: "Curves"}) satisfies z.ZodType<CurvesView>;

const FedLiquidity = z
  .object({
    now: Time,
    rows: z.array(Row),
    weeks: z
      .array(
        z.object({
          day: Day,
          assets: z.number(),
          generalAccount: z.number(),
          reverseRepo: z.number(),
          net: z.number()
        })
      )
      .meta({description: "Wednesday levels, USD billions, oldest first"}),
    soma: z.array(
      z.object({
        asOf: Day,
        bills: z.number(),
        notesBonds: z.number(),
        tips: z.number(),
        tipsInflation: z.number(),
        frn: z.number(),
        mbs: z.number(),
        cmbs: z.number(),
        agencies: z.number(),
        total: z.number()
      })
    ),
    pace: z.object({
      fourWeeks: z.number().nullable(),
      thirteenWeeks: z.number().nullable(),
      sentence: z.string()
    }),
    reason: Reason
  })
  .meta({id: "FedLiquidity"}) satisfies z.ZodType<FedLiquidityView>;

const CentralBanks = z
  .object({
    now: Time,
    policy: z.array(Row),
    meetings: z.array(
      z.object({
        bank: z.enum(["Federal Reserve", "European Central Bank", "Bank of England", "Bank of Japan"]),
        day: Day,
        projections: z.boolean(),
        daysTo: z.int(),
        source: z.string()
      })
    ),
    knownUntil: z
      .array(
        z.object({
          bank: z.enum(["Federal Reserve", "European Central Bank", "Bank of England", "Bank of Japan"]),
          day: Day,
          source: z.string()
        })
      )
      .meta({description: "the last meeting that is known of each bank"}),
    impliedAsOf: Day.nullable(),
    implied: z
      .array(
        z.object({
          day: Day,
          contract: z.string(),
          price: z.number(),
          basis: z.enum(["month of the meeting", "month after"]),
          start: z.number(),
          end: z.number(),
          changeBp: z.number(),
          moves: z.array(z.object({bp: z.number(), probability: z.number()})),
          levels: z.array(z.object({lower: z.number(), upper: z.number(), probability: z.number()})),
          flag: z.string().nullable()
        })
      )
      .meta({description: "the path that fed funds futures imply; probabilities sum to 1"}),
    reason: Reason
  })
  .meta({id: "CentralBanks"}) satisfies z.ZodType<CentralBanksView>;

const WhatChanged = z
  .object({
    now: Time,
    movers: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        panel: z.enum(["rates", "fx", "equities", "commodities", "macro"]),
        z: z.number(),
        change: z.number(),
        changeUnit: ChangeUnit,
        horizonDays: z.union([z.literal(1), z.literal(5)]),
        asOf: Day,
        sentence: z.string()
      })
    ),
    reason: Reason
  })
  .meta({id: "WhatChanged"}) satisfies z.ZodType<WhatChangedView>;

const History = z
  .object({
    id: z.string(),
    label: z.string(),
    unit: z.string(),
    source: z.string(),
    asOf: Day.nullable(),
    closes: z.array(Point),
    reason: Reason
  })
  .meta({id: "MarketHistory"}) satisfies z.ZodType<HistoryView>;

const Overview = z
  .object({
    now: Time,
    rates: Panel,
    fx: Fx,
    equities: Panel,
    commodities: Commodities,
    macro: Panel,
    watchlists: z.array(z.object({name: z.string(), rows: z.array(Row)})),
    whatChanged: WhatChanged,
    sources: z.array(z.object({source: z.string(), asOf: Day.nullable(), pulledAt: Time.nullable()}))
  })
  .meta({id: "MarketOverview"}) satisfies z.ZodType<OverviewView>;

const Sparklines = z
  .object({
    now: Time,
    sparklines: z.array(z.object({id: z.string(), points: z.array(Point), reason: Reason}))
  })
  .meta({id: "Sparklines"}) satisfies z.ZodType<SparklinesView>;

interface View {
  summary: string;
  description?: string;
  schema: z.ZodType;
}

/** An endpoint that answers with a view of lib/market, made in a worker. */
function marketView(
  name: Exclude<MarketViewName, "sparklines" | "historical">,
  {schema, ...spec}: View
): Endpoint {
  return endpoint({
    ...spec,
    method: "get",
    path: `/api/market/${name}`,
    tag: "market",
    reply: {description: spec.summary, schema},
    handle: async ({desk}) => new Ready(await desk.services.markets.view(name, {}))
  });
}

export const marketViews: readonly Endpoint[] = [
  marketView("overview", {
    summary: "All panels, watchlists and what changed, in one answer",
    schema: Overview
  }),
  marketView("rates", {
    summary: "Rates: the Treasury curve, TIPS, breakevens, FRED's rates, spreads",
    schema: Panel
  }),
  marketView("fx", {summary: "Currencies: G10 against the dollar, the computed dollar index", schema: Fx}),
  marketView("equities", {summary: "Equity indices of the world and VIX", schema: Panel}),
  marketView("commodities", {
    summary: "Energy, metals and farm goods, futures by month",
    schema: Commodities
  }),
  marketView("macro", {summary: "The macro pulse: inflation, labour, growth, money", schema: Panel}),
  marketView("what-changed", {
    summary: "Moves across assets that are large for them",
    description:
      "Change over one day and over five, in standard deviations of such changes in the year before.",
    schema: WhatChanged
  }),
  marketView("curves", {
    summary: "The Treasury curve now, a month and a year ago: par, zero and forward rates",
    description:
      "Zero rates are bootstrapped from the par curve, bond-equivalent, semi-annual; forwards come from them.",
    schema: Curves
  }),
  marketView("fed-liquidity", {
    summary: "The Fed's balance sheet, its holdings, net liquidity and the pace of both",
    schema: FedLiquidity
  }),
  marketView("cb-meetings", {
    summary: "Central banks: meetings to come, policy rates, the path that fed funds futures imply",
    schema: CentralBanks
  }),
  endpoint({
    method: "get",
    path: "/api/market/sparklines",
    tag: "market",
    summary: "The last thirty days of many rows at once",
    query: z.strictObject({
      ids: z
        .string()
        .max(8000)
        .transform((text) =>
          text
            .split(",")
            .map((id) => id.trim())
            .filter(Boolean)
        )
        .exactOptional()
        .meta({description: "row or series ids with commas between; every row of every panel when absent"})
    }),
    reply: {description: "a line each, oldest day first", schema: Sparklines},
    handle: async ({query, desk}) => new Ready(await desk.services.markets.view("sparklines", query))
  }),
  endpoint({
    method: "get",
    path: "/api/market/historical/{symbol}",
    tag: "market",
    summary: "Daily closes of one row or series, up to a year",
    params: z.strictObject({
      symbol: z.string().min(1).max(128).meta({
        description: "a row's id, or vendor:symbol; odd characters percent-encoded",
        example: "yahoo:^GSPC"
      })
    }),
    query: z.strictObject({
      days: z
        .string()
        .regex(/^\d{1,4}$/, "days are a whole number")
        .transform(Number)
        .pipe(z.number().min(1).max(366, "a year at most: /api/data/query has the rest"))
        .prefault("366")
        .meta({description: "calendar days before the last one"})
    }),
    problems: [404],
    reply: {description: "closes, oldest first", schema: History},
    handle: async ({path: {symbol}, query: {days}, desk}) =>
      new Ready(await desk.services.markets.view("historical", {symbol, days}))
  })
];

export const marketSeries = endpoint({
  method: "get",
  path: "/api/data/market",
  tag: "data",
  summary: "The daily series that Markets is made of, as an Arrow IPC stream",
  description:
    "Columns `series` (a dictionary of ids), `day` (Date) and `value` (Float64), in order of series and day. The schema's " +
    "metadata has, as JSON, under `series` a list of `{id, name, unit, source, pulledAt}`, one for each series that there " +
    "is, and under `meetings` and `watchlists` the person's own lists.",
  reply: {
    description: "an Arrow IPC stream; header `Lake-Version` counts the lake's changes",
    schema: z.string().meta({format: "binary"}),
    media: "application/vnd.apache.arrow.stream"
  },
  tagged: true,
  async handle({request, desk: {services, startedAt}}) {
    const {mode} = services.status();
    const tag = (of: number) => `"${mode}-lake-${of}-${startedAt.getTime()}"`;
    const headers = (of: number) => ({
      "Lake-Version": String(of),
      ETag: tag(of),
      "Cache-Control": "private, no-cache"
    });
    const version = await services.lake.version();
    if (request.headers["if-none-match"] === tag(version)) return new Ready(null, headers(version));
    const {bytes, version: read} = await services.markets.series();
    return new Ready(bytes, headers(read));
  }
});

const Watchlists = z.object({
  watchlists: z.array(z.object({name: z.string(), ids: z.array(z.string())}) satisfies z.ZodType<Watchlist>)
});

export const watchlists = endpoint({
  method: "get",
  path: "/api/market/watchlists",
  tag: "market",
  summary: "The person's watchlists",
  reply: {description: "in the order that they are shown in", schema: Watchlists.meta({id: "Watchlists"})},
  handle: async ({desk}) => ({watchlists: await desk.services.lake.watchlists()})
});

export const putWatchlists = endpoint({
  method: "put",
  path: "/api/market/watchlists",
  tag: "market",
  summary: "Save the watchlists, in place of those before",
  body: z.strictObject({watchlists: WatchlistsSchema}),
  problems: [415],
  reply: {description: "as they are kept", schema: Watchlists.meta({id: "SavedWatchlists"})},
  async handle({body, desk}) {
    await desk.services.lake.setWatchlists(body.watchlists);
    return body;
  }
});
