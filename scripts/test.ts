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

async function check(name: string, command: string, ...args: string[]): Promise<Tally> {
  const ok = (await run(name, command, args)) === 0;
  return {passed: Number(ok), failures: ok ? [] : [name]};
}

async function vitest(...projects: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  const file = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  try {
    const code = await run(`${projects[0]} tests`, "vitest", [
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      ...reporters
    ]);
    return existsSync(file)
      ? tally(JSON.parse(readFileSync(file, "utf8")), code)
      : {passed: 0, failures: [`${projects[0]} tests made no report`]};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

async function browserTests(): Promise<Tally> {
  try {
    bringChromium();
  } catch (error) {
    console.error(String(error));
    return {passed: 0, failures: ["no Chromium"]};
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
    await vitest("unit", "unit-lib"),
    await browserTests()
  ];
  const passed = tallies.reduce((sum, each) => sum + each.passed, 0);
  const failures = tallies.flatMap((each) => each.failures);
  for (const name of failures) console.log(`failed: ${name}`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
