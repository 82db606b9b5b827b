import {ask} from "../data/bridge-importer.js";
import {onAnnouncement} from "../socket.js";

/** Long work of the bridge, as it tells it. */
export interface Job {
  id: string;
  kind: string;
  state: "running" | "done" | "failed" | "cancelled";
  message: string;
  done: number;
  total: number | null;
  result: unknown;
}

/** How often it is asked in any case, and at most. */
const SELDOM_MS = 2000;
const OFTEN_MS = 250;

const JSON_TYPE = {"Content-Type": "application/json"};

/** Sends a body to the bridge. @throws with its sentence where it refuses */
export function post<T>(path: string, body?: object): Promise<T> {
  return ask<T>(path, {
    method: "POST",
    ...(body && {headers: JSON_TYPE, body: JSON.stringify(body)})
  });
}

export async function cancelJob(id: string): Promise<void> {
  await ask(`/api/jobs/${id}`, {method: "DELETE"});
}

/**
 * Asks how far a job is, whenever the bridge announces news of it, until it has ended; returns the last answer.
 * @param status where it is asked
 */
export async function followJob<T extends {state: string}>(
  id: string,
  status: string,
  tell: (news: T) => void
): Promise<T> {
  let wake: () => void = () => undefined;
  const end = onAnnouncement((announcement) => {
    if (announcement.type === "again" || (announcement.type === "job" && announcement.job.id === id)) wake();
  });
  try {
    for (;;) {
      const news = new Promise<void>((resolve) => (wake = resolve));
      const answer = await ask<T>(status, {});
      tell(answer);
      if (answer.state !== "running") return answer;
      await Promise.race([news, sleep(SELDOM_MS)]);
      await sleep(OFTEN_MS);
    }
  } finally {
    end();
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
