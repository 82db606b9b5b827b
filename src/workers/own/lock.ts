import {OwnStoreError} from "./vault.js";

/** Under which one tab at a time changes the browser's own store; all may read it. */
const LOCK = "tearsheet.own-store";

/** Where a change is told to the other workers and tabs. */
export const CHANNEL = "tearsheet.own-store";

/**
 * Runs a change of the store while no other tab makes one; where one does, waits until it is done or closed.
 * @param onWait called once if it has to be waited for
 */
export async function withLock<T>(change: () => Promise<T>, onWait?: () => void): Promise<T> {
  // a page of plain http from another machine has none: types do not know
  const {locks} = navigator as {locks?: LockManager};
  if (!locks) {
    throw new OwnStoreError(
      "insecure",
      "a browser keeps statements only for a page that came by https or from this machine: open this site so"
    );
  }
  const free = await locks.request(LOCK, {ifAvailable: true}, async (lock) =>
    lock ? {result: await change()} : null
  );
  if (free) return free.result;
  onWait?.();
  return (await locks.request(LOCK, async () => ({result: await change()}))).result;
}
