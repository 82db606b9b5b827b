import {json, Router, type Request, type RequestHandler, type Response} from "express";
import type {z} from "zod";
import type {Gate} from "../access/gate.js";
import {unauthorized} from "../access/gate.js";
import {Problem} from "../problem.js";
import {Ready, type Desk, type Endpoint} from "./endpoint.js";

const SAFE = new Set(["GET", "HEAD"]);
const MOST_BYTES = "64kb";

/** Serves the endpoints: parses what comes in, calls, replies. */
export function apiRouter(endpoints: readonly Endpoint[], gate: Gate, desk: Desk): RequestHandler {
  const router = Router({caseSensitive: true, strict: true});
  router.use((request, response, next) => {
    response.set("Cache-Control", "no-store");
    if (!SAFE.has(request.method)) gate.checkOrigin(request);
    const demo = desk.services.status().mode === "demo" && SAFE.has(request.method);
    if (gate.caller(request) === "nobody" && !demo)
      throw unauthorized("no-token", `this needs the token: ${gate.howToEnter}`);
    next();
  });
  serve(router, endpoints, gate, desk);
  router.use(({path}) => {
    throw new Problem(404, "no-such-endpoint", `there is no ${path}: /docs lists what there is`);
  });
  return (request, response, next) => {
    if (/^\/api(\/|$)/.test(request.path)) router(request, response, next);
    else next();
  };
}

/** Adds the endpoints to a router, and a 405 to each path for the methods that it lacks. */
export function serve(router: Router, endpoints: readonly Endpoint[], gate: Gate, desk: Desk): void {
  const methods = new Map<string, string[]>();
  for (const spec of endpoints) {
    const path = spec.path.replace(/\{(\w+)\}/g, ":$1");
    methods.set(path, [
      ...(methods.get(path) ?? []),
      ...(spec.method === "get" ? ["GET", "HEAD"] : [spec.method.toUpperCase()])
    ]);
    router[spec.method](path, (request, response) => answer(spec, request, response, gate, desk));
  }
  for (const [path, allowed] of methods) {
    router.all(path, ({method}) => {
      const Allow = allowed.join(", ");
      throw new Problem(405, "wrong-method", `${method} is not possible here, only ${Allow}`, {
        headers: {Allow}
      });
    });
  }
}

async function answer(
  spec: Endpoint,
  request: Request,
  response: Response,
  gate: Gate,
  desk: Desk
): Promise<void> {
  const {ready, step} = desk.services.status();
  if (!ready && !spec.always) {
    throw new Problem(503, "starting", `the desk is starting: ${step}`, {headers: {"Retry-After": "1"}});
  }
  const caller = gate.caller(request);
  if (spec.role === "trade" && caller === "nobody")
    throw unauthorized("no-token", `whoever trades shows the token: ${gate.howToEnter}`);
  const input = {
    path: parse(spec.params, request.params, "the path"),
    query: parse(spec.query, request.query, "the query"),
    body: await readBody(spec, request, response),
    request,
    known: caller !== "nobody",
    caller,
    desk
  };
  const reply = await spec.handle(input as never); // parsed by the very schemas that its type comes from
  if (!(reply instanceof Ready)) return send(JSON.stringify(reply));
  response.set(reply.headers);
  if (reply.body === null) response.status(304).end();
  else
    send(
      typeof reply.body === "string"
        ? reply.body
        : Buffer.from(reply.body.buffer, reply.body.byteOffset, reply.body.byteLength)
    );

  function send(body: string | Buffer): void {
    response
      .status(spec.reply.status ?? 200)
      .type(response.get("Content-Type") ?? spec.reply.media ?? "application/json")
      .send(body);
  }
}

function parse(schema: z.ZodType | undefined, value: unknown, what: string): unknown {
  if (!schema) {
    const [name] = Object.keys(value ?? {});
    if (name === undefined) return {};
    throw new Problem(400, "invalid-input", `${what} takes nothing called ${name}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({path, message}) => ({where: path.join("."), message}));
  const sentence = errors.map(({where, message}) => (where ? `${where}: ${message}` : message)).join("; ");
  throw new Problem(400, "invalid-input", `${what} is not understood: ${sentence}`, {errors});
}

async function readBody(
  {body, bodyBytes = MOST_BYTES}: Endpoint,
  request: Request,
  response: Response
): Promise<unknown> {
  const type = request.headers["content-type"]?.split(";", 1)[0].trim().toLowerCase();
  if (!body) return undefined;
  if (isMediaTypes(body)) {
    if (type !== undefined && !body.includes(type)) throw wrongType(type, body);
    return undefined;
  }
  if (
    type === undefined &&
    (request.headers["content-length"] ?? "0") === "0" &&
    !request.headers["transfer-encoding"]
  ) {
    return parse(body, {}, "the body");
  }
  if (type !== "application/json") throw wrongType(type ?? "none", ["application/json"]);
  await new Promise<void>((resolve, reject) => {
    json({limit: bodyBytes})(request, response, (error?: unknown) =>
      error ? reject(error as Error) : resolve()
    );
  });
  return parse(body, request.body ?? {}, "the body");
}

const isMediaTypes = (body: NonNullable<Endpoint["body"]>): body is readonly string[] => Array.isArray(body);

function wrongType(type: string, allowed: readonly string[]): Problem {
  return new Problem(
    415,
    "wrong-content-type",
    `a body of type ${type} is not taken here, only ${allowed.join(", ")}`
  );
}
