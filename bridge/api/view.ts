import type {z} from "zod";
import type {FigureName} from "../jobs/figures.js";
import {type ParsedViewQuery, ViewQuerySchema, withRange} from "./common.js";
import {endpoint, Ready, type Endpoint} from "./endpoint.js";

interface View {
  path: `/${string}`;
  tag: string;
  summary: string;
  description?: string;
  schema: z.ZodType;
  query?: z.ZodObject;
}

/** An endpoint that answers with a figure of lib/ledger, made in the worker. */
export function view(name: FigureName, {schema, query = ViewQuerySchema, ...spec}: View): Endpoint {
  return endpoint({
    ...spec,
    method: "get",
    query,
    problems: [404],
    reply: {description: spec.summary, schema},
    async handle({query: given, desk}) {
      return new Ready(await desk.services.figures.view(name, withRange(given as ParsedViewQuery)));
    }
  });
}
