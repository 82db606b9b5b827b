import {readFileSync} from "node:fs";
import {parseSectors} from "../lib/ledger/sectors.js";

/** Reads the person's own `sectors.csv`: symbol or conid -> sector, and what is wrong with the file, as a sentence. */
export function readSectors(file: string): {sectors: Record<string, string>; problem: string | null} {
  try {
    return {sectors: parseSectors(readFileSync(file, "utf8")), problem: null};
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    return {sectors: {}, problem: code === "ENOENT" ? null : `sectors.csv cannot be read: ${message}`};
  }
}
