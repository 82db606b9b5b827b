import type {PullProgress, PullRecord, VendorFacts} from "../../lib/lake/pull.js";
import {chartCard} from "../chart-card.js";
import {ask as askBridge} from "../data/bridge-importer.js";
import {h} from "../dom.js";
import {formatAge} from "../format.js";
import {cancelJob, followJob, post, type Job} from "./jobs.js";
import {pullForm} from "./pull-form.js";
import {count, printBytes} from "./values.js";

type Status = Omit<PullRecord, "finished"> & {progress: PullProgress | null};
type Past = Omit<PullRecord, "finished">;

/** Pulls of the past that are listed. */
const MOST = 8;

export interface PullCard {
  node: HTMLElement;
  updateAll(): void;
}

/** Returns the card that pulls rows: the form, how far a pull is, and those of the past. */
export function pullCard(): PullCard {
  const state = h("div", {class: "lake-pull-state", role: "status"});
  const past = h("div");
  const form = h("div", null, h("p", {class: "muted"}, "asking for the vendors"));
  const markets = h(
    "button",
    {type: "button", class: "button quiet", onclick: () => void attempt({vendor: "markets"})},
    "Pull all that Markets reads"
  );
  const followed = new Set<string>();

  async function start(): Promise<void> {
    const {vendors} = await askBridge<{vendors: VendorFacts[]}>("/api/data/vendors", {});
    form.replaceChildren(
      pullForm({
        vendors,
        onPull: (what) => begin("/api/data/pull", what),
        async onFile(file, about) {
          const query = new URLSearchParams({...about, name: file.name});
          const record = await askBridge<Past>(`/api/data/import?${query}`, {
            method: "POST",
            headers: {"Content-Type": "text/csv"},
            body: file
          });
          state.replaceChildren(endOf(record));
          await list();
        }
      })
    );
    await list();
  }

  async function begin(path: string, body?: object): Promise<void> {
    const job = await post<Job>(path, body);
    void follow(job.id);
  }

  /** Shows how far a pull is; the same one is followed once. */
  async function follow(id: string): Promise<void> {
    if (followed.has(id)) return;
    followed.add(id);
    const bar = h("progress", {"aria-label": "pulling", max: 1});
    const text = h("span", {class: "small muted"});
    const cancel = h(
      "button",
      {type: "button", class: "link-button", onclick: () => void cancelJob(id)},
      "Cancel"
    );
    const line = h("p", {class: "progress"}, bar, text, cancel);
    state.replaceChildren(line);
    try {
      const end = await followJob<Status>(id, `/api/data/pull-status/${id}`, (status) => {
        const {symbols, progress} = status;
        if (symbols.total) bar.value = (progress?.done ?? symbols.done) / symbols.total;
        text.textContent = inWords(status);
      });
      line.replaceWith(endOf(end));
    } catch (error) {
      line.replaceWith(h("p", {class: "bad", role: "alert"}, (error as Error).message));
    }
    followed.delete(id);
    await list().catch(() => undefined); // the last one is told above
  }

  async function list(): Promise<void> {
    const {pulls} = await askBridge<{pulls: Past[]}>("/api/data/pulls", {});
    past.replaceChildren(historyOf(pulls, (one) => void again(one)));
    const running = pulls.find((one) => one.state === "running");
    if (running) void follow(running.id);
  }

  /** A pull that was interrupted goes on with the rest. */
  async function again({what, asks}: Past): Promise<void> {
    if (what === "update-all") return attempt(null);
    if (what === "markets") return attempt({vendor: "markets"});
    for (const one of asks) await attempt(one);
  }

  async function attempt(body: object | null): Promise<void> {
    try {
      await (body ? begin("/api/data/pull", body) : begin("/api/data/update-all"));
    } catch (error) {
      state.replaceChildren(h("p", {class: "bad", role: "alert"}, (error as Error).message));
    }
  }

  void start().catch((error: Error) =>
    form.replaceChildren(h("p", {class: "bad", role: "alert"}, error.message))
  );
  const content = h("div", {class: "lake-pull"}, form, state, past);
  const node = chartCard(() => content, {
    title: "Pull rows",
    finding: "Rows of a vendor, by symbol and days.",
    definition:
      "Only what is new is asked for, with the days before it that the vendor may have changed; without a first day it goes on from the last row that is here. Keys stay in .env, replies are kept as they came.",
    controls: markets
  });
  return {node, updateAll: () => void attempt(null)};
}

function inWords({message, progress, symbols}: Status): string {
  if (!progress) return message;
  const {symbol, done, rows, bytes, etaSeconds} = progress;
  const left =
    etaSeconds === null
      ? ""
      : etaSeconds < 90
        ? `, about ${Math.ceil(etaSeconds)} s left`
        : `, about ${Math.round(etaSeconds / 60)} min left`;
  return `${symbol}: ${done} of ${symbols.total} symbols, ${count(rows, "row")}, ${printBytes(bytes)}${left}`;
}

/** What came of a pull, and which symbols gave nothing. */
function endOf({message, state, failures}: Past): HTMLElement {
  return h(
    "div",
    null,
    h("p", {class: state === "failed" ? "bad" : null}, message),
    failures.length > 0 &&
      h(
        "ul",
        {class: "oddities"},
        failures
          .slice(0, MOST)
          .map(({symbol, message: why}) => h("li", null, h("b", null, symbol), ` ${why}`)),
        failures.length > MOST && h("li", null, `and ${failures.length - MOST} more`)
      )
  );
}

const GOES_ON: readonly string[] = ["interrupted", "cancelled", "failed"];

function historyOf(pulls: readonly Past[], onAgain: (pull: Past) => void): HTMLElement {
  if (pulls.length === 0) return h("p", {class: "muted"}, "No pull yet.");
  return h(
    "details",
    null,
    h("summary", null, `${count(pulls.length, "pull")} so far`),
    h(
      "ul",
      {class: "lake-pulls"},
      pulls
        .slice(0, MOST)
        .map((pull) =>
          h(
            "li",
            null,
            h("span", {class: "when"}, formatAge(pull.startedAt, Date.now())),
            h(
              "span",
              {class: "what"},
              h("b", null, pull.title),
              h("small", {class: pull.state === "failed" ? "bad" : "muted"}, pull.message)
            ),
            GOES_ON.includes(pull.state) &&
              pull.what !== "csv" &&
              h(
                "button",
                {type: "button", class: "link-button", onclick: () => onAgain(pull)},
                pull.state === "interrupted" ? "Go on" : "Again"
              )
          )
        )
    )
  );
}
