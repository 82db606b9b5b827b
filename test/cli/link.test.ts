import {existsSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root} from "../../config.js";
import {standIn} from "../sim/tws/stand.js";
import {tearsheet, temporaryFolder} from "./terminal.js";

/** Settings of a desk whose TWS is the stand-in. */
async function desk(): Promise<{given: Record<string, string>; folder: string; port: number}> {
  const {port} = await standIn({clock: () => new Date()});
  const folder = temporaryFolder();
  return {given: {DATA_DIR: join(folder, "var"), IBKR_PORT: String(port)}, folder, port};
}

it("doctor ibkr tests the connection, ends with 0, and records it for its owner alone", async () => {
  const {given, folder} = await desk();
  const file = join(folder, "session.jsonl");
  const {code, json, stderr} = await tearsheet(["doctor", "ibkr", "--record", file, "--json"], given);
  const {checks} = json();
  expect(checks.map(({what}: {what: string}) => what)).toEqual([
    "port",
    "protocol",
    "session",
    "accounts",
    "clock",
    "positions",
    "orders",
    "executions",
    "quotes",
    "messages"
  ]);
  expect(checks.filter(({status}: {status: string}) => status === "error")).toEqual([]);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^recorded \d+ messages in .*: accounts are masked, amounts and positions are not\n$/
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).not.toContain("DU7000001");
  const again = await tearsheet(["doctor", "ibkr", "--record", file], given);
  expect([again.code, again.stderr]).toEqual([1, `${file} is there already: choose another name\n`]);
});

it("setup ibkr finds TWS on the port that is set, and says what comes next", async () => {
  const {given, port} = await desk();
  const {code, json} = await tearsheet(["setup", "ibkr", "--json"], given);
  const {ports, next, boxes} = json();
  expect(code).toBe(0);
  expect(boxes[0]).toBe("Enable ActiveX and Socket Clients: ticked");
  expect(ports.at(-1)).toEqual({port, usual: "IBKR_PORT", found: "tws", sentence: "TWS, version 176"});
  expect(next).toBe("Next: tearsheet doctor ibkr");
});

it("setup ibkr says the boxes as guides/ibkr-link.md shows them", async () => {
  const {given} = await desk();
  const {stdout} = await tearsheet(["setup", "ibkr"], given);
  const boxes = stdout.split("\n\n")[0];
  expect(boxes.split("\n")).toHaveLength(6);
  expect(readFileSync(join(root, "guides/ibkr-link.md"), "utf8")).toContain(`\n${boxes}\n`);
});

it("README and guide say that no real TWS was met, as long as no record of one stands in test/data", () => {
  const isRecorded = existsSync(join(root, "test/data/tws"));
  for (const file of ["README.md", "guides/ibkr-link.md"])
    expect(/never run against a real TWS/i.test(readFileSync(join(root, file), "utf8"))).toBe(!isRecorded);
});
