import {z} from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathItemObject,
  type ZodOpenApiPathsObject
} from "zod-openapi";
import {ProblemDocument} from "../problem.js";
import type {Endpoint} from "./endpoint.js";
import {up} from "./health.js";
import {endpoints} from "./index.js";

const TAGS = {
  account: "What the accounts hold and are worth",
  performance: "How they did",
  ledger: "The rows that figures are made of",
  market: "Rates, currencies, indices, commodities and central banks, from the lake",
  data: "The lake: vendors' rows on this disk, and the pulls that bring them",
  research: "Backtests and portfolios: computed on bars and holdings, kept by what they depend on",
  trading: "Orders, fills, limits and the kill switch: all that can move money",
  imports: "Files that come in and go out",
  flex: "IBKR's Flex Web Service",
  desk: "The bridge itself"
};

/** Problems that any endpoint may answer with. */
const COMMON = [400, 401, 403, 421, 500, 503];

const MEANINGS: Readonly<Record<number, string>> = {
  400: "the input is not understood",
  401: "no token, or a wrong one",
  403: "the request comes from a page that is not ours",
  404: "there is no such thing",
  409: "it cannot be done as things are",
  413: "the body is too large",
  415: "the body is of a type that is not taken",
  421: "the request names another host",
  422: "the file or the computation is refused",
  500: "the bridge failed",
  503: "the desk is starting, or its store is busy",
  507: "the disk is full"
};

/** One object for each, so that the document names it once. */
const PROBLEMS = new Map(
  Object.entries(MEANINGS).map(([status, description]) => [
    Number(status),
    {
      id: `Problem${status}`,
      description,
      content: {"application/problem+json": {schema: ProblemDocument}}
    }
  ])
);

const SOCKET: ZodOpenApiPathItemObject = {
  get: {
    operationId: operationId("get", "/api/ws/{connection_id}"),
    tags: ["desk"],
    summary: "Hear what happens",
    description:
      "A WebSocket. It says `hello`, then announces `import` (version, accounts), `lake` (version), `job` (job) and `mode` (mode, version) " +
      'as JSON objects with a `type`. `{"type":"ping"}` is answered with `{"type":"pong"}`. ' +
      "Of each kind a slow reader gets only the newest. A second connection with the same id replaces the first.",
    requestParams: {path: z.object({connection_id: z.string().regex(/^[\w-]{1,64}$/)})},
    responses: {
      "101": {description: "the connection is a WebSocket now"},
      ...problems([401, 403, 404, 421, 503])
    }
  }
};

/** Returns the whole API as OpenAPI 3.1, made from the schemas that serve it. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const spec of [up, ...endpoints]) {
    paths[spec.path] = {...paths[spec.path], [spec.method]: operation(spec)};
  }
  paths["/api/ws/{connection_id}"] = SOCKET;
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tearsheet",
      version: "1",
      description:
        "The bridge on this machine. Send the token of `DATA_DIR/token` as bearer; a page has a cookie instead. " +
        "In DEMO reading needs neither; what has `x-role: trade` does. Amounts are exact decimals in text, ratios are fractions, errors are problem+json."
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({name, description})),
    security: [{token: []}, {session: []}],
    paths,
    components: {
      securitySchemes: {
        token: {type: "http", scheme: "bearer"},
        session: {
          type: "apiKey",
          in: "cookie",
          name: "tearsheet_session_8765",
          description: "named with the port; set by the link that `npm start` prints"
        }
      }
    }
  });
}

function operation(spec: Endpoint): ZodOpenApiOperationObject {
  const {method, path, tag, role, summary, description, params, query, body, reply, tagged} = spec;
  const statuses = path === "/health" ? [421] : [...COMMON, ...(spec.problems ?? [])];
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    ...(role && {"x-role": role}),
    ...(description && {description}),
    ...(path === "/health" && {security: []}),
    ...((params || query) && {requestParams: {...(params && {path: params}), ...(query && {query})}}),
    ...(body && {requestBody: {required: isMediaTypes(body), content: requestContent(body)}}),
    responses: {
      [String(reply.status ?? 200) as "200"]: {
        description: reply.description,
        content: {
          [reply.media ?? "application/json"]: {schema: reply.schema},
          ...Object.fromEntries((reply.also ?? []).map((media) => [media, {schema: z.string()}]))
        }
      },
      ...(tagged && {"304": {description: "as the `If-None-Match` sent along: nothing has changed"}}),
      ...problems(statuses)
    }
  };
}

/** `get` and `/api/pnl/timeseries` make `getApiPnlTimeseries`. */
function operationId(method: string, path: string): string {
  const words = path.match(/[a-zA-Z\d]+/g) ?? [];
  return method + words.map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

function requestContent(body: NonNullable<Endpoint["body"]>) {
  if (!isMediaTypes(body)) return {"application/json": {schema: body}};
  const schema = z.string().meta({format: "binary"});
  return Object.fromEntries(body.map((type) => [type, {schema}]));
}

function problems(statuses: readonly number[]) {
  const sorted = statuses.toSorted((a, b) => a - b);
  return Object.fromEntries(sorted.map((status) => [String(status) as "400", PROBLEMS.get(status)!])); // MEANINGS has each
}

const isMediaTypes = (body: NonNullable<Endpoint["body"]>): body is readonly string[] => Array.isArray(body);
