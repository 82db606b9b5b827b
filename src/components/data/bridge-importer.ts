import type {Importer, Intake, Listening, Preview, Progress} from "./importer.js";

interface Job {
  kind: string;
  state: string;
  message: string;
  done: number;
  total: number | null;
}

/** Returns the importer that sends statements to the bridge on this machine. */
export function bridgeImporter(): Importer {
  return {
    promise:
      "Read by the bridge on this machine; only the rows are kept. A file imported twice changes nothing.",
    begin,
    keeping: async () => ({used: null, room: null, lasting: null, unsaved: null}),
    async undo(sha256, {signal}) {
      await ask(`/api/imports/${sha256}`, {method: "DELETE", signal});
    },
    async export({signal}) {
      const response = await fetch("/api/export", {signal});
      if (!response.ok) throw await failureOf(response);
      return {blob: await response.blob(), saved: async () => undefined};
    },
    restore: (file, {signal}) =>
      ask("/api/restore", {
        method: "POST",
        headers: {"Content-Type": "application/octet-stream"},
        body: file,
        signal
      })
  };
}

interface Query extends Record<string, string> {
  name: string;
}

function begin(): Intake {
  const files: {file: File; query: Query}[] = [];
  return {
    async preview(file, {dateFormat, ...listening}) {
      const query = {name: file.name, ...(dateFormat && {dateFormat})};
      const preview = await send<Preview>(file, {...query, preview: "1"}, listening);
      files.push({file, query});
      return preview;
    },
    async commit(listening) {
      for (const {file, query} of files.splice(0)) await send(file, query, listening);
    },
    close() {
      files.length = 0;
    }
  };
}

/** Sends a file and tells how far the bridge is with it; an aborted one changes nothing. */
async function send<T>(file: File, query: Query, {onProgress, signal}: Listening): Promise<T> {
  const kind = query.preview ? "preview" : "import";
  const timer = setInterval(() => void tellJob(kind, onProgress), 500);
  onProgress({doing: "sending", unit: "steps", done: 0, total: null});
  try {
    return await ask<T>(`/api/import?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: {"Content-Type": "application/octet-stream"},
      body: file,
      signal
    });
  } finally {
    clearInterval(timer);
  }
}

async function tellJob(kind: string, onProgress: (progress: Progress) => void): Promise<void> {
  const answer = await ask<{jobs: Job[]}>("/api/jobs", {}).catch(() => ({jobs: []}));
  const job = answer.jobs.findLast((one) => one.kind === kind && one.state === "running");
  if (job) onProgress({doing: job.message, unit: "steps", done: job.done, total: job.total});
}

/** Asks the bridge. @throws with its sentence where it refuses */
export async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as T; // the bridge's own API
}

async function failureOf(response: Response): Promise<Error> {
  const {detail, title} = (await response.json().catch(() => ({}))) as {detail?: string; title?: string};
  return new Error(detail ?? title ?? `the bridge answers ${response.status}: reload the page`);
}
