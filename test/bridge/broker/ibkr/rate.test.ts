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
    expect(tws.calls.filter(({request}) => request.kind === "allOpenOrders")).toEqual([]);
    expect(new Set(await Promise.all([...requests, ...cancels]))).toEqual(new Set([true]));
    await wire.close();
    expect(new Set(await Promise.all(later)).has(false)).toBe(true);
  });
});

it("120 requests at once arrive at no more than 50 in any second, and TWS has nothing to complain of", async () => {
  const {tws, wire} = await linked({faults: {pacing: true}, clock: () => new Date()});
  const sent = await Promise.all(
    Array.from({length: 120}, () => wire.send("request", (api) => api.reqPositions()))
  );
  await poll(() => tws.calls.filter(({request}) => request.kind === "positions").length === 120, "all");
  const times = tws.calls.map(({at}) => at.getTime());
  const densest = Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length)
  );
  expect(new Set(sent)).toEqual(new Set([true]));
  expect(densest).toBeLessThanOrEqual(50);
});
