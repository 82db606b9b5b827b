import {afterEach, expect, it} from "vitest";
import type {FlexClientOptions, PendingReference} from "../../../loaders/flex/client.js";
import type {FlexError} from "../../../loaders/flex/errors.js";
import type {FlexWaits} from "../../../loaders/flex/waits.js";
import {IBKR_WAITS} from "../../../loaders/flex/waits.js";
import type {FlexServiceOptions} from "../../../sim/flex/service.js";
import {openDesk, read, report} from "./desk.js";

let desk: Awaited<ReturnType<typeof openDesk>>;

interface Options {
  service?: Partial<FlexServiceOptions>;
  client?: Partial<FlexClientOptions>;
  waits?: Partial<FlexWaits>;
}
const open = async (options: Options = {}) => (desk = await openDesk(options));
const steps = () => desk.service.calls.map(({step}) => step);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("should have failed"),
    (error: FlexError) => error
  );

afterEach(() => desk.service.close());

it("request(query) gives the reference, statement(reference) its bytes", async () => {
  const {client} = await open();
  const reference = await client.request("123456");
  expect(reference).toBe("4100000001");
  expect(await read(client.statement(reference))).toBe(report("123456"));
});

it("request(query, range) asks by fd and td", async () => {
  const {client, service} = await open();
  await client.request("1", {from: "2026-10-06", to: "2026-11-20"});
  expect(service.calls[0]).toMatchObject({step: "SendRequest", q: "1", fd: "20261006", td: "20261120"});
});

it("pull(query, range) hands the reference out before it looks for the statement, then counts the bytes", async () => {
  const {client, service} = await open();
  const pending: PendingReference[] = [];
  const seen: number[] = [];
  const pull = await client.pull("1", {
    from: "2026-10-06",
    to: "2026-11-20",
    onPending: (reference) => {
      expect(steps()).toEqual(["SendRequest"]);
      pending.push(reference);
    },
    onProgress: ({bytes}) => seen.push(bytes)
  });
  const text = await read(pull.body);
  expect(text).toBe(report("1", "2026-10-06", "2026-11-20"));
  expect(seen.at(-1)).toBe(text.length);
  expect(pending).toEqual([
    {
      queryId: "1",
      reference: "4100000001",
      from: "2026-10-06",
      to: "2026-11-20",
      requestedAt: "2026-11-21T11:30:00.000Z"
    }
  ]);
  expect(pull).toMatchObject({...pending[0], queryName: "1"});
  expect(service.reports()).toBe(1);
});

it("pull waits 5 to 20 s before it first looks, by chance", async () => {
  for (const [random, ms] of [
    [0, 5_000],
    [0.5, 12_500],
    [1, 20_000]
  ]) {
    const {client, slept, service} = await open({
      waits: {firstMs: IBKR_WAITS.firstMs},
      client: {random: () => random}
    });
    await client.pull("1");
    expect(slept).toEqual([ms]);
    await service.close();
  }
});

it("1019 and 1009 are asked again after 5 s, growing by half, with a fifth of jitter", async () => {
  const {client, slept} = await open({
    service: {faults: {generating: 2, get: [{kind: "error", code: 1009}]}},
    waits: {againMs: 5_000}
  });
  await client.pull("1");
  expect(slept).toEqual([5_000, 7_500, 11_250]);
  await desk.service.close();
  const jittery = await open({
    service: {faults: {generating: 1}},
    waits: {againMs: 5_000},
    client: {random: () => 1}
  });
  await jittery.client.pull("1");
  expect(jittery.slept).toEqual([6_000]);
});

it("1018 on SendRequest waits a minute, and one report is made", async () => {
  const {client, service, slept} = await open({
    service: {faults: {send: [{kind: "error", code: 1018, status: "Warn"}]}},
    waits: {pacedMs: 60_000}
  });
  await client.pull("1");
  expect(slept).toEqual([60_000]);
  expect(service.reports()).toBe(1);
});

it("1018 on GetStatement waits a minute for the same report", async () => {
  const {client, service, slept} = await open({
    service: {faults: {get: [{kind: "error", code: 1018, status: "Warn"}]}},
    waits: {pacedMs: 60_000}
  });
  await client.pull("1");
  expect(slept).toEqual([60_000]);
  expect(steps()).toEqual(["SendRequest", "GetStatement", "GetStatement"]);
  expect(service.reports()).toBe(1);
});

for (const code of [1001, 1004, 1005, 1006, 1007, 1008, 1009, 1018, 1019, 1021])
  it(`${code} is tried again on either step`, async () => {
    const {client, service} = await open({
      service: {faults: {send: [{kind: "error", code}], get: [{kind: "error", code}]}}
    });
    expect(await read((await client.pull("1")).body)).toBe(report("1"));
    expect(steps()).toEqual(["SendRequest", "SendRequest", "GetStatement", "GetStatement"]);
    expect(service.reports()).toBe(1);
  });

for (const code of [1002, 1003, 1010, 1011, 1012, 1013, 1014, 1015, 1016, 1017, 1020])
  it(`${code} is final on either step`, async () => {
    const {client, service} = await open({service: {faults: {send: [{kind: "error", code}]}}});
    expect(await failure(client.pull("1"))).toMatchObject({name: "FlexError", code, retry: false});
    expect(steps()).toEqual(["SendRequest"]);
    service.faults.get.push({kind: "error", code});
    expect(await failure(client.pull("1"))).toMatchObject({code, retry: false});
    expect(steps()).toEqual(["SendRequest", "SendRequest", "GetStatement"]);
  });

it("pull gives up after ten tries, and says that later may do", async () => {
  const {client} = await open({service: {faults: {generating: 99}}});
  expect(await failure(client.pull("1"))).toMatchObject({code: 1019, retry: true});
  expect(steps().filter((step) => step === "GetStatement")).toHaveLength(10);
});

it("pull gives up when five minutes would be over", async () => {
  const {client, slept} = await open({
    service: {faults: {send: Array.from({length: 9}, () => ({kind: "error" as const, code: 1018}))}},
    waits: {pacedMs: 60_000}
  });
  expect(await failure(client.pull("1"))).toMatchObject({code: 1018, retry: true});
  expect(slept).toEqual([60_000, 60_000, 60_000, 60_000, 60_000]);
});

it("pull goes on after a kill between the two steps, without a second report", async () => {
  const {client, makeClient, service} = await open();
  let kept = "";
  const killed = client.pull("1", {
    from: "2026-10-06",
    to: "2026-11-20",
    onPending: (pending) => {
      kept = JSON.stringify(pending);
      throw new Error("killed");
    }
  });
  await expect(killed).rejects.toThrow("killed");
  const resume = JSON.parse(kept) as PendingReference;
  const pull = await makeClient().pull("1", {from: "2026-10-06", to: "2026-11-20", resume});
  expect(await read(pull.body)).toBe(report("1", "2026-10-06", "2026-11-20"));
  expect(steps()).toEqual(["SendRequest", "GetStatement"]);
  expect(service.reports()).toBe(1);
});

it("pull asks anew when IBKR no longer knows the reference", async () => {
  const {client} = await open();
  const resume = {queryId: "1", reference: "77", requestedAt: "2026-11-21T05:00:00.000Z"};
  expect(await read((await client.pull("1", {resume})).body)).toBe(report("1"));
  expect(steps()).toEqual(["GetStatement", "SendRequest", "GetStatement"]);
});

it("pull falls back to the query's own period when the range is refused on SendRequest", async () => {
  const {client, service} = await open({service: {overrides: false}});
  const pull = await client.pull("1", {from: "2026-10-06", to: "2026-11-20"});
  expect(pull.rangeRefused).toBe(true);
  expect(pull.from).toBeUndefined();
  expect(await read(pull.body)).toBe(report("1"));
  expect(service.calls.map(({fd}) => fd)).toEqual(["20261006", undefined, undefined]);
});

it("pull falls back to the query's own period when the range is refused on GetStatement", async () => {
  const {client} = await open({service: {provider: (id, from) => (from ? undefined : [report(id)])}});
  const pull = await client.pull("1", {from: "2026-10-06", to: "2026-11-20"});
  expect(pull.rangeRefused).toBe(true);
  expect(await read(pull.body)).toBe(report("1"));
});

it("pull keeps IBKR's limits: against the pacing stand-in no request is refused", async () => {
  const {spacingMs, perMinute} = IBKR_WAITS;
  const {client, service, clock} = await open({service: {pacing: true}, waits: {spacingMs, perMinute}});
  const begun = clock.time;
  for (let n = 1; n <= 12; ++n) await read((await client.pull(String(n))).body);
  const times = service.calls.map(({at}) => at.getTime());
  expect(times).toHaveLength(24);
  expect(service.reports()).toBe(12);
  for (let n = 1; n < times.length; ++n) expect(times[n] - times[n - 1]).toBeGreaterThanOrEqual(1000);
  for (let n = 10; n < times.length; ++n) expect(times[n] - times[n - 10]).toBeGreaterThanOrEqual(60_000);
  expect(times.at(-1)! - begun).toBeLessThan(140_000);
});

it("pulls at once share the limits", async () => {
  const {client, service} = await open({service: {pacing: true}, waits: {spacingMs: 1_100, perMinute: 10}});
  await Promise.all(["1", "2", "3"].map((id) => client.pull(id)));
  expect(service.calls).toHaveLength(6);
  expect(service.reports()).toBe(3);
});

it("an abort ends the wait, and the request on the wire", async () => {
  const controller = new AbortController();
  const {client} = await open({
    service: {faults: {generating: 99}},
    waits: {againMs: 5_000},
    client: {
      sleep: async (_, signal) => (controller.abort(new Error("called off")), signal!.throwIfAborted())
    }
  });
  await expect(client.pull("1", {signal: controller.signal})).rejects.toThrow("called off");
  expect(steps()).toEqual(["SendRequest", "GetStatement"]);
  await desk.service.close();

  const hanging = await open({service: {faults: {send: [{kind: "hang", bytes: 0}]}}});
  const pulling = hanging.client.pull("1", {signal: AbortSignal.timeout(50)});
  await expect(pulling).rejects.toMatchObject({name: "TimeoutError"});
});

it("an abort in the middle of the body ends it", async () => {
  const {client} = await open({service: {faults: {get: [{kind: "hang", bytes: 60}]}}});
  const controller = new AbortController();
  const pull = await client.pull("1", {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("called off"))
  });
  await expect(read(pull.body)).rejects.toThrow("called off");
});
