import {Transform} from "node:stream";
import {z} from "zod";
import {Problem} from "../problem.js";
import type {Restored} from "../store/archive.js";
import {endpoint, Ready} from "./endpoint.js";

const MEDIA = "application/x-tar";
const LARGEST = 4 * 1024 ** 3;

export const exportAll = endpoint({
  method: "get",
  path: "/api/export",
  tag: "imports",
  summary: "Everything that the store holds, as one file",
  description:
    "A tar archive: `manifest.json` (the imported files, their statements), the rows of each file as gzipped lines " +
    "of JSON, and `SHA256SUMS`. The page of a static build writes and restores the same.",
  reply: {
    description: "the archive, to be kept as NAME.tearsheet",
    schema: z.string().meta({format: "binary"}),
    media: MEDIA
  },
  async handle({desk: {services, now}}) {
    const name = `tearsheet-${now().toISOString().slice(0, 10)}.tearsheet`;
    return new Ready(await services.imports.export(), {
      "Content-Disposition": `attachment; filename="${name}"`
    });
  }
});

export const restore = endpoint({
  method: "post",
  path: "/api/restore",
  tag: "imports",
  summary: "Take in the files of an export that are not here",
  description: "All of them or none: an export that is cut or changed is refused, and nothing is restored.",
  body: ["application/octet-stream", MEDIA],
  problems: [413, 415, 422, 507],
  reply: {
    description: "how many files it has, and how many were not here",
    schema: z.object({files: z.int(), restored: z.int()}).meta({id: "Restored"}) satisfies z.ZodType<Restored>
  },
  async handle({request, desk: {services}}) {
    const gone = new AbortController();
    const limited = limit();
    request.once("error", (error) => gone.abort(error)).pipe(limited);
    return services.jobs.run("restore", async (report, signal) => {
      report({message: "restoring an export"});
      const result = await services.imports.restore(limited, AbortSignal.any([signal, gone.signal]));
      return {message: `${result.restored} of ${result.files} files restored`, result};
    });
  }
});

function limit(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes <= LARGEST) done(null, chunk);
      else done(new Problem(413, "too-large", `the file is larger than ${LARGEST / 1024 ** 3} GiB`));
    }
  });
}
