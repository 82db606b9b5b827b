import {frameInfo} from "./frame-info.js";
import type {IconName} from "./icons.js";
import {PAGES} from "./pages.js";
import {cyclePreference} from "./preferences.js";
import {standing} from "./trading/standing.js";
import {RANGES, carryView, setView} from "./view-state.js";

/** Something the palette finds, and perhaps a key does. */
export interface Action {
  kind: "page" | "action" | "symbol";
  label: string;
  detail?: string;
  icon?: IconName;
  /** "g p" or "t". */
  keys?: string;
  act: () => void;
}

/** Returns a path of the site as an address from where this page stands. */
export function siteHref(path: string): string {
  const home = document.querySelector<HTMLAnchorElement>("a.brand")?.getAttribute("href") ?? "./";
  return carryView(path === "/" ? home : `${home.replace(/[^/]*$/, "")}${path.slice(1)}`, location.search);
}

const open = (path: string): void => location.assign(siteHref(path));

const IMPORT: Action = {
  kind: "action",
  label: "Import statements",
  icon: "upload",
  keys: "i",
  act: () => void import("./import-dialog.js").then(({openImport}) => openImport())
};

/** Returns what can be done about orders: nothing on a page that may send none. */
function tradingActions(): Action[] {
  const now = standing.get();
  if (now.kind !== "ready" || !now.known) return [];
  const isThrown = now.risk.status.kill !== null;
  return [
    {kind: "action", label: "New order", detail: "on the desk", icon: "desk", keys: "o", act: newOrder},
    {
      kind: "action",
      label: isThrown ? "Let go of the kill switch" : "Throw the kill switch",
      detail: isThrown ? "orders may go out again" : "no order goes out",
      icon: "stop",
      keys: "K",
      act: () => void import("./trading/kill-dialog.js").then(({openKillDialog}) => openKillDialog())
    }
  ];
}

/** Puts the keyboard into the ticket, on the Desk page. */
function newOrder(): void {
  const ticket = document.querySelector<HTMLElement>("[data-ticket]");
  if (ticket) ticket.focus();
  else open("/desk#ticket");
}

/** Returns everything that can be done from anywhere. */
export function actions(): Action[] {
  return [
    ...PAGES.map(({name, path, icon, key}): Action => ({
      kind: "page",
      label: name,
      icon,
      keys: `g ${key}`,
      act: () => open(path)
    })),
    {
      kind: "page",
      label: "Gallery",
      detail: "every part on fixed data",
      icon: "gallery",
      act: () => open("/gallery/")
    },
    ...tradingActions(),
    ...(frameInfo.get().imports ? [IMPORT] : []),
    {
      kind: "action",
      label: "Change theme",
      detail: "auto, light, dark",
      icon: "auto",
      keys: "t",
      act: () => cyclePreference("theme")
    },
    {
      kind: "action",
      label: "Blur or show amounts",
      icon: "hidden",
      keys: "b",
      act: () => cyclePreference("private")
    },
    {
      kind: "action",
      label: "Swap colours of gain and loss",
      detail: "green and red, blue and orange",
      act: () => cyclePreference("gains")
    },
    ...RANGES.map((range): Action => ({
      kind: "action",
      label: `Range ${range}`,
      icon: "calendar",
      act: () => setView({range})
    })),
    {kind: "action", label: "All accounts", act: () => setView({accounts: []})},
    ...frameInfo.get().accounts.map(({account}): Action => ({
      kind: "action",
      label: `Only account ${account}`,
      act: () => setView({accounts: [account]})
    })),
    ...frameInfo.get().symbols.map(({symbol, description}): Action => ({
      kind: "symbol",
      label: symbol,
      detail: description,
      act: () => open(`/positions?symbol=${encodeURIComponent(symbol)}`)
    }))
  ];
}

/** Returns the actions that a text means, best first: by start of the name, start of a word, anywhere. */
export function findActions<A extends {label: string; detail?: string}>(
  all: readonly A[],
  text: string
): A[] {
  const asked = text.trim().toLowerCase();
  if (!asked) return [...all];
  const rank = ({label, detail = ""}: A): number => {
    const name = label.toLowerCase();
    if (name.startsWith(asked)) return 0;
    if (name.includes(` ${asked}`)) return 1;
    if (name.includes(asked)) return 2;
    return detail.toLowerCase().includes(asked) ? 3 : 4;
  };
  return all
    .map((action) => ({action, at: rank(action)}))
    .filter(({at}) => at < 4)
    .sort((a, b) => a.at - b.at)
    .map(({action}) => action);
}
