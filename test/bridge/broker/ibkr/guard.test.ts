/** What TWS never sends: it is reported, the connection made anew where a message was lost, and nothing else happens. */

import {EventName, IBApi} from "@stoqey/ib";
import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {guard} from "../../../../bridge/broker/ibkr/guard.js";
import {createIbkrBroker} from "../../../../bridge/broker/ibkr/ibkr.js";
import type {Wire} from "../../../../bridge/broker/ibkr/wire.js";
import {frame, framed, type Message} from "../../../../sim/tws/wire/frames.js";
import {long} from "../../../long.js";
import {CHIPS, CLIENT_ID, linked, NOW, order, phase, poll, VERSIONS} from "./stand.js";

const garbled = (version: number) => linked({version}, {}, true);

/** Bytes that claim to be a message of a length. */
function claiming(length: number, content = "3\x001\x00"): Buffer {
  const head = Buffer.alloc(4);
  head.writeInt32BE(length);
  return Buffer.concat([head, Buffer.from(content)]);
}

/** Whether a question is answered, asked again on each connection. */
async function answers(wire: Wire): Promise<void> {
  let ends = 0;
  const off = wire.on(EventName.positionEnd, () => void ++ends);
  for (let asked = false; !ends; await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (wire.status().phase !== "ready") asked = false;
    else if (!asked) asked = await wire.send("request", (api) => api.reqPositions());
  }
  off();
}

const rejection = (json: string): Message => [
  4,
  2,
  1_000_000,
  201,
  "Order rejected - reason:too small",
  json
];

describe.each(VERSIONS)("at version %i", (version) => {
  it("a rejection whose details are no JSON is heard without them, and nothing is lost", async () => {
    const {tws, wire, faults, readies} = await garbled(version);
    const heard: [string, number, number][] = [];
    wire.on(
      EventName.error,
      (({message}: Error, code: number, id: number) => void heard.push([message, code, id])) as never
    );
    for (const json of ["{broken", "[1,]", '{"a": "\\u0022"}']) tws.controls.say(frame(rejection(json)));
    await poll(() => heard.length === 3, "the rejections");
    expect(heard).toEqual(Array(3).fill(["Order rejected - reason:too small", 201, 1_000_000]));
    expect(wire.status().sentence).toContain("; 3 of its messages could not be read whole");
    expect(faults).toEqual(
      Array(3).fill(JSON.stringify("ibkr link: the details of error 201 of 1000000 are no JSON"))
    );
    expect([wire.protocolErrors, wire.status().phase, readies]).toEqual([3, "ready", ["connected"]]);
    await answers(wire);
  });

  it("a rejection with details that are JSON is heard with them", async () => {
    const {tws, wire} = await linked({version});
    const heard: unknown[] = [];
    wire.on(EventName.error, ((...[, , , details]: unknown[]) => void heard.push(details)) as never);
    tws.controls.say(frame(rejection('{"rejects": [{"text": "caf\\u00e9"}]}')));
    await poll(() => heard.length === 1, "the rejection");
    expect(heard).toEqual([{rejects: [{text: "café"}]}]);
  });

  it.each<[what: string, bytes: Buffer, reason: string]>([
    ["a length below zero, at which the library would stand still", claiming(-4), "a message of -4 bytes"],
    ["the least length", claiming(-(2 ** 31)), "a message of -2147483648 bytes"],
    ["no length", claiming(0), "a message of 0 bytes"],
    ["the greatest length", claiming(2 ** 31 - 1), "a message of 2147483647 bytes"],
    ["a message without its end", framed("3\x001\x00Filled"), "a message that breaks off"],
    ["a message without a number", framed("Filled\x00"), "a message without a number"],
    ["a message cut short", frame([3, 1_000_000, "Filled"]), "Underrun error on ORDER_STATUS"],
    ["a list of fewer than no steps", frame([93, 26, -1]), "Invalid array length"],
    ["a number of no message", frame([999, 1]), "No parser implementation found for token: undefined (999)"]
  ])("%s: is said, and the connection made anew", async (_, bytes, reason) => {
    const {tws, wire, told, readies, faults} = await garbled(version);
    tws.controls.say(Buffer.concat([bytes, frame([9, 1, 777])]));
    const {sentence} = await poll(() => told.find((status) => status.phase === "waiting"), "the loss");
    expect(sentence).toBe(
      `what came from TWS at 127.0.0.1:${tws.port} could not be read (${reason}): it is opened anew`
    );
    await poll(() => readies.length === 2, "the next connection");
    await answers(wire);
    expect([wire.protocolErrors, wire.nextValidId, tws.clients()]).toEqual([1, 1, [CLIENT_ID]]);
    expect(faults).toEqual([JSON.stringify(`ibkr link: ${reason}`)]);
  });
});

it("a message before what cannot be read is read, one after it is not", async () => {
  const {tws, wire, readies} = await garbled(176);
  tws.controls.say(Buffer.concat([frame([9, 1, 55]), claiming(-1), frame([9, 1, 77])]));
  await poll(() => readies.length === 2, "the next connection");
  expect(wire.nextValidId).toBe(55);
});

it("a kind of message that is cut short again was not cut by chance: the connection stays", async () => {
  const {tws, wire, readies} = await garbled(176);
  const short = frame([3, 1_000_000, "Filled"]);
  tws.controls.say(short);
  await poll(() => readies.length === 2, "the next connection");
  tws.controls.say(short);
  await poll(() => wire.protocolErrors === 2, "the second one");
  await answers(wire);
  expect([readies.length, wire.status().phase]).toEqual([2, "ready"]);
});

it("what cannot be read twice within minutes is tried slowly", async () => {
  const {tws, wire, told, readies} = await linked({}, {retry: {firstMs: 1, openMs: 60_000}}, true);
  tws.controls.say(claiming(-4));
  await poll(() => readies.length === 2, "the next connection");
  tws.controls.say(claiming(-4));
  const status = await poll(() => told.findLast(({breaker}) => breaker === "open"), "the end");
  expect(status.sentence).toContain(
    "could not be read (a message of -4 bytes), again: restart TWS if it stays"
  );
  expect(status.nextTryAt! - Date.now()).toBeGreaterThan(30_000);
  expect(wire.status().phase).toBe("waiting");
});

it("a number for the next order that cannot be one is not taken", async () => {
  const {tws, wire} = await garbled(176);
  for (const id of ["x", "", "-5", 2 ** 31, "1e300"]) tws.controls.say(frame([9, 1, id]));
  tws.controls.say(frame([9, 1, 12]));
  await poll(() => wire.nextValidId !== 1, "the number");
  expect(wire.nextValidId).toBe(12);
});

it("orders that waited for the rate when something could not be read do not leave later", async () => {
  const {tws, wire, readies} = await garbled(193);
  const placed = Array.from({length: 80}, (_, i) =>
    wire.send("order", (api) => api.placeOrder(1_000_000 + i, CHIPS, order({lmtPrice: 100})))
  );
  tws.controls.say(claiming(-4));
  const sent = (await Promise.all(placed)).filter((wasSent) => wasSent).length;
  await poll(() => readies.length === 2, "the next connection");
  await answers(wire);
  expect(sent).toBeLessThanOrEqual(50);
  expect(tws.calls.filter(({request}) => request.kind === "placeOrder").length).toBeLessThanOrEqual(sent);
});

const bytes = fc.uint8Array({maxLength: 60}).map((some) => Buffer.from(some));
const field = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.constantFrom("", "-1", "1e308", "None", "\\u0000")
);
const GARBAGE: fc.Arbitrary<Buffer> = fc.oneof(
  bytes,
  bytes.map((some) => claiming(some.length, some.toString("latin1"))),
  fc.tuple(fc.integer(), fc.string()).map(([length, content]) => claiming(length, content)),
  fc
    .tuple(fc.integer({min: 1, max: 107}), fc.array(field, {maxLength: 150}))
    .map(([kind, fields]) =>
      frame([kind, ...fields.map((one) => (typeof one === "string" ? one.replaceAll("\0", "") : one))])
    )
);

it("guard(api, …) throws at nothing, and lets nothing be read behind what cannot be", () => {
  fc.assert(
    fc.property(fc.array(GARBAGE, {maxLength: 4}), (some) => {
      const api = new IBApi({host: "127.0.0.1", port: 1});
      const [reasons, numbers]: [string[], number[]] = [[], []];
      guard(api, {onGarbled: (what) => void reasons.push(what), onLeftOut: () => undefined});
      api.on(EventName.nextValidId, (id) => void numbers.push(id));
      const {socket} = (api as unknown as {controller: {socket: {onData: (piece: Buffer) => void}}})
        .controller;
      socket.onData(frame([176, "20261120 10:00:00 EST"]));
      for (const piece of some) socket.onData(piece);
      const count = numbers.length;
      socket.onData(frame([9, 1, 5]));
      expect(reasons.length).toBeLessThan(2);
      if (reasons.length) expect(numbers).toHaveLength(count);
    }),
    {numRuns: long(5000)}
  );
});

it("whatever comes, the link comes back, and lists are the stand-in's own", async () => {
  const {tws, wire} = await linked({}, {heartbeatMs: 100, patienceMs: 400}, true);
  const broker = createIbkrBroker({wire, log: {error: () => undefined}, now: () => NOW.getTime()});
  const own = tws.positions().sort((a, b) => a.conId - b.conId);
  const read = async () => {
    for (;;) {
      await phase(wire, "ready");
      const lists = await broker.readLists(AbortSignal.timeout(2000)).catch(() => undefined);
      if (lists?.positions) return lists.positions.rows;
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(GARBAGE, {minLength: 1, maxLength: 5}), async (some) => {
      tws.controls.say(Buffer.concat(some));
      const rows = await read();
      const seen = rows.map(({account, conId, units}) => ({account, conId, quantity: units}));
      expect(seen.sort((a, b) => a.conId - b.conId)).toEqual(own);
    }),
    {numRuns: long(20)}
  );
}, 60_000);
