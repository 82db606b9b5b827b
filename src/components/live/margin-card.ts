import type {AccountFigures} from "../../lib/live/figures.js";
import {h} from "../dom.js";
import {NOT_AVAILABLE, formatAmount, formatPercent} from "../format.js";
import {plainTable} from "../plain-table.js";
import {chartCard} from "../chart-card.js";
import {liveRows} from "./channels.js";
import {liveNode} from "./live-node.js";

interface Line {
  label: string;
  tip: string;
  of: (figures: AccountFigures) => number | null;
  kind?: "percent" | "time";
}

const NOW: readonly Line[] = [
  {
    label: "Net liquidation",
    tip: "What the account is worth, by the broker.",
    of: ({netLiquidation}) => netLiquidation
  },
  {
    label: "Equity with loan",
    tip: "The part of the value that margin is held against.",
    of: ({equityWithLoan}) => equityWithLoan
  },
  {
    label: "Initial margin",
    tip: "Held against what is open, as of a new position.",
    of: ({initMargin}) => initMargin
  },
  {
    label: "Maintenance margin",
    tip: "Below this, the broker closes positions.",
    of: ({maintMargin}) => maintMargin
  },
  {
    label: "Available funds",
    tip: "Equity with loan less initial margin: what new positions may take.",
    of: ({availableFunds}) => availableFunds
  },
  {
    label: "Excess liquidity",
    tip: "Equity with loan less maintenance margin: what may be lost before positions are closed.",
    of: ({excessLiquidity}) => excessLiquidity
  },
  {
    label: "Cushion",
    tip: "Excess liquidity as a share of net liquidation.",
    of: ({cushion}) => cushion,
    kind: "percent"
  },
  {label: "Buying power", tip: "What could be bought at most.", of: ({buyingPower}) => buyingPower}
];

const AHEAD: readonly Line[] = [
  {
    label: "Initial margin, next",
    tip: "What it becomes at the next change of margins.",
    of: ({lookAhead}) => lookAhead.initMargin
  },
  {
    label: "Maintenance, next",
    tip: "What it becomes at the next change of margins.",
    of: ({lookAhead}) => lookAhead.maintMargin
  },
  {
    label: "Excess liquidity, next",
    tip: "What it becomes at the next change of margins.",
    of: ({lookAhead}) => lookAhead.excessLiquidity
  },
  {
    label: "Next change",
    tip: "When margins change next, by the broker.",
    of: ({lookAhead}) => lookAhead.at,
    kind: "time"
  }
];

/** Returns the margin of accounts as their broker tells it, a column each: it is held by account and adds up to nothing. */
export function marginCard(accounts: readonly string[]): HTMLElement {
  const {currency} = liveRows("account").get(accounts[0]) ?? {};
  return chartCard(
    () =>
      plainTable(
        ["By the broker", ...accounts],
        [...NOW, ...AHEAD].map((line, i) =>
          h(
            "tr",
            {class: i === NOW.length ? "margin-ahead" : null},
            h("th", {scope: "row"}, h("span", {"data-tip": line.tip, tabindex: 0}, line.label)),
            accounts.map((account) => h("td", {class: "number"}, cell(account, line)))
          )
        )
      ),
    {
      title: "Margin, live",
      currency: currency ?? null,
      finding: `Margin of ${accounts.join(" and ")} as the broker tells it.`,
      definition:
        "As the broker tells it, account by account. The look-ahead is what margins are to be at the next change, often the end of the session."
    }
  );
}

function cell(account: string, {of, kind}: Line): HTMLElement {
  const className = kind ? "" : "secret";
  return liveNode(
    [["account", account]],
    () => {
      const figures = liveRows("account").get(account);
      const value = figures ? of(figures) : null;
      if (value === null)
        return kind === "time"
          ? "none known"
          : h("span", {class: "missing", "data-tip": "the broker does not tell it"}, NOT_AVAILABLE);
      if (kind === "percent") return formatPercent(value, {digits: 1});
      if (kind === "time") return new Date(value).toLocaleString(undefined, TIME);
      return formatAmount(value.toFixed(2), figures?.currency ?? "");
    },
    {className}
  );
}

const TIME = {day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"} as const;
