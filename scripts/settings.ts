/** Writes what is told about the settings: `.env.example`, and the table in README.md. */
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {root, settings} from "../config.js";

const begin = "<!-- settings: written by scripts/settings.ts -->";
const end = "<!-- /settings -->";

export function envExample(): string {
  const blocks = settings().map(({name, fallback, meaning, secret}) =>
    [
      `# ${meaning}`,
      ...(secret ? [`# or ${name}_FILE: a file that holds it`] : []),
      `#${name}=${fallback}`
    ].join("\n")
  );
  return `# Copy to .env and set what differs. The environment itself comes first.\n\n${blocks.join("\n\n")}\n`;
}

export function settingsTable(): string {
  const rows = [
    ["setting", "default", "meaning"],
    ...settings().map(({name, fallback, meaning, secret}) => [
      `\`${name}\`${secret ? ` or \`${name}_FILE\`` : ""}`,
      fallback && `\`${fallback}\``,
      meaning
    ])
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const [head, ...body] = rows;
  return [head, widths.map((width) => "-".repeat(width)), ...body].map(line).join("\n");
}

/** Returns `readme` with the table of settings between its two marks. */
export function withSettingsTable(readme: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined)
    throw new Error(`README.md lacks the marks of the settings table: ${begin} … ${end}`);
  return `${before}${begin}\n\n${settingsTable()}\n\n${end}${after}`;
}

if (import.meta.main) {
  const readme = join(root, "README.md");
  writeFileSync(join(root, ".env.example"), envExample());
  writeFileSync(readme, withSettingsTable(readFileSync(readme, "utf8")));
}
