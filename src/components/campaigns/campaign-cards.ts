import type {Campaign, CampaignGroup, CampaignsView, TagGroup} from "../../lib/ledger/campaigns/campaign.js";
import {accountColumn} from "../common-columns.js";
import {h} from "../dom.js";
import {shownMoney, shownNumber, shownPercent} from "../figure.js";
import {metricRow} from "../metric.js";
import {table, type Column} from "../table.js";
import {tabs} from "../tabs.js";
import {noMetrics, viewCard, viewOf} from "../view-card.js";
import type {Watched} from "../watch-view.js";
import {openCampaign} from "./campaign-drawer.js";

/** Returns what all campaigns of the range brought. */
export function campaignMetrics(watched: Watched<CampaignsView>): HTMLElement {
  const view = viewOf(watched);
  if (!view) return noMetrics(watched);
  const {total, outside, campaigns, scope} = view;
  const unit = scope.currency;
  const premium = campaigns.filter(({legs}) => legs.some(({putCall}) => putCall)).length;
  return metricRow([
    {
      label: "Gain",
      value: shownMoney(total.gain, unit, {signed: true}),
      unit,
      signed: true,
      note: `${total.campaigns} campaigns, ${total.open} open`,
      definition: view.notes[1]
    },
    {label: "Win rate", value: shownPercent(total.winRate, {digits: 0}), note: "of closed ones"},
    {
      label: "Profit factor",
      value: shownNumber(total.profitFactor),
      note: "gains over losses, closed ones"
    },
    {
      label: "In no campaign",
      value: shownMoney(outside.amount, unit, {signed: true}),
      unit,
      signed: true,
      definition: "Cash on an instrument while none of its campaigns ran: a dividend that came late, a fee."
    },
    {label: "With options", value: shownNumber({value: premium}, {digits: 0}), note: "campaigns"}
  ]);
}

const LEAST = 360;

/** Which campaigns are in sight, kept while the page is open. */
let only: "all" | "options" | "open" = "all";

/** Returns the campaigns; a row opens its legs, its parts and its tags. */
export function campaignTable(watched: Watched<CampaignsView>): HTMLElement {
  return viewCard(watched, "Campaigns", ({campaigns, scope: {currency}, notes}) => {
    const node = h("div");
    const columns = campaignColumns(campaigns, currency);
    const draw = () =>
      node.replaceChildren(
        table(campaigns.filter(inSight), {
          id: "campaigns",
          label: "Campaigns",
          columns,
          height: Math.max(LEAST, innerHeight - 320),
          onOpen: openCampaign
        })
      );
    draw();
    return {
      currency,
      finding: `${campaigns.length} campaigns, ${campaigns.filter(({status}) => status === "open").length} of them open.`,
      definition: notes[0],
      constants: notes.slice(1),
      controls: tabs(
        [
          ["all", "All"],
          ["options", "With options"],
          ["open", "Open"]
        ],
        {label: "Campaigns shown", chosen: only, onChoose: (chosen) => ((only = chosen), draw())}
      ),
      content: () => node
    };
  });
}

function inSight({legs, status}: Campaign): boolean {
  if (only === "options") return legs.some(({putCall}) => putCall !== null);
  return only === "all" || status === "open";
}

function campaignColumns(campaigns: readonly Campaign[], currency: string | null): Column<Campaign>[] {
  const tagged = campaigns.some(({tags}) => tags.length > 0);
  const own = {kind: "amount", currency: (row: Campaign | null) => row?.currency ?? null} as const;
  return [
    {
      key: "underlying",
      label: "Underlying",
      kind: "text",
      cell: (row) => row.underlying,
      most: 110,
      narrow: true
    },
    {
      key: "structure",
      label: "Structure",
      kind: "text",
      cell: (row) => row.structure,
      groups: true,
      narrow: true
    },
    {
      key: "tags",
      label: "Tags",
      kind: "text",
      cell: (row) => row.tags.join(", ") || null,
      groups: true,
      hidden: !tagged
    },
    {key: "status", label: "Status", kind: "text", cell: (row) => row.status, groups: true},
    {key: "opened", label: "Opened", kind: "day", cell: (row) => row.opened ?? "before"},
    {key: "closed", label: "Closed", kind: "day", cell: (row) => row.closed},
    {key: "days", label: "Days", kind: "number", digits: 0, cell: (row) => row.days},
    {key: "rolls", label: "Rolls", kind: "number", digits: 0, cell: (row) => row.rolls || null},
    {
      ...own,
      key: "premium",
      label: "Premium",
      cell: (row) => (row.premium.value === "0" ? null : row.premium),
      signed: true
    },
    {...own, key: "gain", label: "Gain, own cur.", cell: (row) => row.gain, signed: true, hidden: true},
    {
      key: "base",
      label: "Gain",
      unit: currency,
      kind: "amount",
      cell: (row) => row.gainBase,
      narrow: true,
      signed: true,
      sum: true
    },
    {
      key: "breakEven",
      label: "Break-even",
      kind: "price",
      cell: (row) => (row.status === "open" ? roundPrice(row) : null)
    },
    {key: "return", label: "On capital", kind: "percent", digits: 1, cell: (row) => row.return, signed: true},
    {
      key: "annualized",
      label: "A year",
      kind: "percent",
      digits: 1,
      cell: (row) => row.annualized,
      signed: true,
      hidden: true
    },
    {key: "currency", label: "Cur.", kind: "text", cell: (row) => row.currency, groups: true, hidden: true},
    accountColumn(campaigns)
  ];
}

/** A price that was divided has more decimals than anyone trades in. */
function roundPrice({breakEven: {value, ...rest}}: Campaign): {value: string | null; reason?: string} {
  return {...rest, value: value === null ? null : Number(value).toFixed(2)};
}

/** Returns what campaigns of each structure, or each tag, brought. */
export function groupsCard(watched: Watched<CampaignsView>, by: "structure" | "tag"): HTMLElement {
  const title = by === "structure" ? "By structure" : "By tag";
  return viewCard(watched, title, (view) => {
    const {currency} = view.scope;
    const groups: readonly (CampaignGroup & Partial<TagGroup>)[] =
      by === "structure" ? view.byStructure : view.byTag;
    return {
      currency,
      finding: `${groups.length} ${by === "structure" ? "structures" : "tags"}.`,
      definition:
        by === "structure"
          ? "Named by what a campaign consisted of; custom where the rules name nothing. Wins are the share of closed campaigns with a gain, factor their gains over their losses."
          : "A campaign has a tag when one of its trades has. Realized: closing trades that have it themselves, as IBKR booked them.",
      content: () =>
        table(groups, {label: title, columns: groupColumns(currency, by), bare: true, height: 320})
    };
  });
}

function groupColumns(
  currency: string | null,
  by: "structure" | "tag"
): Column<CampaignGroup & Partial<TagGroup>>[] {
  return [
    {
      key: "name",
      label: by === "structure" ? "Structure" : "Tag",
      kind: "text",
      cell: ({name}) => name || "untagged"
    },
    {key: "campaigns", label: "Campaigns", kind: "number", digits: 0, cell: (row) => row.campaigns},
    {
      key: "gain",
      label: "Gain",
      kind: "amount",
      currency: () => currency,
      signed: true,
      cell: (row) => row.gain
    },
    {key: "wins", label: "Wins", kind: "percent", digits: 0, cell: (row) => row.winRate},
    {key: "factor", label: "Factor", kind: "number", cell: (row) => row.profitFactor},
    {key: "return", label: "On capital", kind: "percent", digits: 1, signed: true, cell: (row) => row.return},
    ...(by === "tag"
      ? ([
          {
            key: "realized",
            label: "Realized",
            kind: "amount",
            currency: () => currency,
            signed: true,
            cell: (row) => row.realized ?? null
          }
        ] satisfies Column<CampaignGroup & Partial<TagGroup>>[])
      : [])
  ];
}
