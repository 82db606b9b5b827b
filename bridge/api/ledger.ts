import {z} from "zod";
import {TABLES, type TableName} from "../../lib/ledger/tables.js";
import {Accounts} from "./common.js";
import {endpoint, Ready} from "./endpoint.js";

const NAMES = Object.keys(TABLES) as TableName[]; // its keys are the names

export const ledger = endpoint({
  method: "get",
  path: "/api/ledger/{table}",
  tag: "ledger",
  summary: "Rows of a ledger table, as an Arrow IPC stream",
  description:
    "Columns carry IBKR's attribute names: text and times as Utf8 or a dictionary of it, days as Date (day), " +
    "amounts as Decimal128(38, 12). Rows are in order of account, day, id. `Ledger-Version` tells whether two " +
    "tables are of the same moment.",
  params: z.strictObject({table: z.enum(NAMES, `there are ${NAMES.join(", ")}`)}),
  query: z.strictObject({
    accounts: Accounts.exactOptional(),
    positions: z
      .enum(["latest", "all"])
      .default("all")
      .meta({description: "positions of each account's last 31 days that have any, or of every day"})
  }),
  problems: [404],
  reply: {
    description: "an Arrow IPC stream; header `Ledger-Version` counts the ledger's changes",
    schema: z.string().meta({format: "binary"}),
    media: "application/vnd.apache.arrow.stream"
  },
  tagged: true,
  async handle({path: {table}, query, request, desk: {services, startedAt}}) {
    const {mode, version} = services.status();
    const tag = (of: number) => `"${mode}-${of}-${startedAt.getTime()}"`;
    const headers = (of: number) => ({
      "Ledger-Version": String(of),
      ETag: tag(of),
      "Cache-Control": "private, no-cache"
    });
    if (request.headers["if-none-match"] === tag(version)) return new Ready(null, headers(version));
    const {bytes, version: read} = await services.figures.table(table, query);
    return new Ready(bytes, headers(read));
  }
});
