import type {QueryGap} from "../../lib/statements/query-check.js";
import {isServedByBridge, openDesk} from "../desk.js";

/** What `/api/flex-query/status` answers. */
export interface FlexStatus {
  configured: boolean;
  message: string;
  queries: readonly {
    id: string;
    name: string | null;
    lastPull: {at: string; ok: boolean; message: string} | null;
    missing: readonly QueryGap[];
  }[];
  nextPull: string | null;
  /** Id of the job that fetches, or what else does. */
  running: string | null;
  history: readonly {account: string; year: number; from: string; to: string}[];
}

/** How the Flex queries stand; `none` where no bridge serves the page. */
export type WatchedFlex =
  | {kind: "none"}
  | {kind: "loading"}
  | {kind: "error"; why: string; retry: () => void}
  | {
      kind: "ready";
      status: FlexStatus;
      /** Why the fetch that was asked for came to nothing. */
      failure: string | null;
      fetchNow: () => void;
    };

interface Job {
  id: string;
  state: "running" | "done" | "failed" | "cancelled";
  message: string;
}

const POLL_MS = 1000;

/**
 * Tells, for Framework's Generators.observe, how the Flex queries stand, again after each change of the rows and, while
 * a fetch is under way, each time it gets on. A page that no bridge serves asks for nothing.
 */
export function watchFlex(tell: (watched: WatchedFlex) => void): () => void {
  if (!isServedByBridge(document.cookie, location.port)) {
    tell({kind: "none"});
    return () => undefined;
  }
  const ends: (() => void)[] = [];
  let asked = 0;
  let job: string | null = null;
  let failure: string | null = null;
  let told = "";

  async function follow(): Promise<void> {
    const mine = ++asked;
    try {
      for (;;) {
        const status = await ask<FlexStatus>("/api/flex-query/status");
        if (job !== null && status.running !== job) {
          failure = await failureOf(job);
          job = null;
        }
        if (mine !== asked) return;
        const text = JSON.stringify([status, failure]);
        if (text !== told) tell({kind: "ready", status, failure, fetchNow: () => void fetchNow()});
        told = text;
        if (status.running === null) return;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    } catch (error) {
      told = "";
      if (mine === asked) tell({kind: "error", why: (error as Error).message, retry: () => void follow()});
    }
  }

  async function fetchNow(): Promise<void> {
    failure = null;
    try {
      const body = JSON.stringify({source: "flex"});
      const headers = {"Content-Type": "application/json"};
      job = (await ask<Job>("/api/fetch-data", {method: "POST", headers, body})).id;
    } catch (error) {
      failure = (error as Error).message;
    }
    await follow();
  }

  tell({kind: "loading"});
  void follow();
  openDesk().then(
    (desk) => ends.push(desk.subscribe(() => void follow())),
    () => undefined // the other cards say so
  );
  return () => {
    ++asked;
    for (const end of ends) end();
  };
}

/** Returns why a job failed; null when it did not, or is forgotten. */
async function failureOf(id: string): Promise<string | null> {
  const job = await ask<Job>(`/api/jobs/${id}`).catch(() => null);
  return job?.state === "failed" ? job.message : null;
}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, init);
  if (response.ok) return (await response.json()) as T; // the bridge's own API
  const {detail} = (await response.json().catch(() => ({}))) as {detail?: string};
  throw new Error(detail ?? `the bridge answered ${response.status}: reload the page`);
}
