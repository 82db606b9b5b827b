import {z} from "zod";
import {Problem} from "../problem.js";
import type {Services} from "../services.js";
import {endpoint} from "./endpoint.js";

export const Session = z
  .object({
    mode: z.enum(["demo", "real"]).meta({description: "which store is shown"}),
    trading: z.enum(["paper", "ibkr-paper", "live"]).meta({description: "where orders go"}),
    trades: z.boolean().meta({description: "whether a broker is open: until then trading answers 503"}),
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
      trades: trades(services),
      known,
      ready,
      step,
      version: services.version,
      ledgerVersion: version,
      url: url()
    };
  }
});

function trades(services: Services): boolean {
  try {
    return services.trading.broker !== null;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
