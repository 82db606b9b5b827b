import {expect, it} from "vitest";
import {startBridge, type TestBridge} from "../harness.js";
import {flexStatement} from "../statement.js";

const XML = {method: "POST", bearer: true, headers: {"Content-Type": "application/xml"}};
const TAR = {method: "POST", bearer: true, headers: {"Content-Type": "application/octet-stream"}};

const filesOf = async ({send}: TestBridge) => (await send("/api/imports", {bearer: true})).json().files;

it("POST /api/import?preview=1 tells what an import would bring, and changes nothing", async () => {
  const bridge = await startBridge();
  const body = flexStatement();
  const preview = await bridge.send("/api/import?preview=1", {...XML, body});
  expect(preview.status).toBe(200);
  expect(await filesOf(bridge)).toEqual([]);
  const {sections, ...counts} = preview.json() as {sections: {new: number}[]; new: number};
  expect(counts.new).toBeGreaterThan(0);
  expect(sections.reduce((sum, {new: added}) => sum + added, 0)).toBe(counts.new);
  expect((await bridge.send("/api/import", {...XML, body})).json()).toEqual(preview.json());
  expect(await filesOf(bridge)).toHaveLength(1);
});

it("GET /api/export gives what POST /api/restore takes in, and a part of it is refused", async () => {
  const [bridge, other] = [await startBridge(), await startBridge()];
  await bridge.send("/api/import", {...XML, body: flexStatement()});
  const exported = await bridge.send("/api/export", {bearer: true});
  expect(exported.headers).toMatchObject({
    "content-type": "application/x-tar",
    "content-disposition": expect.stringMatching(
      /attachment; filename="tearsheet-\d{4}-\d\d-\d\d\.tearsheet"/
    )
  });
  const part = await other.send("/api/restore", {...TAR, body: exported.body.subarray(0, 2000)});
  expect(part).toMatchObject({status: 422});
  expect(part.json()).toMatchObject({
    code: "damaged",
    detail: expect.stringContaining("nothing was restored")
  });
  expect(await filesOf(other)).toEqual([]);
  const whole = await other.send("/api/restore", {...TAR, body: exported.body});
  expect(whole.json()).toEqual({files: 1, restored: 1});
  expect(await filesOf(other)).toEqual(await filesOf(bridge));
  const summary = async ({send}: TestBridge) => (await send("/api/account/summary", {bearer: true})).json();
  expect(await summary(other)).toEqual(await summary(bridge));
});
