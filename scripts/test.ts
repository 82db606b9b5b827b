/** `npm test`: all that CI runs, the checks beside the tests. The last line is `N passed, N failed`, a check or a test each. */
import {type ChildProcess, spawn} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {z} from "zod";
import {childEnvironment, root, typescript} from "../config.js";
import {bringChromium} from "./browser.js";

export interface Tally {
  passed: number;
  /** Names of the checks and tests that failed, with the first lines of why. */
  failures: string[];
}

/** The part of vitest's JSON report that is counted. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).optional()
        })
      )
    })
  )
});

/** Counts a vitest report. A file that fails outside its tests, or a run that fails outside its files, counts one. */
export function tally(report: unknown, exitCode: number | null): Tally {
  const {testResults} = Report.parse(report);
  const isFailed = ({status}: {status: string}) => status === "failed";
  const failures = testResults.flatMap((file) => {
    const tests = file.assertionResults
      .filter(isFailed)
      .map(
        ({fullName, failureMessages: [message = ""] = []}) =>
          `${file.name}: ${fullName}\n${shortened(message)}`
      );
    return tests.length || !isFailed(file) ? tests : [file.name];
  });
  const tests = testResults.flatMap((file) => file.assertionResults);
  return {
    passed: tests.filter(({status}) => status === "passed").length,
    failures: failures.length === 0 && exitCode !== 0 ? [`the run ended with ${exitCode}`] : failures
  };
}

/** Returns the first lines of a message, indented. */
const shortened = (message: string): string => message.split("\n", 8).join("\n").replace(/^/gm, "    ");

/** Runs a check while the tests run: what it prints comes at its end, in one piece. */
async function check(name: string, command: string, ...args: string[]): Promise<Tally> {
  const child = start(command, args, "pipe");
  const output = Promise.all([text(child.stdout!), text(child.stderr!)]); // piped
  const ok = (await ended(child)) === 0;
  console.log(`\n# ${name}\n${(await output).join("")}`.trimEnd());
  return {passed: Number(ok), failures: ok ? [] : [name]};
}

async function checks(): Promise<Tally[]> {
  return [
    await check("types", "tsc", "-p", "tsconfig.json"),
    await check("types of lib", "tsc", "-p", "lib/tsconfig.json"),
    await check("lint", "oxlint", "--type-aware"),
    await check("format", "oxfmt", "--check"),
    await check("API document", "node", ...typescript, "scripts/openapi.ts", "--check"),
    await check("kernels", "node", ...typescript, "scripts/kernels.ts", "--check")
  ];
}

/** All of them in one run, so that no core waits for the last file of a kind. */
async function tests(): Promise<Tally[]> {
  try {
    bringChromium();
  } catch (error) {
    console.error(String(error));
    return [await vitest("unit*"), {passed: 0, failures: ["no Chromium"]}];
  }
  return [await vitest("*")];
}

async function vitest(project: string): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  const file = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  try {
    console.log("\n# tests");
    const code = await ended(start("vitest", ["run", "--project", project, ...reporters], "inherit"));
    return existsSync(file)
      ? tally(JSON.parse(readFileSync(file, "utf8")), code)
      : {passed: 0, failures: ["the tests made no report"]};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

function start(command: string, args: readonly string[], output: "pipe" | "inherit"): ChildProcess {
  const long = process.argv.includes("--long") ? {TEST_LONG: "true"} : {};
  return spawn(join(root, "node_modules/.bin", command), args, {
    cwd: root,
    env: childEnvironment(long),
    stdio: ["ignore", output, output]
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => child.once("error", fail).once("close", done));
}

if (import.meta.main) {
  const tallies = (await Promise.all([tests(), checks()])).flat();
  const passed = tallies.reduce((sum, each) => sum + each.passed, 0);
  const failures = tallies.flatMap((each) => each.failures);
  for (const name of failures) console.log(`failed: ${name}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
