import {h} from "../dom.js";
import {formatNumber} from "../format.js";
import type {Progress} from "./importer.js";

const MB = 1_000_000;

/** Shows how far something is, and about how long it still takes. */
export function progressLine(label: string): {node: HTMLElement; tell: (progress: Progress) => void} {
  const bar = h("progress", {"aria-label": label, max: 1});
  const text = h("span", {class: "small muted"});
  const left = timeLeft();
  return {
    node: h("span", {class: "progress", role: "status"}, bar, text),
    tell(progress) {
      const {done, total} = progress;
      if (total) bar.value = Math.min(1, done / total);
      else bar.removeAttribute("value");
      text.textContent = `${inWords(progress)}${left(progress)}`;
    }
  };
}

/** "reading, 12.4 of 200.0 MB"; "comparing, 3,000 of 12,000 rows". */
export function inWords({doing, unit, done, total}: Progress): string {
  if (total === null || unit === "steps") return doing;
  const digits = unit === "bytes" ? 1 : 0;
  const number = (n: number) => formatNumber(unit === "bytes" ? n / MB : n, {digits});
  return `${doing}, ${number(done)} of ${number(total)} ${unit === "bytes" ? "MB" : unit}`;
}

const FIRST_GUESS_MS = 2000;

/** Returns what tells, from how long a step has taken so far, how long it still takes: ", about 20 s left". */
export function timeLeft(now: () => number = () => performance.now()): (progress: Progress) => string {
  let step: {doing: string; at: number; done: number} | undefined;
  return ({doing, done, total}) => {
    if (step?.doing !== doing || done < step.done) step = {doing, at: now(), done};
    const passed = now() - step.at;
    const gone = done - step.done;
    if (!total || gone <= 0 || passed < FIRST_GUESS_MS || done >= total) return "";
    const seconds = Math.ceil(((total - done) * passed) / gone / 1000);
    return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.round(seconds / 60)} min left`;
  };
}
