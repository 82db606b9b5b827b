import {afterEach, expect, it} from "vitest";
import {createFlexJob, type FlexJobOptions} from "../../../loaders/flex/job.js";
import type {ImportOutcome} from "../../../loaders/flex/query.js";
import type {FlexState} from "../../../loaders/flex/state.js";
import type {FlexServiceOptions} from "../../../sim/flex/service.js";
import {openDesk, read, report} from "./desk.js";

interface Outcome extends ImportOutcome {
  name: string;
  changes: string[];
}

let desk: Awaited<ReturnType<typeof openDesk>>;

/** A job at 2026-11-21 06:30 in New York, a Saturday, whose imports keep each text and count one new row. */
async function openJob(
  service: Partial<FlexServiceOptions> = {},
  options: Partial<FlexJobOptions<Outcome>> = {}
) {
  desk = await openDesk({service, waits: {tries: 2, silenceMs: 10_000}});
  const imported = new Map<string, string>();
  const kept: {json?: string} = {};
  const make = () =>
    createFlexJob<Outcome>({
      client: desk.client,
      queryIds: ["1"],
      importStatement: async (body, {name}) => {
        const text = await read(body);
        imported.set(name, text);
        const day = (attribute: string) =>
          new RegExp(`${attribute}="(\\d{4})(\\d\\d)(\\d\\d)"`).exec(text)!.slice(1).join("-");
        const statements = [{account: "U1", from: day("fromDate"), to: day("toDate")}];
        return {
          name,
          statements,
          new: 1,
          same: 0,
          changed: 2,
          retired: 0,
          changes: ["a dividend was re-booked"]
        };
      },
      state: {
        load: () => (kept.json === undefined ? undefined : JSON.parse(kept.json)),
        save: (state) => void (kept.json = JSON.stringify(state))
      },
      now: desk.now,
      ...options
    });
  return {job: make(), make, imported, kept, state: () => JSON.parse(kept.json!) as FlexState};
}

const hour = 3_600_000;
const ranges = () => desk.service.calls.filter(({fd}) => fd).map(({fd, td}) => `${fd}-${td}`);

afterEach(() => desk.service.close());

it("run() pulls a year at first, then 45 days, and tells what came", async () => {
  const {job, imported} = await openJob();
  const first = await job.run();
  expect(first).toMatchObject({at: "2026-11-21T11:30:00.000Z", ok: true});
  expect(first.queries[0]).toMatchObject({
    queryId: "1",
    ok: true,
    message: "query 1 brought 2025-11-21 to 2026-11-20: 1 new rows, 2 changed, 0 retired",
    asked: [{from: "2025-11-21", to: "2026-11-20"}],
    given: {from: "2025-11-21", to: "2026-11-20"},
    bytes: report("1").length,
    new: 1,
    changed: 2
  });
  expect(first.queries[0].imports[0].changes).toEqual(["a dividend was re-booked"]);
  expect([...imported.keys()]).toEqual(["flex-1-2025-11-21-2026-11-20.xml"]);
  desk.clock.time += 72 * hour; // Tuesday
  await job.run();
  expect(ranges()).toEqual(["20251121-20261120", "20261009-20261123"]);
});

it('run(signal, "all") asks for each query\'s own period', async () => {
  const {job, imported} = await openJob({}, {queryIds: ["1", "2"]});
  const {queries} = await job.run(undefined, "all");
  expect(queries.map(({asked}) => asked)).toEqual([[], []]);
  expect([...imported.keys()]).toEqual(["flex-1-2026-11-21.xml", "flex-2-2026-11-21.xml"]);
});

it("run() makes two requests in January, and adds them up", async () => {
  const {job} = await openJob();
  await job.run();
  desk.clock.time = Date.parse("2027-01-05T11:30:00Z");
  const {queries} = await job.run();
  expect(ranges().slice(1)).toEqual(["20260101-20261231", "20270101-20270104"]);
  expect(queries[0]).toMatchObject({new: 2, changed: 4, given: {from: "2026-01-01", to: "2027-01-04"}});
  expect(queries[0].imports).toHaveLength(2);
});

it("run() says the overlap of the query's own period when the range is refused", async () => {
  const {job} = await openJob({overrides: false});
  expect((await job.run()).message).toBe(
    "query 1 takes no range of days, its own period brought 2025-11-21 to 2026-11-20: 1 new rows, 2 changed, 0 retired"
  );
  expect((await job.run()).message).toBe(
    "query 1 takes no range of days, its own period brought 2025-11-21 to 2026-11-20, which overlaps what was here by 365 days: 1 new rows, 2 changed, 0 retired"
  );
});

it("run() says which days a short own period leaves out", async () => {
  let period = ["2025-11-21", "2026-11-20"];
  const {job} = await openJob({overrides: false, provider: (id) => [report(id, period[0], period[1])]});
  await job.run();
  desk.clock.time += 10 * 24 * hour;
  period = ["2026-11-30", "2026-11-30"];
  expect((await job.run()).message).toBe(
    "query 1 takes no range of days, its own period brought 2026-11-30 to 2026-11-30, which leaves out 9 days after 2026-11-20: set its period to Last 365 Calendar Days"
  );
});

it("due() holds at the first start, at 06:30 in New York, and after a night asleep", async () => {
  const {job, make} = await openJob();
  expect(await job.due()).toBe(true);
  await job.run();
  expect(await job.due()).toBe(false);
  expect((await job.status()).nextPull).toBe("2026-11-24T11:30:00.000Z");
  desk.clock.time = Date.parse("2026-11-24T11:29:59Z");
  expect(await job.due()).toBe(false);
  desk.clock.time = Date.parse("2026-11-24T15:00:00Z");
  expect(await make().due()).toBe(true);
  expect((await job.status()).nextPull).toBe("2026-11-24T15:00:00.000Z");
});

it("a statement that is late is asked for every hour, then said", async () => {
  const {job} = await openJob({provider: (id, from) => [report(id, from, "2026-11-19")]});
  await job.run();
  const late = "IBKR's statement of query 1 ends 2026-11-19, the last session was 2026-11-20";
  expect(await job.status()).toMatchObject({
    stale: `${late}: it is asked for again every hour`,
    message: `${late}: it is asked for again every hour`,
    nextPull: "2026-11-21T12:30:00.000Z"
  });
  let runs = 1;
  for (let n = 0; n < 20; ++n) {
    desk.clock.time += hour;
    if (!(await job.due())) continue;
    ++runs;
    await job.run();
  }
  expect(runs).toBe(13);
  const status = await job.status();
  expect(status.stale).toBe(
    `${late}, and 12 hourly tries did not bring it: see in the portal whether the query's period ends with the last business day`
  );
  expect(status.nextPull).toBe("2026-11-24T11:30:00.000Z");
});

it("the hourly tries end when the statement comes, and begin anew the next day", async () => {
  let to = "2026-11-19";
  const {job, state} = await openJob({provider: (id, from) => [report(id, from, to)]});
  await job.run();
  desk.clock.time += hour;
  to = "2026-11-20";
  expect(await job.due()).toBe(true);
  await job.run();
  expect(await job.due()).toBe(false);
  expect(await job.status()).toMatchObject({message: "statements to 2026-11-20 are here"});
  expect((await job.status()).stale).toBeUndefined();
  desk.clock.time = Date.parse("2026-11-24T11:30:00Z");
  await job.run();
  expect(state().tries).toBe(1);
});

it("a failure that passes is tried every hour; one that stays waits for the next day", async () => {
  const busy = {kind: "error" as const, code: 1009};
  const {job} = await openJob({faults: {send: [busy, busy]}});
  expect(await job.run()).toMatchObject({ok: false, queries: [{ok: false, code: "1009"}]});
  expect(await job.status()).toMatchObject({
    lastError: {code: "1009", retry: true},
    nextPull: "2026-11-21T12:30:00.000Z"
  });
  desk.clock.time += hour;
  desk.service.faults.send.push({kind: "error", code: 1012});
  await job.run();
  const status = await job.status();
  expect(status.lastError).toMatchObject({code: "1012", retry: false, queryId: "1"});
  expect(status.message).toMatch(/^the Flex token has expired \(1012\)/);
  expect(status.nextPull).toBe("2026-11-24T11:30:00.000Z");
});

it("one query's failure does not stop the next, a token's does", async () => {
  const {job} = await openJob({queries: ["1", "3"]}, {queryIds: ["1", "2", "3"]});
  const run = await job.run();
  expect(run.ok).toBe(false);
  expect(run.queries.map(({queryId, ok, code}) => [queryId, ok, code])).toEqual([
    ["1", true, null],
    ["2", false, "1014"],
    ["3", true, null]
  ]);
  desk.service.faults.send.push({kind: "error", code: 1015});
  expect((await job.run()).queries.map(({code}) => code)).toEqual(["1015"]);
});

it("a kill between the two steps is gone on from, without a second report", async () => {
  const {job, make, imported, kept, state} = await openJob({
    faults: {
      generating: 1,
      get: [
        {kind: "hang", bytes: 0},
        {kind: "hang", bytes: 0}
      ]
    }
  });
  const killed = new AbortController();
  const running = job.run(killed.signal);
  while (!kept.json) await new Promise((resolve) => setTimeout(resolve, 5));
  killed.abort(new Error("killed"));
  await expect(running).rejects.toThrow("killed");
  expect(state().queries["1"].pending).toMatchObject({
    reference: "4100000001",
    from: "2025-11-21",
    to: "2026-11-20"
  });
  expect(await job.due()).toBe(false); // called off here
  const restarted = make();
  expect(await restarted.due()).toBe(true); // but not after a restart
  expect((await restarted.status()).pending).toHaveLength(1);
  desk.service.faults.get.splice(0);
  await restarted.run();
  expect(imported.get("flex-1-2025-11-21-2026-11-20.xml")).toBe(report("1", "2025-11-21", "2026-11-20"));
  expect(desk.service.reports()).toBe(1);
  expect(state().queries["1"].pending).toBeNull();
});

it("a report of yesterday is not gone on from", async () => {
  const {job, kept} = await openJob();
  const pending = {
    queryId: "1",
    reference: "77",
    from: "2025-11-21",
    to: "2026-11-20",
    requestedAt: "2026-11-20T11:30:00.000Z"
  };
  kept.json = JSON.stringify({
    lastRun: null,
    lastError: null,
    stale: null,
    tries: 0,
    queries: {"1": {name: null, to: null, pending, lastPull: null, missing: []}}
  } satisfies FlexState);
  await job.run();
  expect(desk.service.calls[0].step).toBe("SendRequest");
});

it("a statement that breaks off is fetched again by the same reference", async () => {
  const {job, imported} = await openJob({
    faults: {
      get: [
        {kind: "truncated", bytes: 90},
        {kind: "reset", bytes: 90}
      ]
    }
  });
  expect(await job.run()).toMatchObject({ok: true});
  expect(desk.service.calls.map(({step}) => step)).toEqual([
    "SendRequest",
    "GetStatement",
    "GetStatement",
    "GetStatement"
  ]);
  expect(imported.size).toBe(1);
});

it("a statement that always breaks off keeps its reference for the next hour", async () => {
  const cut = {kind: "truncated" as const, bytes: 90};
  const {job, state} = await openJob({faults: {get: [cut, cut, cut]}});
  expect(await job.run()).toMatchObject({ok: false, queries: [{code: "truncated"}]});
  expect(state().queries["1"].pending).toMatchObject({reference: "4100000001"});
  desk.clock.time += hour;
  expect(await job.due()).toBe(true);
  expect(await job.run()).toMatchObject({ok: true});
  expect(desk.service.reports()).toBe(1);
});

it("an import that refuses the file is told, and the same file is not fetched again", async () => {
  const message = "day and month cannot be told apart";
  const refusal = Object.assign(new Error(message), {
    name: "StatementError",
    problem: {code: "ambiguous-date"}
  });
  const {job, state} = await openJob({}, {importStatement: () => Promise.reject(refusal)});
  expect(await job.run()).toMatchObject({ok: false, queries: [{message, code: "ambiguous-date"}]});
  expect(state()).toMatchObject({tries: 0, queries: {"1": {pending: null, to: null}}});
});

it("a store in the way is tried again in an hour, with the report that is there", async () => {
  let locked = true;
  const {job, state} = await openJob(
    {},
    {
      importStatement: async (body, {name}) => {
        if (locked)
          throw Object.assign(new Error("the database is locked"), {name: "StoreError", code: "locked"});
        await read(body);
        return {name, changes: [], statements: [], new: 0, same: 0, changed: 0, retired: 0};
      }
    }
  );
  expect(await job.run()).toMatchObject({ok: false, queries: [{code: "locked"}]});
  expect(state().queries["1"].pending).toMatchObject({reference: "4100000001"});
  locked = false;
  desk.clock.time += hour;
  expect(await job.due()).toBe(true);
  expect(await job.run()).toMatchObject({
    ok: true,
    message: "query 1 brought no statement: choose its accounts in the portal"
  });
  expect(desk.service.reports()).toBe(1);
});

it("an import that loses the stream's error in a worker still counts as cut off", async () => {
  const cut = {kind: "truncated" as const, bytes: 90};
  const {job} = await openJob(
    {faults: {get: [cut, cut, cut]}},
    {
      importStatement: (body) =>
        read(body).then(
          () => expect.unreachable(),
          () => Promise.reject(new Error("worker gave up"))
        )
    }
  );
  expect((await job.run()).queries[0]).toMatchObject({code: "truncated"});
});

it("status() tells a run under way, and a second run joins it", async () => {
  const seen: string[] = [];
  const {job} = await openJob(
    {},
    {progress: ({phase, bytes, query, queries}) => void seen.push(`${phase} ${bytes} ${query}/${queries}`)}
  );
  expect(await job.status()).toMatchObject({running: false, message: "not fetched yet", progress: null});
  const run = job.run();
  expect(job.run()).toBe(run);
  expect(await job.due()).toBe(false);
  expect(await job.status()).toMatchObject({running: true});
  await run;
  expect(seen).toEqual(["asking 0 1/1", "waiting 0 1/1", `receiving ${report("1").length} 1/1`]);
  expect(desk.service.reports()).toBe(1);
});

it("status() of each query has its name, its last day and the boxes to tick", async () => {
  const missing = [
    {section: "Trades", box: "Execution", why: "fills are missing", severity: "needed" as const}
  ];
  const {job} = await openJob(
    {},
    {
      importStatement: async (body) => (
        await read(body),
        {
          name: "",
          changes: [],
          statements: [{from: "2026-11-01", to: "2026-11-20"}],
          new: 0,
          same: 0,
          changed: 0,
          retired: 0,
          missing
        }
      )
    }
  );
  await job.run();
  const {queries} = await job.status();
  expect(queries).toMatchObject([
    {id: "1", name: "1", to: "2026-11-20", missing, lastPull: {ok: true, code: null}}
  ]);
});

it("a job that is not set up says what to do", async () => {
  const {job} = await openJob({}, {client: undefined});
  const setup =
    "no Flex query is set up: put FLEX_TOKEN and FLEX_QUERY_IDS into .env, as guides/flex-query-setup.md says";
  expect(await job.status()).toMatchObject({configured: false, message: setup, nextPull: null});
  expect(await job.due()).toBe(false);
  await expect(job.run()).rejects.toThrow(setup);
});

it("a state that cannot be read counts as none", async () => {
  const {job, kept} = await openJob();
  kept.json = '{"lastRun": 5}';
  expect(await job.due()).toBe(true);
  expect(await job.run()).toMatchObject({ok: true});
});

it("a run that cannot keep its state is not begun again for an hour", async () => {
  const save = () => Promise.reject(new Error("disk full"));
  const {job} = await openJob({}, {state: {load: () => undefined, save}});
  await expect(job.run()).rejects.toThrow("disk full");
  expect(await job.due()).toBe(false);
  desk.clock.time += hour;
  expect(await job.due()).toBe(true);
});

it("a pull in another program counts: its state is read anew", async () => {
  const {job, make} = await openJob();
  expect(await job.due()).toBe(true);
  await make().run();
  expect(await job.due()).toBe(false);
  expect(await job.status()).toMatchObject({message: "statements to 2026-11-20 are here"});
});
