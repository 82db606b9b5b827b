import {createHash, randomBytes, timingSafeEqual} from "node:crypto";
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

const TOKEN = /^[\w-]{43}$/;

/** Returns the start token kept in `DATA_DIR/token`; makes one (32 random bytes, mode 0600) where there is none. */
export function loadToken(dataDir: string): string {
  const file = join(dataDir, "token");
  mkdirSync(dataDir, {recursive: true, mode: 0o700});
  try {
    writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, {flag: "wx", mode: 0o600});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  chmodSync(file, 0o600);
  const token = readFileSync(file, "utf8").trim();
  if (!TOKEN.test(token))
    throw new Error(`the start token in ${file} is damaged: delete that file and start again`);
  return token;
}

/** Compares two secrets in a time that tells nothing of either. */
export function sameSecret(given: string, kept: string): boolean {
  return timingSafeEqual(digest(given), digest(kept));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
