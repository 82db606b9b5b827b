/** What the guides say that the terminal prints, it prints. */
import {spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it, onTestFinished} from "vitest";
import {EXIT_CODES} from "../../cli/exit.js";
import {root} from "../../config.js";
import {startFlexService} from "../../sim/flex/service.js";
import {ended, environment, node, program, RESTATED, type Settings, temporaryFolder} from "./terminal.js";

const HOME = "/home/you/tearsheet";

const guide = (name: string): string => readFileSync(join(root, "guides", name), "utf8");

/** The sessions of a guide: each a block of commands after `$ ` with what they print. */
function sessions(text: string): string[] {
  return [...text.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, session]) => session);
}

/** Types a session's commands into a shell and returns it as it would look. */
async function play(session: string, given: Settings): Promise<string> {
  const commands = session.split("\n").filter((line) => line.startsWith("$ "));
  const tearsheet = [node, ...program].map((word) => `'${word}'`).join(" ");
  const script = [
    `npx() { shift; ${tearsheet} "$@" 2>&1; }`,
    ...commands.flatMap((line) => [`cat <<'LINE'\n${line}\nLINE`, line.slice(2)])
  ];
  const child = spawn("sh", ["-c", script.join("\n")], {cwd: root, env: environment(given)});
  const {stdout, stderr} = await ended(child);
  return (stderr + stdout).replaceAll(given.DATA_DIR, `${HOME}/var`);
}

/** A pattern for a session in which a line of `…` stands for any lines, or none. */
function pattern(session: string): RegExp {
  const escape = (line: string) => line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const lines = session.trimEnd().split("\n");
  return new RegExp(
    `^${lines.map((line) => (line === "…" ? "(?:[^]*\\n)?" : `${escape(line)}\n`)).join("")}$`
  );
}

it.each(["getting-started.md", "command-line.md"])(
  "guides/%s shows what the terminal prints",
  async (name) => {
    const service = await startFlexService({
      provider: () => [readFileSync(join(root, RESTATED), "utf8")],
      token: "1234567890"
    });
    onTestFinished(() => service.close());
    const text = guide(name);
    const folder = temporaryFolder();
    const given = {DATA_DIR: join(folder, "var"), LAKE_DIR: join(folder, "lake")};
    const flex = {FLEX_URL: service.url, FLEX_TOKEN: "1234567890", FLEX_QUERY_IDS: "1234567"};
    expect(sessions(text).length).toBeGreaterThan(4);
    for (const session of sessions(text)) {
      const settings = session.includes("pull flex") ? {...given, ...flex} : given;
      const played = await play(session, settings);
      if (session.includes("\n…\n")) expect(played).toMatch(pattern(session));
      else expect(played).toBe(session);
    }
  },
  300_000
);

it("the exit codes of guides/command-line.md are those of --help", () => {
  const rows = [...guide("command-line.md").matchAll(/^\| (\d+) +\| (.+?) +\|$/gm)];
  expect(rows.map(([, code, meaning]) => [Number(code), meaning])).toEqual(EXIT_CODES);
});

it("guides/command-line.md has a part for each verb that --help lists, with an example in its own --help", async () => {
  const help = async (...words: string[]) => {
    const child = spawn(node, [...program, ...words, "--help"], {cwd: root, env: environment({})});
    const {stdout, code} = await ended(child);
    expect(code).toBe(0);
    return stdout;
  };
  const verbs = [...(await help()).matchAll(/^  ([a-z-]+)(?= )/gm)].map(([, verb]) => verb);
  const listed = verbs.filter((verb) => verb !== "help");
  expect(listed).toHaveLength(33);
  for (const verb of listed) {
    expect(guide("command-line.md")).toMatch(new RegExp(`^## ${verb}( flex)?$`, "m"));
    const text = await help(verb);
    expect(text).toContain(`\nExamples:\n  `);
    expect(text).toContain("\nExit codes:\n  0   done\n");
  }
});
