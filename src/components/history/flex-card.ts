import {twoClocks} from "../../lib/time/wall-clock.js";
import {tag} from "../badges.js";
import {chartCard} from "../chart-card.js";
import {h} from "../dom.js";
import {formatAge, formatDay} from "../format.js";
import type {CardState} from "../states.js";
import type {FlexStatus, WatchedFlex} from "./watch-flex.js";

const TITLE = "Flex queries";
const GUIDE = "/guides/flex-query-setup.md";

interface FlexCardOptions {
  now?: number;
  /** The person's time zone, IANA. */
  zone?: string;
}

/** Returns how the Flex queries stand: what came, what comes next, what is to be ticked or downloaded by hand. */
export function flexCard(
  watched: WatchedFlex,
  {now = Date.now(), zone = Intl.DateTimeFormat().resolvedOptions().timeZone}: FlexCardOptions = {}
): HTMLElement | "" {
  if (watched.kind === "none") return "";
  if (watched.kind !== "ready")
    return chartCard(() => h("p"), {title: TITLE, finding: "", state: stateOf(watched)});
  const {status, failure, fetchNow} = watched;
  const {configured, message, nextPull, queries, history} = status;
  if (!configured) return setUp();
  const isTold = queries.some(({lastPull}) => lastPull?.message === message);
  const content = () =>
    h(
      "div",
      {class: "needs flex"},
      failure && h("p", {class: "failure", role: "alert"}, failure),
      !isTold &&
        h("p", {role: "status"}, message, status.running !== null && h("progress", {"aria-label": message})),
      nextPull && h("p", null, "Next pull ", h("b", null, twoClocks(nextPull, zone))),
      h(
        "ul",
        null,
        queries.flatMap((query) => linesOf(query, now, zone))
      ),
      history.length > 0 && byHand(history)
    );
  return chartCard(content, {
    title: TITLE,
    finding: queries.length === 1 ? "One query is set up." : `${queries.length} queries are set up.`,
    definition:
      "What IBKR's Flex Web Service gave at the last pull, when it is asked again, and which boxes of the queries are not ticked.",
    controls: fetchButton(status, fetchNow)
  });
}

function stateOf(watched: Exclude<WatchedFlex, {kind: "none" | "ready"}>): CardState {
  return watched.kind === "loading"
    ? watched
    : {
        kind: "error",
        what: "How the Flex queries stand is not known.",
        why: watched.why,
        retry: watched.retry
      };
}

function setUp(): HTMLElement {
  const sentence =
    "No Flex query is set up: with a token and the ids of your queries the desk fetches your statements itself, every day.";
  const action = {label: "How to set it up", href: GUIDE};
  return chartCard(() => h("p"), {title: TITLE, finding: sentence, state: {kind: "empty", sentence, action}});
}

/** A card drawn anew takes the focus over from the one before. */
function fetchButton({running}: FlexStatus, fetchNow: () => void): HTMLElement {
  const isRunning = running !== null;
  const button = h(
    "button",
    {
      type: "button",
      id: "flex-fetch",
      class: "button",
      "aria-disabled": isRunning ? "true" : null,
      onclick: () => !isRunning && fetchNow()
    },
    isRunning ? "Fetching…" : "Fetch now"
  );
  if (document.activeElement?.id === button.id) requestAnimationFrame(() => button.focus());
  return button;
}

/** A query, and below it each box to tick in it. */
function linesOf(
  {id, name, lastPull, missing}: FlexStatus["queries"][number],
  now: number,
  zone: string
): HTMLElement[] {
  const [word, kind] =
    lastPull?.ok === false ? (["failed", "error"] as const) : (["query", "plain"] as const);
  const title = h("b", null, name ? `${name}, ${id}` : id);
  const came = lastPull
    ? h(
        "small",
        null,
        lastPull.message,
        ", ",
        h("span", {"data-tip": twoClocks(lastPull.at, zone)}, ago(lastPull.at, now))
      )
    : h("small", null, "not fetched yet");
  return [
    h("li", null, tag(word, kind), h("span", {class: "what"}, title, came)),
    ...missing.map(({section, box, why, severity}) =>
      h(
        "li",
        {class: "gap"},
        tag(severity, severity === "needed" ? "warning" : "plain"),
        h(
          "span",
          {class: "what"},
          h("span", null, "Tick ", h("b", null, `${section} › ${box}`)),
          h("small", null, why)
        )
      )
    )
  ];
}

function ago(at: string, now: number): string {
  const age = formatAge(at, now);
  return age === "now" ? "just now" : `${age} ago`;
}

/** The statements that no pull reaches, a line each, by account. */
function byHand(history: FlexStatus["history"]): HTMLElement {
  const lines = history.map(({account, year, from, to}) =>
    h(
      "li",
      null,
      h("span", {class: "when"}, year),
      h(
        "span",
        {class: "what"},
        h("span", null, `${formatDay(from)} to ${formatDay(to)}`),
        h("small", {class: "secret"}, account)
      )
    )
  );
  const files = history.length === 1 ? "1 file" : `${history.length} files`;
  return h(
    "details",
    null,
    h("summary", null, `${files} to download by hand`),
    h(
      "p",
      null,
      "These days lie beyond the 365 that a query reaches. In the portal run the query with Period Custom Date Range and Format XML, once for each line, and import the files here. ",
      h("a", {href: GUIDE}, "Step by step")
    ),
    h("ul", null, lines)
  );
}
