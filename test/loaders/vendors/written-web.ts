import type {Request, Web} from "../../../loaders/web.js";
import type {Ask, Pulled, Vendor} from "../../../loaders/vendors/vendor.js";
import {VendorError} from "../../../loaders/vendors/vendor.js";
import type {Kind} from "../../../lib/lake/dataset.js";
import {rowAt} from "../../../lib/lake/concat.js";
import {dayOf} from "../../../lib/time/day.js";

/** A web that answers with what a test has written, and keeps what it was asked. */
export interface WrittenWeb extends Web {
  asked: Request[];
  /** Milliseconds that it was told to rest. */
  held: number[];
}

/** A reply as a test writes it; text alone is a 200. */
export type Answered = string | Answer;

interface Answer {
  status?: number;
  text: string;
  headers?: Record<string, string>;
}

export function writtenWeb(
  answer: (request: Request) => Answered,
  {key = null as string | null, now = new Date("2026-11-22T12:00:00Z")} = {}
): WrittenWeb {
  const asked: Request[] = [];
  const held: number[] = [];
  return {
    asked,
    held,
    key,
    now: () => now,
    hold: (ms) => void held.push(ms),
    get(request) {
      asked.push(request);
      const reply = answer(request);
      const {status = 200, text, headers = {}} = typeof reply === "string" ? {text: reply} : reply;
      const wanted = status === 200 || request.accept?.includes(status);
      if (!wanted) return Promise.reject(new VendorError("unavailable", `answered ${status}`));
      const fetchedAt = now.toISOString();
      return Promise.resolve({status, text, url: request.path, headers: new Headers(headers), fetchedAt});
    }
  };
}

/** Pulls a symbol through a written web and returns all that came. */
export async function pulled(
  vendor: Vendor,
  web: Web,
  ask: Partial<Ask> & {symbol: string}
): Promise<Pulled[]> {
  const usual = {from: "2026-01-01", to: "2026-12-31", frequency: "1d" as const};
  const asked = {kind: Object.keys(vendor.offers)[0] as "series", ...usual, ...ask};
  const pages: Pulled[] = [];
  for await (const page of vendor.pull(asked, web, new AbortController().signal)) pages.push(page);
  return pages;
}

/** Returns rows as [day, value] pairs, in their order. */
export function valuesOf(pages: readonly Pulled[]): [string, number][] {
  return pages.flatMap(({rows}) =>
    rows.flatMap(({columns}) => {
      const {day, value, rate} = columns as unknown as Record<string, Float64Array>;
      return Array.from(day, (number, i) => [dayOf(number), (value ?? rate)[i]] as [string, number]);
    })
  );
}

/** Returns the rows of a kind on all pages, a record each; a value that is not given is null, a day is ISO. */
export function recordsOf(pages: readonly Pulled[], kind: Kind): Record<string, string | number | null>[] {
  return pages.flatMap(({rows}) =>
    rows
      .filter((each) => each.kind === kind)
      .flatMap((each) => Array.from({length: each.length}, (_, i) => rowAt(each, i)))
  );
}
