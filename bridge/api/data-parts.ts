import {z} from "zod";
import type {LakePart} from "../services.js";
import {Day} from "./common.js";
import {Dataset, LayerName} from "./data.js";
import {endpoint, Ready} from "./endpoint.js";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "a hash has 64 hexadecimal digits");

const Part = z
  .object({sha256: Sha256, bytes: z.int(), rows: z.int(), from: Day, to: Day})
  .meta({id: "LakePart"}) satisfies z.ZodType<LakePart>;

export const dataParts = endpoint({
  method: "get",
  path: "/api/data/parts",
  tag: "data",
  summary: "The files that a dataset's rows are in",
  description: "A file never changes: what has been fetched under its hash need not be fetched again.",
  query: z.strictObject({dataset: Dataset, layer: LayerName}),
  problems: [404],
  reply: {
    description: "files in the order of their days; none holds a row of another",
    schema: z.object({parts: z.array(Part)}).meta({id: "LakeParts"})
  },
  handle: async ({query: {dataset, layer}, desk}) => ({
    parts: await desk.services.lake.partsOf(layer, dataset)
  })
});

export const dataPart = endpoint({
  method: "get",
  path: "/api/data/parts/{sha256}",
  tag: "data",
  summary: "One file of a dataset's rows, as Parquet",
  params: z.strictObject({sha256: Sha256}),
  query: z.strictObject({dataset: Dataset, layer: LayerName}),
  problems: [404],
  reply: {
    description: "the file, as it is on the disk",
    schema: z.string().meta({format: "binary"}),
    media: "application/vnd.apache.parquet"
  },
  tagged: true,
  async handle({path: {sha256}, query: {dataset, layer}, request, desk}) {
    const headers = {ETag: `"${sha256}"`, "Cache-Control": "private, max-age=31536000, immutable"};
    if (request.headers["if-none-match"] === headers.ETag) return new Ready(null, headers);
    return new Ready(await desk.services.lake.readPart(layer, dataset, sha256), headers);
  }
});
