/**
 * Flex XML, parsed: our reader (decoding, well-formedness, typed canonical rows) beside Python's expat (attribute
 * dicts, nothing made of them). Each run is a process of its own, the two take turns.
 *
 *     node --import ./register.js bench/flex-parse.ts [megabytes] [rounds]
 */
import {execFile} from "node:child_process";
import {createReadStream, statSync} from "node:fs";
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {typescript} from "../config.js";
import {readStatements} from "../lib/statements/read.js";
import {writeSample} from "./flex-sample.js";

export interface FlexParseResult {
  megabytes: number;
  /** Medians, in megabytes a second; expat's is null where there is no python3. */
  ours: number;
  expat: number | null;
  /** Ours over expat's. */
  ratio: number | null;
  /** Most memory that our process held, in megabytes. */
  peakMegabytes: number;
}

interface Run {
  seconds: number;
  bytes: number;
  peak?: number;
}

const SELF = fileURLToPath(import.meta.url);
const PEER = fileURLToPath(new URL("peers/flex_parse.py", import.meta.url));
const run = promisify(execFile);

/** Measures both on a synthetic statement; medians of the rounds. */
export async function flexParse({megabytes = 200, rounds = 5} = {}): Promise<FlexParseResult> {
  const folder = await mkdtemp(join(tmpdir(), "flex-parse-"));
  try {
    const file = join(folder, "statement.xml");
    writeSample(file, megabytes);
    const ours: Run[] = [];
    const expat: Run[] = [];
    for (let round = 0; round < rounds; ++round) {
      ours.push(await measure(process.execPath, [...typescript, SELF, "--read", file]));
      const peer = await measure("python3", [PEER, file]).catch(() => null);
      if (peer) expat.push(peer);
    }
    const speed = median(ours.map(megabytesASecond));
    const peer = expat.length === rounds ? median(expat.map(megabytesASecond)) : null;
    return {
      megabytes: Math.round(ours[0].bytes / 1e6),
      ours: speed,
      expat: peer,
      ratio: peer && speed / peer,
      peakMegabytes: Math.max(...ours.map(({peak = 0}) => peak))
    };
  } finally {
    await rm(folder, {recursive: true});
  }
}

async function measure(command: string, args: string[]): Promise<Run> {
  const {stdout} = await run(command, args);
  return JSON.parse(stdout) as Run; // both children print it
}

const megabytesASecond = ({bytes, seconds}: Run) => bytes / 1e6 / seconds;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** The child: reads the file as an import does, to a sink that only counts. */
async function readOnce(file: string): Promise<Run & {rows: number; peak: number}> {
  let rows = 0;
  const begin = performance.now();
  await readStatements(() => createReadStream(file, {highWaterMark: 1 << 18}), {
    statement() {},
    row: () => void ++rows
  });
  const seconds = (performance.now() - begin) / 1000;
  return {seconds, bytes: statSync(file).size, rows, peak: process.resourceUsage().maxRSS / 1000};
}

if (process.argv[1] === SELF) {
  const [first, second] = process.argv.slice(2);
  if (first === "--read") console.log(JSON.stringify(await readOnce(second)));
  else {
    const result = await flexParse({megabytes: Number(first ?? 200), rounds: Number(second ?? 5)});
    const {megabytes, ours, expat, ratio, peakMegabytes} = result;
    console.log(`Flex XML, ${megabytes} MB: ours ${ours.toFixed(1)} MB/s, expat ${expat?.toFixed(1) ?? "n/a"} MB/s, ratio ${ratio?.toFixed(2) ?? "n/a"}, peak ${peakMegabytes.toFixed(0)} MB`); // prettier-ignore
  }
}
