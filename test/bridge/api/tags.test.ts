import {expect, it} from "vitest";
import {startBridge, type SendOptions, type TestBridge} from "../harness.js";

const ENTRY = {kind: "order", account: "U7000001", id: "300", tags: ["wheel"], note: "after earnings"};

const json = (method: string, body: unknown, options: SendOptions = {}): SendOptions => ({
  bearer: true,
  ...options,
  method,
  headers: {"content-type": "application/json", ...options.headers},
  body: JSON.stringify(body)
});

const kept = async ({send}: TestBridge) => (await send("/api/tags")).json();

it("PUT /api/tags keeps tags and note, GET returns them, DELETE forgets them", async () => {
  const desk = await startBridge();
  const put = await desk.send("/api/tags", json("PUT", {...ENTRY, tags: [" wheel ", "wheel", "b"]}));
  expect(put.status).toBe(200);
  expect(await kept(desk)).toEqual({entries: [{...ENTRY, tags: ["b", "wheel"]}], rules: []});
  const address = "/api/tags?kind=order&account=U7000001&id=300";
  expect((await desk.send(address, {method: "DELETE", bearer: true})).json()).toEqual({removed: true});
  expect((await desk.send(address, {method: "DELETE", bearer: true})).status).toBe(404);
  expect(await kept(desk)).toEqual({entries: [], rules: []});
});

it("PUT /api/tags/rules keeps the rules in place of those before", async () => {
  const desk = await startBridge();
  const rule = {tag: "bot", field: "strategy", match: "starts with", value: "app:"};
  expect((await desk.send("/api/tags/rules", json("PUT", {rules: [rule]}))).json()).toEqual({rules: [rule]});
  expect((await kept(desk))["rules"]).toEqual([rule]);
});

it("tags are changed by our own pages and by the token only", async () => {
  const desk = await startBridge();
  const {send} = desk;
  expect((await send("/api/tags", json("PUT", ENTRY, {bearer: false}))).status).toBe(403);
  const elsewhere = {headers: {origin: "http://elsewhere.example"}};
  expect((await send("/api/tags", json("PUT", ENTRY, elsewhere))).status).toBe(403);
  expect((await send("/api/tags/rules", json("PUT", {rules: []}, elsewhere))).status).toBe(403);
  expect(await kept(desk)).toEqual({entries: [], rules: []});
});

it("PUT /api/tags refuses what is too long, too many, or no text, and says where", async () => {
  const {send} = await startBridge();
  const bad = [
    {...ENTRY, tags: ["x".repeat(41)]},
    {...ENTRY, tags: Array.from({length: 21}, (_, i) => `t${i}`)},
    {...ENTRY, tags: ["<script>"]},
    {...ENTRY, note: "n".repeat(2001)},
    {...ENTRY, id: ""},
    {...ENTRY, account: "U 1"},
    {...ENTRY, kind: "file"},
    {...ENTRY, more: 1}
  ];
  for (const body of bad) {
    const reply = await send("/api/tags", json("PUT", body));
    expect(reply.status, JSON.stringify(body).slice(0, 80)).toBe(400);
    expect(reply.json()["code"]).toBe("invalid-input");
  }
  const rules = Array.from({length: 201}, () => ({tag: "a", field: "symbol", match: "is", value: "b"}));
  expect((await send("/api/tags/rules", json("PUT", {rules}))).status).toBe(400);
});
