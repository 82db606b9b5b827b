import {z} from "zod";
import type {PnlSeriesView, PnlView} from "../../lib/ledger/views.js";
import {Day, FigureSchema, MoneySchema, ScopeSchema} from "./common.js";
import {view} from "./view.js";

const Column = z.array(z.number().nullable());

export const Pnl = z
  .object({
    scope: ScopeSchema,
    days: z.array(
      z.object({
        day: Day,
        nav: MoneySchema,
        flow: MoneySchema,
        pnl: MoneySchema,
        realized: MoneySchema,
        return: FigureSchema,
        cumulative: FigureSchema
      })
    ),
    total: z.object({pnl: MoneySchema, flow: MoneySchema, realized: MoneySchema, return: FigureSchema})
  })
  .meta({id: "Pnl"}) satisfies z.ZodType<PnlView>;

export const PnlSeries = z
  .object({
    scope: ScopeSchema,
    days: z.array(Day),
    nav: Column,
    contributions: Column,
    return: Column,
    cumulative: Column
  })
  .meta({
    id: "PnlSeries",
    description: "columns of equal length, oldest first"
  }) satisfies z.ZodType<PnlSeriesView>;

export const pnl = view("pnl", {
  path: "/api/pnl",
  tag: "performance",
  summary: "Gain and return of each day",
  schema: Pnl
});

export const pnlSeries = view("pnlSeries", {
  path: "/api/pnl/timeseries",
  tag: "performance",
  summary: "Value, contributions and returns as columns, for charts",
  schema: PnlSeries
});
