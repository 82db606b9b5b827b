import type {Request, Web} from "../../../loaders/web.js";
import type {Pulled, Vendor} from "../../../loaders/vendors/vendor.js";
import {VendorError} from "../../../loaders/vendors/vendor.js";
import {dayOf} from "../../../lib/time/day.js";

/** A web that answers with what a test has written, and keeps what it was asked. */
export interface WrittenWeb extends Web {
  asked: Request[];
}

export function writtenWeb(
  answer: (request: Request) => string | {status: number; text: string},
  {key = null as string | null} = {}
): WrittenWeb {
  const asked: Request[] = [];
  const now = new Date("2026-11-22T12:00:00Z");
  return {
    asked,
    key,
    now: () => now,
    hold: () => undefined,
    get(request) {
      asked.push(request);
      const reply = answer(request);
      const {status, text} = typeof reply === "string" ? {status: 200, text: reply} : reply;
      const wanted = status === 200 || request.accept?.includes(status);
      if (!wanted) return Promise.reject(new VendorError("unavailable", `answered ${status}`));
      const fetchedAt = now.toISOString();
      return Promise.resolve({status, text, url: request.path, headers: new Headers(), fetchedAt});
    }
  };
}

/** Pulls a symbol through a written web and returns all that came. */
export async function pulled(
  vendor: Vendor,
  web: Web,
  ask: {symbol: string; from?: string; to?: string}
): Promise<Pulled[]> {
  const whole = {from: "2026-01-01", to: "2026-12-31", ...ask};
  const asked = {kind: Object.keys(vendor.offers)[0] as "series", frequency: "1d" as const, ...whole};
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
