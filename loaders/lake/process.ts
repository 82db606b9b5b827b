import {readFileSync} from "node:fs";

/** Returns what tells a running process from an ended one whose number it got; "" when there is none of that number. */
export function processOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return "";
  }
  return `${pid} ${startOf(pid)}`;
}

/** When a process started, as Linux counts it; "" where nobody says. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return "";
  }
}
