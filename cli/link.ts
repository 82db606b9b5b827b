import {writeFileSync} from "node:fs";
import {checkLink, type LinkCheck} from "../bridge/broker/ibkr/check.js";
import {type ConformanceItem, runConformance} from "../bridge/broker/ibkr/conformance.js";
import {probe, type Probe} from "../bridge/broker/ibkr/probe.js";
import type {Recorder} from "../bridge/broker/ibkr/recorder.js";
import type {Config} from "../config.js";
import {EXIT} from "./exit.js";
import {CliError, note, printJson} from "./output.js";
import {positive} from "./words.js";

/** The desk may be connected under its own client id while the test runs. */
const TEST_CLIENTS = 7000;

interface DoctorFlags {
  json?: true;
  record?: string;
  conformance?: true;
  /** Contract number of the checklist's orders, and their limit. */
  contract: string;
  limit: string;
}

/** `tearsheet doctor ibkr`: tests the connection to TWS; exit 1 when a step fails. */
export async function doctorIbkr(config: Config, flags: DoctorFlags): Promise<void> {
  const recorders: Recorder[] = [];
  const steps: (LinkCheck | ConformanceItem)[] = [];
  try {
    for await (const step of stepsOf(config, flags, (recorder) => void recorders.push(recorder))) {
      steps.push(step);
      if (!flags.json)
        process.stdout.write(
          `${step.status.padEnd(8)}${step.what.padEnd(flags.conformance ? 24 : 12)}${step.sentence}\n`
        );
    }
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message);
    throw error;
  } finally {
    if (flags.record !== undefined) write(flags.record, recorders);
  }
  if (flags.json) printJson({checks: steps});
  if (steps.some(({status}) => status === "error")) process.exitCode = EXIT.failed;
}

function stepsOf(
  {IBKR_HOST: host, IBKR_PORT: port, IBKR_CLIENT_ID, TRADING_MODE: mode}: Config,
  {conformance, contract, limit}: DoctorFlags,
  onRecord: (recorder: Recorder) => void
): AsyncIterable<LinkCheck | ConformanceItem> {
  const where = {host, port, clientId: IBKR_CLIENT_ID + TEST_CLIENTS, onRecord};
  if (!conformance) return checkLink({...where, mode});
  return runConformance({
    ...where,
    conId: positive("--contract", contract),
    limit: positive("--limit", limit)
  });
}

/** A JSON object a line, for its owner's eyes: amounts and positions are in it. */
function write(file: string, recorders: readonly Recorder[]): void {
  try {
    writeFileSync(file, recorders.map((recorder) => recorder.text()).join(""), {flag: "wx", mode: 0o600});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new CliError(`${file} is there already: choose another name`);
    throw new CliError(`${file} cannot be written (${code})`);
  }
  const count = recorders.reduce((sum, recorder) => sum + recorder.count, 0);
  note(`recorded ${count} messages in ${file}: accounts are masked, amounts and positions are not`);
}

const PORTS = [
  [7497, "TWS, paper"],
  [4002, "IB Gateway, paper"],
  [7496, "TWS, real money"],
  [4001, "IB Gateway, real money"]
] as const;

interface FoundPort {
  port: number;
  usual: string;
  found: Probe["kind"];
  sentence: string;
}

const BOXES = [
  "Enable ActiveX and Socket Clients: ticked",
  "Read-Only API: ticked as long as you only look, unticked to send orders",
  "Socket port: 7497 for paper, 7496 for real money (IB Gateway: 4002 and 4001)",
  "Allow connections from localhost only: ticked, unless TWS runs on another machine; then add this one to Trusted IPs",
  "Lock and Exit: Auto restart, so that TWS restarts once a day by itself and asks for its login once a week"
];

/** `tearsheet setup ibkr`: says what to tick, looks where TWS listens, and what to set. It changes nothing. */
export async function setupIbkr(config: Config, {json}: {json?: true}): Promise<void> {
  const {IBKR_HOST: host, IBKR_PORT: port, IBKR_CLIENT_ID: clientId, TRADING_MODE: mode} = config;
  const wanted = PORTS.some(([usual]) => usual === port) ? PORTS : [...PORTS, [port, "IBKR_PORT"] as const];
  const ports = await Promise.all(
    wanted.map(async ([number, usual]): Promise<FoundPort> => {
      const found = await probe(host, number);
      return {port: number, usual, found: found.kind, sentence: sentenceOf(found)};
    })
  );
  const next = nextOf(ports, port, host);
  if (json) {
    printJson({boxes: BOXES, host, ports, settings: {host, port, clientId, mode}, next});
    return;
  }
  const lines = [
    "In TWS or IB Gateway: Global Configuration, API, Settings",
    ...BOXES.map((box, i) => `  ${i + 1}. ${box}`),
    "",
    `What answers at ${host}`,
    ...ports.map((one) => `  ${String(one.port).padEnd(6)}${one.usual.padEnd(24)}${one.sentence}`),
    "",
    "What is set",
    `  IBKR_HOST=${host} IBKR_PORT=${port} IBKR_CLIENT_ID=${clientId} TRADING_MODE=${mode}`,
    "",
    next
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function sentenceOf(found: Probe): string {
  switch (found.kind) {
    case "tws":
      return `TWS, version ${found.version}`;
    case "closed":
      return "nobody";
    case "silent":
      return "takes the connection and says nothing: accept it in TWS's window";
    case "ended":
      return "ends the connection: TWS waits for its login, or does not trust this machine";
    case "other":
      return `another program: "${found.said}"`;
  }
}

function nextOf(ports: readonly FoundPort[], port: number, host: string): string {
  const there = ports.filter(({found}) => found === "tws");
  if (there.some((one) => one.port === port)) return "Next: tearsheet doctor ibkr";
  if (there.length)
    return `Next: set IBKR_PORT=${there[0].port} (${there[0].usual}), then tearsheet doctor ibkr`;
  return `Next: start TWS or IB Gateway on ${host}, log in, tick the boxes above, and run this again`;
}
