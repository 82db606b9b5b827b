import type {Watchlist} from "../lib/market/watchlist.js";
import {withLock} from "./own/lock.js";
import type {Vault} from "./own/vault.js";

/** Sends the watchlists to the bridge; @throws with the bridge's own sentence when they are refused. */
export async function watchAtBridge(origin: string, watchlists: readonly Watchlist[]): Promise<void> {
  const response = await fetch(new URL("/api/market/watchlists", origin), {
    method: "PUT",
    headers: {"content-type": "application/json"},
    body: JSON.stringify({watchlists}),
    credentials: "same-origin"
  });
  if (response.ok) return;
  const {detail} = (await response.json().catch(() => ({}))) as {detail?: string};
  throw new Error(detail ?? `the bridge answers ${response.status}: see its log`);
}

/** Keeps the watchlists in the browser's own store. */
export async function watchAtHome(vault: Vault, watchlists: readonly Watchlist[]): Promise<void> {
  await withLock(async () => {
    const state = await vault.state();
    await vault.commit({...state, version: state.version + 1, watchlists});
  });
}
