import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {Config} from "../config.js";
import {CliError} from "./output.js";

type Place = Pick<Config, "BIND" | "PORT" | "DATA_DIR">;

/** Where the desk of these settings answers when it runs. */
export const deskUrl = ({BIND, PORT}: Place): string => `http://${BIND}:${PORT}`;

/**
 * Asks the running desk, by its token.
 * @returns undefined where none runs
 * @throws CliError with the desk's own sentence where it refuses
 */
export async function askDesk<T>(
  config: Place,
  method: "GET" | "POST",
  path: string,
  body?: object
): Promise<T | undefined> {
  const file = join(config.DATA_DIR, "token");
  if (!existsSync(file)) return undefined; // no desk of this folder has ever run
  const response = await fetch(`${deskUrl(config)}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${readFileSync(file, "utf8").trim()}`,
      ...(body && {"Content-Type": "application/json"})
    },
    ...(body && {body: JSON.stringify(body)})
  }).catch(() => undefined);
  if (!response) return undefined;
  const answer = (await response.json().catch(() => ({}))) as T & {detail?: string};
  if (response.ok) return answer;
  throw new CliError(answer.detail ?? `${deskUrl(config)} answers ${response.status}: is it the desk?`);
}
