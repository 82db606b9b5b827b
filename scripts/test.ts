/** `npm test`: all that CI runs. The last line is `N passed, N failed`, a check or a test each. */
import {spawn} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {z} from "zod";
import {childEnvironment, root, typescript} from "../config.js";
import {bringChromium} from "./browser.js";

export interface Tally {
  passed: number;
  failed: number;
}

/** The part of vitest's JSON report that is counted. */
const Report = z.object({
  testResults: z.array(
    z.object({status: z.string(), assertionResults: z.array(z.object({status: z.string()}))})
  )
});

/** Counts a vitest report. A file that fails outside its tests, or a run that fails outside its files, counts one. */
export function tally(report: unknown, exitCode: number | null): Tally {
  const {testResults} = Report.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const isFailed = ({status}: {status: string}) => status === "failed";
  const broken = testResults.filter((file) => isFailed(file) && !file.assertionResults.some(isFailed));
  const failed = tests.filter(isFailed).length + broken.length;
  return {
    passed: tests.filter(({status}) => status === "passed").length,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed
  };
}

async function check(name: string, command: string, ...args: string[]): Promise<Tally> {
  const ok = (await run(name, command, args)) === 0;
  return {passed: Number(ok), failed: Number(!ok)};
}

async function vitest(project: string): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  const file = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  try {
    const code = await run(`${project} tests`, "vitest", ["run", "--project", project, ...reporters]);
    return existsSync(file) ? tally(JSON.parse(readFileSync(file, "utf8")), code) : {passed: 0, failed: 1};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

async function browserTests(): Promise<Tally> {
  try {
    bringChromium();
  } catch (error) {
    console.error(String(error));
    return {passed: 0, failed: 1};
  }
  return vitest("browser");
}

async function run(name: string, command: string, args: readonly string[]): Promise<number | null> {
  console.log(`\n# ${name}`);
  const long = process.argv.includes("--long") ? {TEST_LONG: "true"} : {};
  const child = spawn(join(root, "node_modules/.bin", command), args, {
    cwd: root,
    env: childEnvironment(long),
    stdio: ["ignore", "inherit", "inherit"]
  });
  return new Promise((done, fail) => child.once("error", fail).once("close", done));
}

if (import.meta.main) {
  const node = [...typescript];
  const tallies = [
    await check("types", "tsc", "-p", "tsconfig.json"),
    await check("types of lib", "tsc", "-p", "lib/tsconfig.json"),
    await check("lint", "oxlint", "--type-aware"),
    await check("format", "oxfmt", "--check"),
    await check("API document", "node", ...node, "scripts/openapi.ts", "--check"),
    await check("kernels", "node", ...node, "scripts/kernels.ts", "--check"),
    await vitest("unit"),
    await browserTests()
  ];
  const total = (key: keyof Tally) => tallies.reduce((sum, each) => sum + each[key], 0);
  console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
  process.exitCode = total("failed") === 0 ? 0 : 1;
}
