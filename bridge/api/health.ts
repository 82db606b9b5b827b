import {z} from "zod";
import type {HealthView} from "../../lib/ledger/views.js";
import {ScopeSchema} from "./common.js";
import {endpoint, type Desk} from "./endpoint.js";

const LAG_MS = 250;

const Component = z
  .object({
    name: z.string().meta({example: "store"}),
    status: z.enum(["ok", "degraded", "off"]).meta({description: "off: not configured"}),
    message: z.string()
  })
  .meta({id: "Component"});

const Fix = z
  .discriminatedUnion("kind", [
    z.object({kind: z.literal("fetch"), what: z.enum(["new", "all"])}),
    z.object({
      kind: z.literal("undo-file"),
      files: z.array(z.object({sha256: z.string(), name: z.string(), rows: z.int()}))
    })
  ])
  .meta({
    id: "Fix",
    description:
      "fetch: `new` by /api/fetch-data, `all` by /api/flex-query/fetch-all-reports; undo-file: DELETE /api/imports of one of the files, of which the first does not count"
  });

const Finding = z
  .object({
    code: z.string(),
    severity: z.enum(["error", "warning", "info"]),
    account: z.string().nullable(),
    day: z.string().nullable(),
    sentence: z.string(),
    next: z.string().meta({description: "what to do"}),
    rows: z.array(z.string()).meta({description: "ids of the rows it speaks of"}),
    fix: Fix.nullable().meta({
      description: "what can be done about it by one request; null where nothing can"
    })
  })
  .meta({id: "Finding"});

export const LedgerHealth = z
  .object({
    scope: ScopeSchema,
    findings: z.array(Finding),
    missingSections: z
      .array(z.object({account: z.string(), section: z.string(), sentence: z.string()}))
      .meta({description: "sections that no statement of an account has a row of"}),
    coverage: z.array(
      z.object({account: z.string(), from: z.string(), to: z.string(), base: z.string().nullable()})
    )
  })
  .meta({id: "LedgerHealth"}) satisfies z.ZodType<HealthView>;

export const Health = z
  .object({
    status: z.enum(["ok", "starting", "degraded"]),
    components: z.array(Component)
  })
  .meta({id: "Health"});

export const DetailedHealth = Health.extend({
  uptimeSeconds: z.number(),
  memoryBytes: z.int().meta({description: "resident"}),
  loopDelayMs: z
    .object({p99: z.number(), max: z.number()})
    .meta({description: "of the event loop, since the last minute"}),
  ledger: LedgerHealth.nullable()
}).meta({id: "DetailedHealth"});

/** Says only that the bridge is up: no token, no detail. */
export const up = endpoint({
  method: "get",
  path: "/health",
  tag: "desk",
  summary: "Whether the bridge is up; needs no token",
  always: true,
  reply: {description: "it is up", schema: z.object({status: z.literal("up")}).meta({id: "Up"})},
  handle: () => ({status: "up" as const})
});

export const health = endpoint({
  method: "get",
  path: "/api/health",
  tag: "desk",
  summary: "Whether each part works",
  always: true,
  reply: {description: "each part and how it is", schema: Health},
  handle: ({desk}) => inspect(desk)
});

export const detailedHealth = endpoint({
  method: "get",
  path: "/api/health/detailed",
  tag: "desk",
  summary: "How each part is, how busy the bridge is, and what is wrong in the ledger",
  always: true,
  reply: {description: "parts, load, findings", schema: DetailedHealth},
  async handle({desk}) {
    const {services, now, startedAt, loop} = desk;
    const ready = services.status().ready;
    return {
      ...(await inspect(desk)),
      uptimeSeconds: (now().getTime() - startedAt.getTime()) / 1000,
      memoryBytes: process.memoryUsage.rss(),
      loopDelayMs: loop.read(),
      ledger: ready ? (JSON.parse(await services.figures.view("health", {})) as HealthView) : null
    };
  }
});

async function inspect({services, site, sockets, loop}: Desk): Promise<z.infer<typeof Health>> {
  const {ready, step, mode} = services.status();
  const {ok, message} = site();
  const {p99} = loop.read();
  const components: z.infer<typeof Component>[] = [
    {name: "desk", status: ready ? "ok" : "degraded", message: ready ? `shows ${mode} data` : step},
    ...(await services.health().catch(failed)),
    {name: "site", status: ok ? "ok" : "degraded", message},
    {name: "sockets", status: "ok", message: `${sockets()} connected`},
    {
      name: "loop",
      status: p99 < LAG_MS ? "ok" : "degraded",
      message: `99 of 100 waits of late were under ${Math.ceil(p99)} ms`
    }
  ];
  const worst = components.some(({status}) => status === "degraded") ? "degraded" : "ok";
  return {status: ready ? worst : "starting", components};
}

/** A part that cannot say how it is, is not well; the others still are told. */
const failed = ({message}: Error) => [{name: "services", status: "degraded" as const, message}];
