import {z} from "zod";
import type {JobStatus} from "../jobs/jobs.js";
import {Problem} from "../problem.js";
import {Time} from "./common.js";
import {endpoint, type Desk} from "./endpoint.js";

export const Job = z
  .object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(["running", "done", "failed", "cancelled"]),
    message: z.string(),
    done: z.int(),
    total: z.int().nullable(),
    startedAt: Time,
    endedAt: Time.nullable(),
    result: z.unknown().meta({description: "what it brought; null until it is done"}),
    code: z.string().nullable().meta({description: "why it failed, for programs"})
  })
  .meta({id: "Job", description: "long work and how far it is"}) satisfies z.ZodType<JobStatus>;

const params = z.strictObject({id: z.uuid()});

export const jobs = endpoint({
  method: "get",
  path: "/api/jobs",
  tag: "desk",
  summary: "Long work: what runs, and what ended lately",
  reply: {description: "jobs, the oldest first", schema: z.object({jobs: z.array(Job)}).meta({id: "Jobs"})},
  handle: ({desk}) => ({jobs: desk.services.jobs.list()})
});

export const job = endpoint({
  method: "get",
  path: "/api/jobs/{id}",
  tag: "desk",
  summary: "How far a piece of long work is",
  params,
  problems: [404],
  reply: {description: "the job", schema: Job},
  handle: ({path: {id}, desk}) => find(desk, id)
});

export const cancelJob = endpoint({
  method: "delete",
  path: "/api/jobs/{id}",
  tag: "desk",
  summary: "Cancel a piece of long work",
  params,
  problems: [404],
  reply: {status: 202, description: "the job, which ends shortly if it has not yet", schema: Job},
  handle({path: {id}, desk}) {
    desk.services.jobs.cancel(id);
    return find(desk, id);
  }
});

function find({services}: Desk, id: string): JobStatus {
  const status = services.jobs.get(id);
  if (!status) throw new Problem(404, "no-such-job", `there is no job ${id}: /api/jobs lists them`);
  return status;
}
