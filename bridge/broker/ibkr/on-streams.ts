import type {Wire} from "./wire.js";

/**
 * Calls whenever streams have to be asked for: now or after each connection with `connected`, and with `lost` when TWS,
 * still connected, has lost them. A TWS that lost IBKR before it was ready counts as connected once IBKR is back.
 */
export function onStreams(wire: Wire, start: (why: "connected" | "lost") => void): () => void {
  let isStarted = false;
  const begin = (why: "connected" | "lost") => {
    isStarted = true;
    start(why);
  };
  if (wire.status().phase === "ready") begin("connected");
  const offs = [
    wire.onReady((why) => {
      if (why === "connected" || !isStarted) begin("connected");
      else if (why === "lost") begin("lost");
    }),
    wire.onStatus(({phase}) => {
      if (phase !== "ready" && phase !== "cut") isStarted = false;
    })
  ];
  return () => {
    for (const off of offs) off();
  };
}
