import {z} from "zod";
import type {NavHistory} from "../live/room.js";
import {Day, Decimal} from "./common.js";
import {endpoint} from "./endpoint.js";

export const LiveNavs = z
  .object({
    accounts: z.array(
      z.object({
        account: z.string(),
        currency: z.string(),
        seam: z
          .object({day: Day, value: Decimal})
          .nullable()
          .meta({description: "last day of the statements and the value then; null where there is none"}),
        points: z
          .array(
            z.object({
              at: z.number().meta({description: "milliseconds since 1970 UTC"}),
              value: z.number().meta({description: "net liquidation as the broker told it, in `currency`"}),
              source: z.enum(["ibkr", "paper"]),
              isClose: z.boolean().meta({description: "whether a session of the US exchanges just ended"})
            })
          )
          .meta({description: "kept each quarter of an hour since the statements' last day, oldest first"})
      })
    )
  })
  .meta({id: "LiveNavs"}) satisfies z.ZodType<{accounts: NavHistory[]}>;

export const liveNav = endpoint({
  method: "get",
  path: "/api/live/nav",
  tag: "trading",
  summary: "Live value of each account since its last statement, as it was kept",
  reply: {description: "accounts whose value moves", schema: LiveNavs},
  handle: ({desk}) => ({accounts: desk.services.live.history()})
});
