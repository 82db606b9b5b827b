/** What turns red: checks that differ and findings of the health list, each with its day and what it names. */
import {createFigures} from "../../lib/ledger/figures.js";
import type {Change} from "../../lib/ledger/merge.js";
import type {ChangeSummary, ViewContext} from "../../lib/ledger/views.js";
import {CONTEXT} from "../lib/ledger/tables.js";
import {namesOf, type Fault} from "./faults.js";
import type {Settled} from "./span.js";

/** One red mark. */
export interface Red {
  /** Check or finding it is of. */
  what: string;
  account: string | null;
  day: string | null;
  /** Everything that it says, in one text. */
  text: string;
}

/** Every red mark of a ledger: lines of checks that differ, and findings of the health list. */
export function redsOf({ledger, changes}: Settled, now: string): Red[] {
  const context: ViewContext = {...CONTEXT, now, mode: "demo", changes: changes.map(summary)};
  const figures = createFigures(ledger, context);
  const lines = figures
    .reconciliation({})
    .checks.flatMap(({account, what, lines: found}) =>
      found
        .filter(({status}) => status === "differs")
        .map(({day, item, holding, of}) => ({what, account, day, text: [item, holding, of].join(" ")}))
    );
  // A span of the demo ends long before now: that its accounts are stale is no mark of a fault.
  const found = figures
    .health({})
    .findings.filter(({severity, code}) => severity !== "info" && code !== "stale-account");
  return [
    ...lines,
    ...found.map(({code, account, day, sentence, rows}) => ({
      what: `health ${code}`,
      account,
      day,
      text: [sentence, ...rows].join(" ")
    }))
  ];
}

function summary({kind, account, element, key, day, old, now}: Change): ChangeSummary {
  const names = [...new Set([...Object.keys(old.fields), ...Object.keys(now?.fields ?? {})])];
  return {
    kind,
    account,
    element,
    key,
    day,
    seen: "2026-04-15T12:00:00Z",
    differences: names.flatMap((name): [string, string | null, string | null][] =>
      old.fields[name] === now?.fields[name]
        ? []
        : [[name, old.fields[name] ?? null, now?.fields[name] ?? null]]
    ),
    oldFile: old.file,
    nowFile: now?.file ?? null
  };
}

/** The marks that were not there before the fault. */
export function newReds(before: readonly Red[], after: readonly Red[]): Red[] {
  const known = new Set(before.map((red) => JSON.stringify(red)));
  return after.filter((red) => !known.has(JSON.stringify(red)));
}

/** Whether a mark names the fault's day and its instrument or currency. */
export function names(red: Red, fault: Fault): boolean {
  const {days, items} = namesOf(fault);
  const text = `${red.day ?? ""} ${red.text}`;
  const {account, element} = fault.row;
  const ofAccount = red.account === null || red.account === account || element === "ConversionRate";
  return (
    ofAccount &&
    days.some((day) => text.includes(day)) &&
    (!items.length || items.some((item) => text.includes(item)))
  );
}
