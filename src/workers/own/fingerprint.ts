import {sha256} from "@noble/hashes/sha2.js";
import {bytesToHex, utf8ToBytes} from "@noble/hashes/utils.js";
import {EDITION} from "../../lib/ledger/assemble.js";
import {TABLES} from "../../lib/ledger/tables.js";
import type {OwnState} from "./vault.js";

/** Which tables this program keeps. */
export const FINGERPRINT = bytesToHex(sha256(utf8ToBytes(JSON.stringify([EDITION, TABLES])))).slice(0, 16);

/** Whether the state's tables are those of another program: they are then made anew. */
export function isStale({files, edition}: OwnState): boolean {
  return files.length > 0 && edition !== FINGERPRINT;
}
