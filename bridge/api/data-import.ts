import {text} from "node:stream/consumers";
import {z} from "zod";
import {FREQUENCIES, isDatasetName} from "../../lib/lake/dataset.js";
import {Problem} from "../problem.js";
import {endpoint} from "./endpoint.js";
import {Pull} from "./pulls.js";

const LARGEST = 64 * 1024 ** 2;

export const importCsv = endpoint({
  method: "post",
  path: "/api/data/import",
  tag: "data",
  summary: "Take the rows of a vendor's CSV, downloaded in a browser, into the lake",
  description:
    "For vendors whose site serves no program: `/api/data/vendors` says which. The body is the file.",
  query: z.strictObject({
    vendor: z.string().max(64).refine(isDatasetName, "no vendor is called that").meta({example: "stooq"}),
    symbol: z.string().trim().min(1).max(64).meta({description: "whose rows they are", example: "aapl.us"}),
    frequency: z.enum(FREQUENCIES).default("1d"),
    name: z.string().min(1).max(255).default("file").meta({description: "the file's name, as it is shown"})
  }),
  body: ["text/csv", "text/plain", "application/octet-stream"],
  problems: [413, 415, 422, 507],
  reply: {description: "what it brought", schema: Pull},
  async handle({query, request, desk: {services}}) {
    if (Number(request.headers["content-length"] ?? 0) > LARGEST) throw tooLarge();
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > LARGEST) request.destroy(tooLarge());
    });
    return services.lake.importCsv({...query, text: await text(request)});
  }
});

const tooLarge = () =>
  new Problem(413, "too-large", `the file is larger than ${LARGEST / 1024 ** 2} MiB: split it`);
