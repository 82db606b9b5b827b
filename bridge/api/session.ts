import {z} from "zod";
import {endpoint} from "./endpoint.js";

export const Session = z
  .object({
    mode: z.enum(["demo", "real"]).meta({description: "which store is shown"}),
    trading: z.enum(["paper", "ibkr-paper", "live"]).meta({description: "where orders go"}),
    known: z.boolean().meta({description: "whether this request may change things"}),
    ready: z.boolean(),
    step: z.string().meta({description: "what is being done until it is ready"}),
    version: z.string().meta({description: "of the program"}),
    ledgerVersion: z.int().meta({description: "counts the ledger's changes"}),
    url: z.string()
  })
  .meta({id: "Session"});

export const session = endpoint({
  method: "get",
  path: "/api/session",
  tag: "desk",
  summary: "What the desk shows, and what this caller may do",
  always: true,
  reply: {description: "mode, version, address", schema: Session},
  handle({known, desk: {services, url}}) {
    const {mode, ready, step, version} = services.status();
    return {
      mode,
      trading: services.tradingMode,
      known,
      ready,
      step,
      version: services.version,
      ledgerVersion: version,
      url: url()
    };
  }
});
