import {
  CHECK_STATUSES,
  type Check,
  type CheckLine,
  type CheckStatus,
  type CheckWhat,
  type ReconciliationView
} from "../../lib/ledger/reconcile/check.js";
import {TABLES, type RowSource as Booked, type TableName} from "../../lib/ledger/tables.js";
import {tag} from "../badges.js";
import {h} from "../dom.js";
import {factList, openDrawer} from "../drawer.js";
import {formatAmount, formatCompact, formatDay, formatNumber, formatQuantity} from "../format.js";
import {symbolName} from "../labels.js";
import {lineChart} from "../line-chart.js";
import {rawRows} from "../raw-row.js";
import {table, type Column} from "../table.js";
import {viewCard} from "../view-card.js";
import type {Watched} from "../watch-view.js";

const TITLE = "Reconciliation with IBKR";

const WORDS: Readonly<Record<CheckStatus, string>> = {
  agrees: "agree",
  explained: "explained",
  differs: "differ",
  "not-given": "not given"
};

const THINGS: Readonly<Record<CheckWhat, string>> = {
  nav: "net asset value",
  positions: "positions",
  cash: "cash",
  realized: "realized gains",
  mtm: "mark-to-market",
  twr: "time-weighted return",
  dividends: "dividends",
  interest: "interest",
  "change-in-nav": "change in NAV",
  cost: "cost",
  marks: "prices",
  rates: "exchange rates",
  trades: "trades",
  statement: "statement's totals",
  "portfolio-analyst": "PortfolioAnalyst"
};

const LOUD = {agrees: "info", explained: "plain", differs: "error", "not-given": "warning"} as const;

/** Outcomes in sight, kept while the page is open; what agrees is of the least interest. */
const shown = new Set<CheckStatus>(["explained", "differs", "not-given"]);

/** Returns "412 agree, 2 explained, 0 differ, 3 not given". */
export function countWords({agrees, explained, differs, notGiven}: ReconciliationView["counts"]): string {
  const number = (n: number, word: string) => `${formatNumber(n, {digits: 0})} ${word}`;
  return [
    number(agrees, WORDS.agrees),
    number(explained, WORDS.explained),
    number(differs, WORDS.differs),
    ...(notGiven ? [number(notGiven, WORDS["not-given"])] : [])
  ].join(", ");
}

/** Returns how our figures compare with IBKR's own: counts, each check with its lines and rows, the trend. */
export function reconciliationCard(watched: Watched<ReconciliationView>): HTMLElement {
  const card = viewCard(watched, TITLE, ({checks, counts, green, continuations, trend, scope}) => ({
    finding: countWords(counts),
    definition:
      "Ours is rolled from an opening state by trades, cash, corporate actions, lots and marks; theirs is what IBKR states. The two share no input but those named. Explained is a difference with its reason; not given is a comparison that a box not ticked in the Flex query prevents. Green only when all that could be compared was, and nothing differs.",
    rows: {
      columns: [
        "account",
        "from",
        "to",
        "what",
        "ours",
        "theirs",
        "difference",
        "tolerance",
        "status",
        "reason"
      ],
      rows: checks.map(
        ({account, period: [from, to], what, ours, theirs, difference, tolerance, status, reason}) => [
          account,
          from,
          to,
          what,
          ours,
          theirs,
          difference,
          tolerance,
          status,
          reason?.sentence ?? null
        ]
      )
    },
    content: (width) =>
      h(
        "div",
        {class: "reconciliation"},
        h(
          "p",
          {class: "verdict"},
          tag(green ? "reconciled" : "not reconciled", green ? "info" : counts.differs ? "error" : "warning"),
          h("b", null, countWords(counts))
        ),
        continuations.map(({former, account, day}) =>
          h(
            "p",
            {class: "muted"},
            h("span", {class: "secret"}, former),
            " goes on as ",
            h("span", {class: "secret"}, account),
            ` since ${formatDay(day)}, with its lots, cost and history.`
          )
        ),
        trendChart(trend, scope.currency, width),
        checkTable(checks)
      )
  }));
  card.id = "reconciliation";
  return card;
}

function trendChart(trend: ReconciliationView["trend"], currency: string | null, width: number): Node {
  const months = trend.filter(({nav}) => nav !== null);
  if (months.length < 2) return h("span");
  return lineChart(
    {
      days: months.map(({day}) => day),
      series: [
        {
          name: "Largest difference of net asset value in the month",
          values: months.map(({nav}) => nav),
          color: "var(--accent)"
        }
      ]
    },
    {
      width,
      height: 140,
      label: "Largest differences of net asset value, by month",
      unit: currency ?? "base currency",
      fromBase: true,
      base: 0,
      secret: true,
      print: (value) => formatAmount(String(value), currency ?? ""),
      tick: (value) => formatCompact(value)
    }
  );
}

function checkTable(checks: readonly Check[]): HTMLElement {
  const node = h("div");
  const buttons = CHECK_STATUSES.map((status) =>
    h(
      "button",
      {
        type: "button",
        onclick: () => {
          if (!shown.delete(status)) shown.add(status);
          draw();
        }
      },
      WORDS[status],
      h("small", null, String(checks.filter((check) => check.status === status).length))
    )
  );
  function draw(): void {
    for (const [i, status] of CHECK_STATUSES.entries())
      buttons[i].setAttribute("aria-pressed", String(shown.has(status)));
    const rows = checks.filter(({status}) => shown.has(status));
    node.replaceChildren(
      rows.length
        ? table(rows, {
            id: "reconciliation",
            label: "Checks",
            columns: COLUMNS,
            height: 360,
            onOpen: openCheck
          })
        : h(
            "p",
            {class: "muted"},
            checks.length ? "Nothing of what is chosen above." : "Nothing could be compared."
          )
    );
  }
  draw();
  return h(
    "div",
    null,
    h("div", {class: "type-chips"}, h("div", {role: "group", "aria-label": "Outcomes"}, buttons)),
    node
  );
}

const COLUMNS: Column<Check>[] = [
  {
    key: "status",
    label: "Outcome",
    kind: "text",
    cell: ({status}) => WORDS[status],
    groups: true,
    narrow: true
  },
  {key: "what", label: "What", kind: "text", cell: ({what}) => THINGS[what], groups: true, narrow: true},
  {key: "account", label: "Account", kind: "text", cell: ({account}) => account, groups: true},
  {key: "from", label: "From", kind: "day", cell: ({period}) => period[0]},
  {key: "to", label: "To", kind: "day", cell: ({period}) => period[1]},
  {
    key: "item",
    label: "Worst",
    kind: "text",
    cell: ({lines}) => lines[0]?.item ?? "",
    most: 120,
    print: symbolName
  },
  {key: "ours", label: "Ours", kind: "amount", cell: ({ours, reason}) => given(ours, reason)},
  {key: "theirs", label: "Theirs", kind: "amount", cell: ({theirs, reason}) => given(theirs, reason)},
  {
    key: "difference",
    label: "Difference",
    kind: "amount",
    signed: true,
    narrow: true,
    cell: ({difference, reason}) => given(difference, reason)
  },
  {key: "compared", label: "Compared", kind: "number", digits: 0, cell: ({compared}) => compared},
  {key: "reason", label: "Reason", kind: "text", cell: ({reason}) => reason?.sentence ?? "", most: 420}
];

function given(amount: string | null, reason: Check["reason"]): {value: string | null; reason?: string} {
  return amount === null && reason ? {value: null, reason: reason.sentence} : {value: amount};
}

function openCheck(check: Check): void {
  const {account, period, what, ours, theirs, difference, tolerance, status, reason, evidence, lines} = check;
  openDrawer(
    h(
      "div",
      null,
      factList([
        ["Outcome", WORDS[status]],
        ["Ours", formatQuantity(ours)],
        ["Theirs", formatQuantity(theirs)],
        ["Difference", formatQuantity(difference, {signed: true})],
        ["Tolerance", tolerance ?? "n/a"],
        ["Compared", formatNumber(check.compared, {digits: 0})]
      ]),
      reason && h("p", null, reason.sentence),
      evidence.length > 0 &&
        h(
          "ul",
          {class: "small"},
          evidence.map((sentence) => h("li", null, sentence))
        ),
      lines.length > 0 && h("h3", null, "Lines that do not agree, the worst first"),
      lines.map(lineOf)
    ),
    {
      title: `${THINGS[what][0].toUpperCase()}${THINGS[what].slice(1)}`,
      subtitle: `${account} · ${formatDay(period[0])} – ${formatDay(period[1])}`
    }
  );
}

function lineOf(line: CheckLine): HTMLElement {
  const {day, item, of, ours, theirs, difference, status, reason, rows} = line;
  return h(
    "section",
    {class: "check-line"},
    h("h4", null, `${formatDay(day)} · ${symbolName(item)} `, tag(WORDS[status], LOUD[status])),
    h(
      "p",
      {class: "small"},
      `${of}: ours ${formatQuantity(ours)}, theirs ${formatQuantity(theirs)}, difference ${formatQuantity(difference, {signed: true})}`
    ),
    reason && h("p", {class: "small muted"}, reason.sentence),
    rows.length > 0 && rawRows(rows.map((id) => ({label: id.split(":", 1)[0], table: tableOf(id), id})))
  );
}

/** The table that a row's id is of: the first that has its element. */
export function tableOf(id: string): TableName {
  const element = id.split(":", 1)[0];
  const names = Object.keys(TABLES) as TableName[]; // its keys are the names
  const has = (name: TableName) => {
    const spec: Booked & {also?: readonly Booked[]} = TABLES[name];
    return [spec, ...(spec.also ?? [])].some((source) => source.element === element);
  };
  return names.find(has) ?? "trades";
}
