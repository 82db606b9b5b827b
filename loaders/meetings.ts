import {readFileSync} from "node:fs";
import {parseMeetings} from "../lib/market/meetings-csv.js";
import type {MeetingEdit} from "../lib/market/meetings.js";

/** Reads the person's own list of central banks' meetings, which need not be there; one that is not understood counts for nothing, and says why. */
export function readMeetings(file: string): {edits: MeetingEdit[]; problem: string | null} {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {edits: [], problem: null};
    return {edits: [], problem: `${file} cannot be read: ${(error as Error).message}`};
  }
  try {
    return {edits: parseMeetings(text), problem: null};
  } catch (error) {
    return {edits: [], problem: `${file}: ${(error as Error).message}`};
  }
}
