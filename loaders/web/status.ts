import {VendorError, type VendorErrorCode} from "../vendors/vendor.js";
import {beginningOf} from "./content.js";

/** Who was asked, for a sentence. */
export interface Asked {
  /** As a person reads it. */
  name: string;
  /** Setting that holds the key; null where none is needed. */
  keySetting: string | null;
  hasKey: boolean;
}

/** Whether the same request may succeed shortly without anyone's doing. */
export function passes(code: VendorErrorCode): boolean {
  return code === "rate-limited" || code === "truncated" || code === "unavailable";
}

/** Returns the error for a status that is none of success; `body` is quoted where it is no web page. */
export function statusError(
  status: number,
  body: string,
  retryAfter: number | null,
  {name, keySetting, hasKey}: Asked
): VendorError {
  const words = /^\s*</.test(body) || body.trim() === "" ? "" : `, “${beginningOf(body)}”`;
  const said = `${name} answered ${status}${words}`;
  const later = retryAfter === null ? "later" : `in ${retryAfter} s`;
  const error = (code: VendorErrorCode, advice: string) =>
    new VendorError(code, `${said}: ${advice}`, {retryAfter});
  if (status === 429) return error("rate-limited", `too many requests: pull again ${later}`);
  if (status === 418)
    return error("banned", `it lets this address in again ${later}; nothing is asked before`);
  if (status === 451) return error("refused", "it does not serve this place: use another vendor");
  if (status >= 500 || status === 408) return error("unavailable", `it is out of order: pull again ${later}`);
  if (status === 401 && keySetting)
    return hasKey
      ? error("key-wrong", `it does not take the key: check ${keySetting}`)
      : error("key-missing", `it wants a key: put one into ${keySetting}`);
  if (status === 403 && keySetting && hasKey)
    return error("not-entitled", `the key of ${keySetting} may not ask for this`);
  if (status === 401 || status === 403) return error("refused", "it does not answer this program");
  return error("not-what-was-asked", "check the symbol and the dates");
}
