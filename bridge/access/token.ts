import {createHash, randomBytes, timingSafeEqual} from "node:crypto";
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {ListenError} from "../listen-error.js";

const TOKEN = /^[\w-]{43}$/;

/** Returns the start token kept in `DATA_DIR/token`; makes one (32 random bytes, mode 0600) where there is none. */
export function loadToken(dataDir: string): string {
  const file = join(dataDir, "token");
  const token = readOrMake(file, dataDir);
  if (TOKEN.test(token)) return token;
  throw new ListenError(
    "bad-token",
    `the start token in ${file} is damaged: delete that file and start again`
  );
}

function readOrMake(file: string, dataDir: string): string {
  try {
    mkdirSync(dataDir, {recursive: true, mode: 0o700});
    chmodSync(dataDir, 0o700);
    const made = randomBytes(32).toString("base64url");
    if (!existsSync(file)) writeFileSync(file, `${made}\n`, {flag: "wx", mode: 0o600});
    chmodSync(file, 0o600);
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    const reason = `the start token cannot be kept in ${file}: ${(cause as Error).message}`;
    throw new ListenError("no-token", `${reason}: make that folder yours, or set DATA_DIR`, {cause});
  }
}

/** Compares two secrets in a time that tells nothing of either. */
export function sameSecret(given: string, kept: string): boolean {
  return timingSafeEqual(digest(given), digest(kept));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
