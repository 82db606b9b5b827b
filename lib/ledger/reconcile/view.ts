import {withoutLake} from "../lake/lake-rows.js";
import {continuations} from "../roll/continuations.js";
import {oncePerLedger} from "../once-per-ledger.js";
import type {Study} from "../study.js";
import type {Check, CheckStatus, ReconciliationView} from "./check.js";
import {reconcile} from "./reconcile.js";

const checksOf = oncePerLedger((ledger) => ({ledger, kept: new WeakMap<object, Check[]>()}));

/** Returns the checks of the accounts and range asked for, how many of each outcome, and how they went over time. */
export function reconciliationView({ledger, context, scope, query}: Study): ReconciliationView {
  const {kept} = checksOf(ledger);
  let all = kept.get(context.changes);
  if (!all) kept.set(context.changes, (all = reconcile(ledger, context)));
  const asked = query.accounts?.length ? new Set(query.accounts) : null;
  const {from = null, to = null} = query.range === "custom" ? query : scopeDays(scope, query.range);
  const checks = all.filter(
    ({account, period: [first, last]}) =>
      (!asked || asked.has(account)) && (from === null || last >= from) && (to === null || first <= to)
  );
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  const counts = {
    agrees: count("agrees"),
    explained: count("explained"),
    differs: count("differs"),
    notGiven: count("not-given")
  };
  const compared = checks.some((check) => check.compared > 0);
  return {
    scope,
    checks,
    counts,
    green: compared && !counts.differs && !counts.notGiven,
    continuations: continuations(withoutLake(ledger)).filter(
      ({former, account}) => !asked || asked.has(former) || asked.has(account)
    ),
    trend: trendOf(checks)
  };
}

/** The days of a range that has a name; all of them where it is the whole. */
function scopeDays({from, to}: Study["scope"], range: Study["query"]["range"]) {
  return range === undefined || range === "ALL" ? {} : {from, to};
}

function trendOf(checks: readonly Check[]): ReconciliationView["trend"] {
  const compared = checks.filter((check) => check.compared > 0);
  const months = Map.groupBy(compared, ({period: [, last]}) => last.slice(0, 7));
  return [...months]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      const count = (status: CheckStatus) => own.filter((check) => check.status === status).length;
      const navs = own.filter(({what, difference}) => what === "nav" && difference !== null);
      return {
        day: own.reduce((last, {period}) => (period[1] > last ? period[1] : last), ""),
        checks: own.length,
        differs: count("differs"),
        explained: count("explained"),
        notGiven: count("not-given"),
        nav: navs.length ? navs.reduce((sum, {difference}) => sum + Math.abs(Number(difference)), 0) : null
      };
    });
}
