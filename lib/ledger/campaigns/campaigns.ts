import {compareText} from "../../order.js";
import {parseAmount} from "../../money/amount.js";
import {unavailable} from "../../returns/figure.js";
import {annualize} from "../../returns/time-weighted.js";
import {profitFactor} from "../../risk/profit-factor.js";
import {winRate} from "../../risk/win-rate.js";
import {addDays, daysBetween} from "../../time/day.js";
import {RowConverter} from "../exposure.js";
import {money, moneyOr, noMoney} from "../money-view.js";
import type {Study} from "../study.js";
import {sumMoney} from "../sum-money.js";
import {tagger} from "../tags/tags-of.js";
import {bookedIn} from "../trades-view.js";
import type {Money} from "../views.js";
import type {Campaign, CampaignsQuery, CampaignsView, TagGroup} from "./campaign.js";
import {breakEvenOf, capitalOf, type Maybe} from "./capital.js";
import {findCampaigns, type Found} from "./find.js";
import {legsOf} from "./legs.js";
import {ofGains, performanceOf, ratio, type Counted} from "./performance.js";
import {Tally, type Part} from "./pieces.js";

const NOTES = [
  "A campaign is what one account did with one underlying from flat to flat: options, rolls, assignments and the shares they bring. It is shown when any of its days is in the range, and counted whole.",
  "The gain is exact: what was received less what was paid, with dividends, withholding and costs, and what is open at its last mark.",
  "Capital is the most money tied up at once: cost of shares and long options, strikes of short puts, width of spreads. Where the loss has no bound there is none.",
  "A campaign with two tags counts in both: groups of tags do not add up to the total."
];

const LATE =
  "it began before the statements, or they lack a part of it: its rows do not add up to what is held";

/** Returns the campaigns of the range with what they brought, by structure and by tag. */
export function campaignsView(study: Study, {symbol, tag}: CampaignsQuery): CampaignsView {
  const {ledger, series, scope, context} = study;
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const found = findCampaigns(ledger);
  const trades = new Map(ledger.trades.map((row) => [row.id, row]));
  const structures = new Map(
    found.campaigns.flatMap(({chain, structure}) =>
      chain.steps.map(({movement}) => [movement.id, structure] as const)
    )
  );
  const tagsOf = tagger(context.tags, (id) => structures.get(id) ?? null);
  const wanted = symbol?.trim().toUpperCase();
  const counted = found.campaigns
    .filter(({account, chain}) => accounts.has(account) && ranIn(chain, study))
    .map((one) => {
      const rows = one.chain.steps.flatMap(({movement}) => trades.get(movement.id) ?? []);
      return count(study, one, [...new Set(rows.flatMap((row) => tagsOf(row).tags))].sort(compareText));
    })
    .filter(
      ({campaign}) =>
        (!wanted ||
          [campaign.underlying, ...campaign.legs.map((leg) => leg.symbol)].some(
            (name) => name.toUpperCase() === wanted
          )) &&
        (!tag || campaign.tags.includes(tag))
    )
    .sort((a, b) => byTime(a.campaign, b.campaign));
  const outside = found.outside.filter(
    ({movement}) => accounts.has(movement.account) && inRange(movement) && !wanted && !tag
  );
  return {
    scope,
    campaigns: counted.map(({campaign}) => campaign),
    byStructure: [...Map.groupBy(counted, ({campaign}) => campaign.structure)]
      .map(([name, list]) => performanceOf(name, list))
      .sort((a, b) => b.campaigns - a.campaigns || compareText(a.name, b.name)),
    byTag: byTag(study, counted, (id) => {
      const row = trades.get(id);
      return row ? tagsOf(row).tags : [];
    }),
    total: performanceOf("total", counted),
    outside: {
      amount: Tally.inBase(ledger, series.currency).sum(outside.flatMap(({pieces}) => pieces)),
      rows: outside.map(({movement}) => movement.id)
    },
    notes: NOTES
  };
}

/** Whether something was held on one of the days of the range. */
function ranIn({opened, closed}: Found["chain"], {query, scope}: Pick<Study, "query" | "scope">): boolean {
  const {range = "ALL", from, to} = query;
  const isCustom = range === "custom" || from !== undefined || to !== undefined;
  const base = isCustom || range === "ALL" ? null : scope.from;
  const first = isCustom ? (from ?? "") : base === null ? "" : addDays(base, 1);
  return (
    (closed ?? "9999-12-31") >= first && (opened ?? "") <= (isCustom ? (to ?? "9999-12-31") : "9999-12-31")
  );
}

function count(study: Study, found: Found, tags: string[]): Counted {
  const {ledger, series, scope} = study;
  const {account, contract, chain, snapshots, structure, cash, pieces, open} = found;
  const {currency, underlying} = contract;
  const own = Tally.own(ledger, currency);
  const all = [...pieces, ...open];
  const isLate = chain.before.size > 0;
  const known = (sum: () => Money): Money => (isLate ? noMoney(LATE) : sum());
  const part = (name: Part) => own.sum(all.filter((piece) => piece.part === name));
  const gain = known(() => own.sum(all));
  const capital = known(() => maybe(capitalOf(snapshots)));
  const legs = legsOf(ledger, chain, own);
  const days =
    chain.opened === null ? null : daysBetween(chain.opened, chain.closed ?? scope.asOf ?? chain.opened);
  const total = ratio(gain, capital);
  const converter = new RowConverter(ledger, series.currency);
  const capitalBase =
    capital.value === null
      ? capital
      : moneyOr(
          converter.convert({account, day: chain.opened ?? "", currency}, parseAmount(capital.value)),
          `no rate ${currency}/${series.currency} on ${chain.opened}`
        );
  const campaign: Campaign = {
    id: chain.steps[0]?.movement.id ?? `${account}/${contract.root}`,
    account,
    underlying,
    currency,
    structure: isLate ? lateName(structure) : structure,
    status: chain.closed === null ? "open" : "closed",
    opened: chain.opened,
    closed: chain.closed,
    days,
    rolls: legs.filter(({ended}) => ended === "rolled").length,
    assigned: legs.filter(({ended}) => ended === "assigned" || ended === "exercised").length,
    legs,
    premium: own.sum(pieces.filter((piece) => piece.part === "options")),
    options: known(() => part("options")),
    stock: known(() => part("stock")),
    dividends: part("dividends"),
    fees: part("fees"),
    gain,
    gainBase: known(() => Tally.inBase(ledger, series.currency).sum(all)),
    breakEven: breakEven(found, isLate, own),
    capital,
    return: total,
    annualized:
      total.value === null ? total : days === null ? unavailable(LATE) : annualize(total.value, days),
    tags,
    rows: [...chain.steps.map(({movement}) => movement.id), ...cash.map(({id}) => id)]
  };
  return {campaign, capitalBase};
}

/** What began before the statements may have been anything: only a share is what it is. */
function lateName(structure: string): string {
  return structure === "stock" || structure === "covered call" ? structure : "custom";
}

function breakEven({chain, snapshots, pieces}: Found, isLate: boolean, own: Tally): Money {
  if (chain.closed !== null) return noMoney("it is closed");
  if (isLate) return noMoney(LATE);
  const paid = own.sum(pieces.filter((piece) => piece.part !== "dividends"));
  const last = snapshots.at(-1);
  if (paid.value === null || !last) return paid;
  return maybe(breakEvenOf(last.held, parseAmount(paid.value)));
}

function maybe(value: Maybe): Money {
  return "reason" in value ? noMoney(value.reason) : money(value.amount);
}

function byTag(study: Study, counted: readonly Counted[], tagsOf: (id: string) => string[]): TagGroup[] {
  const {ledger, series} = study;
  const accounts = new Set(series.accounts);
  const inRange = bookedIn(study);
  const converter = new RowConverter(ledger, series.currency);
  const closing = ledger.trades.filter(
    (row) => row.fifoPnlRealized && accounts.has(row.account) && inRange(row)
  );
  const realized = Map.groupBy(
    closing.flatMap((row) => {
      const tags = tagsOf(row.id);
      const gain = moneyOr(converter.convert(row, row.fifoPnlRealized ?? 0n), converter.reason(row));
      return (tags.length ? tags : [""]).map((tag) => ({tag, gain}));
    }),
    ({tag}) => tag
  );
  const groups = Map.groupBy(
    counted.flatMap((one) =>
      (one.campaign.tags.length ? one.campaign.tags : [""]).map((tag) => ({tag, one}))
    ),
    ({tag}) => tag
  );
  const names = [...new Set([...groups.keys(), ...realized.keys()])].sort(compareText);
  return names.map((name) => {
    const group = performanceOf(
      name,
      (groups.get(name) ?? []).map(({one}) => one)
    );
    const gains = (realized.get(name) ?? []).map(({gain}) => gain);
    return {
      ...group,
      executions: gains.length,
      realized: sumMoney(gains),
      realizedWinRate: ofGains(gains, winRate),
      realizedProfitFactor: ofGains(gains, profitFactor)
    };
  });
}

/** What runs first, then the latest ended. */
function byTime(a: Campaign, b: Campaign): number {
  return (
    compareText(b.closed ?? "9999", a.closed ?? "9999") ||
    compareText(b.opened ?? "", a.opened ?? "") ||
    compareText(a.underlying, b.underlying) ||
    compareText(a.id, b.id)
  );
}
