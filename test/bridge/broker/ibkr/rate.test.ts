import {EventName} from "@stoqey/ib";
import {describe, expect, it} from "vitest";
import {linked, poll, VERSIONS} from "./stand.js";

describe.each(VERSIONS)("at version %i", (version) => {
  it("cancels of 45 working orders leave at once, before requests that wait", async () => {
    const {tws, wire} = await linked({version});
    const requests = Array.from({length: 5}, () => wire.send("request", (api) => api.reqPositions()));
    const cancels = Array.from({length: 44}, (_, i) =>
      wire.send("cancel", (api) => api.cancelOrder(1_000_000 + i))
    );
    const later = Array.from({length: 10}, () => wire.send("request", (api) => api.reqAllOpenOrders()));
    await poll(
      () => tws.calls.filter(({request}) => request.kind === "cancelOrder").length === 44,
      "the cancels"
    );
    const kinds = tws.calls.map(({request}) => request.kind);
    const first = kinds.indexOf("allOpenOrders");
    expect(first === -1 || kinds.lastIndexOf("cancelOrder") < first).toBe(true);
    expect(new Set(await Promise.all([...requests, ...cancels]))).toEqual(new Set([true]));
    await wire.close();
    expect(new Set(await Promise.all(later)).has(false)).toBe(true);
  });
});

it("120 requests at once leave at no more than 50 in any second, and all of them arrive", async () => {
  const {tws, wire} = await linked();
  const times: number[] = [];
  wire.on(EventName.sent, () => void times.push(performance.now()));
  const sent = await Promise.all(
    Array.from({length: 120}, () => wire.send("request", (api) => api.reqPositions()))
  );
  const arrived = () => tws.calls.filter(({request}) => request.kind === "positions").length;
  await poll(() => arrived() === 120, "all of them");
  const within = (from: number) => times.filter((at) => at >= from && at < from + 1000).length;
  expect(new Set(sent)).toEqual(new Set([true]));
  expect(Math.max(...times.map(within))).toBeLessThanOrEqual(50);
});
