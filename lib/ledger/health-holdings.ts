import {formatAmount, roundAmount, UNIT, type Amount, absolute} from "../money/amount.js";
import {BASE_SUMMARY, lastNavRows} from "./cash.js";
import {
  isNotional,
  latestPositions,
  ownRate,
  RowConverter,
  valueInNav,
  worth,
  type Position
} from "./exposure.js";
import {differ} from "./health-nav.js";
import {withoutLake} from "./lake/lake-rows.js";
import type {Study} from "./study.js";
import type {LedgerRow} from "./tables.js";
import type {Finding} from "./views.js";

/** Components of net asset value that positions are, with their asset categories. */
const COMPONENTS = {
  stock: ["STK", "ETF"],
  options: ["OPT", "FOP", "IOPT", "WAR"],
  bonds: ["BOND", "BILL"],
  funds: ["FUND"],
  crypto: ["CRYPTO"]
} as const satisfies Partial<Record<keyof LedgerRow<"nav">, readonly string[]>>;

type Component = keyof typeof COMPONENTS;

/** Returns classes of positions whose value on the last day is not what net asset value says of them. */
export function positionsAgainstNav({ledger: given, series}: Study): Finding[] {
  const ledger = withoutLake(given);
  return lastNavRows(ledger, series.accounts).flatMap((row): Finding[] => {
    const {account, day, currency} = row;
    const converter = new RowConverter(ledger, currency);
    const held = latestPositions(ledger, [account]).filter((position) => position.day === day);
    if (!held.length) return noPositions(row);
    return (Object.keys(COMPONENTS) as Component[]).flatMap((component): Finding[] => {
      const classes: readonly string[] = COMPONENTS[component];
      const said = row[component];
      const mine = held.filter(({assetCategory}) => classes.includes(assetCategory ?? ""));
      const sum = converter.sum(mine, valueInNav);
      if (said === null || sum === null || mine.some((position) => valueInNav(position) === null)) return [];
      if (!differ(sum, said) || near(sum, said, mine)) return [];
      return [
        {
          code: "positions-differ",
          severity: "warning",
          account,
          day,
          sentence: `the positions of ${account} in ${classes.join(", ")} are worth ${formatAmount(roundAmount(sum, 2))}, its net asset value of ${day} has ${formatAmount(said)} in ${component}`,
          next: "tick Open Positions (Summary) for all asset classes, and import that day again",
          rows: [row.id, ...mine.map(({id}) => id)]
        }
      ];
    });
  });
}

/** Rates are printed to four decimals or more: what is not in base may be off by that. */
function near(sum: Amount, said: Amount, positions: readonly Position[]): boolean {
  const foreign = positions.some((position) => ownRate(position) !== UNIT);
  return foreign && absolute(sum - said) * 10_000n <= absolute(said);
}

function noPositions({account, day, id, stock, options, bonds, funds}: LedgerRow<"nav">): Finding[] {
  const held = [stock, options, bonds, funds].some((value) => value !== null && value !== 0n);
  return held
    ? [
        {
          code: "no-positions",
          severity: "warning",
          account,
          day,
          sentence: `the net asset value of ${account} on ${day} has securities, its statements have no positions of that day`,
          next: "tick Open Positions (Summary) in the Flex query",
          rows: [id]
        }
      ]
    : [];
}

/** Returns days whose ending cash in the Cash Report is not the cash in net asset value. */
export function cashAgainstNav({ledger, series}: Study): Finding[] {
  const accounts = new Set(series.accounts);
  const reports = new Map(
    ledger.cash_balances.flatMap((row) =>
      row.currency === BASE_SUMMARY && row.endingCash !== null ? [[`${row.account}/${row.day}`, row]] : []
    )
  );
  return ledger.nav.flatMap(({account, day, cash, id}): Finding[] => {
    const report = accounts.has(account) ? reports.get(`${account}/${day}`) : undefined;
    if (!report || cash === null || report.endingCash === null || !differ(report.endingCash, cash)) return [];
    return [
      {
        code: "cash-differs",
        severity: "warning",
        account,
        day,
        sentence: `the Cash Report of ${account} ends ${day} at ${formatAmount(report.endingCash)}, its net asset value has ${formatAmount(cash)} in cash`,
        next: "import the statements of that day again; securities lending is apart in both",
        rows: [report.id, id]
      }
    ];
  });
}

/**
 * Returns positions of the last day whose cost, mark or value cannot be right. What is lasting, and will be so
 * tomorrow, has no day.
 */
export function oddPositions({ledger, series}: Study): Finding[] {
  return latestPositions(ledger, series.accounts).flatMap((row) => [
    ...oddCost(row),
    ...oddMark(row),
    ...oddValue(row)
  ]);
}

/** A cost of nothing is no cost: it is counted, never taken for zero (R25). */
function oddCost(row: Position): Finding[] {
  if (row.costBasisMoney || !row.position || isNotional(row)) return [];
  const what = row.costBasisMoney === null ? "it has no cost basis" : "its cost basis is zero";
  const next = "if it was transferred in, enter its cost in IBKR's Position Transfer Basis";
  return [{...finding(row, "no-cost", what, next), day: null}];
}

function oddMark(row: Position): Finding[] {
  const {markPrice, assetCategory, putCall} = row;
  if (markPrice === null || markPrice > 0n || (markPrice === 0n && putCall) || assetCategory === "FUT")
    return [];
  const what = `its mark is ${formatAmount(markPrice)}`;
  return [
    {...finding(row, "odd-mark", what, "look it up in TWS; delisted shares may be worth nothing"), day: null}
  ];
}

function oddValue(row: Position): Finding[] {
  const byMark = worth(row, row.position, row.markPrice);
  const value = row.positionValue;
  if (value === null) {
    const next = "tick Mark Price and Position Value in Open Positions";
    return byMark === null ? [finding(row, "no-value", "it has neither mark nor value", next)] : [];
  }
  if (byMark === null || !apart(byMark, value)) return [];
  const what = `its value is ${formatAmount(value)}, quantity x mark x multiplier ${formatAmount(byMark)}`;
  return [finding(row, "value-differs", what, "look at its multiplier and price unit (pence, percent)")];
}

function finding(row: Position, code: string, what: string, next: string): Finding {
  const {account, day, id} = row;
  const name = row.symbol ?? row.description ?? row.conid ?? "a position";
  return {
    code,
    severity: "warning",
    account,
    day,
    sentence: `${name} in ${account}: ${what}`,
    next,
    rows: [id]
  };
}

/** Whether two values differ by more than a hundredth and a cent. */
function apart(a: Amount, b: Amount): boolean {
  return absolute(a - b) * 100n > absolute(b) && differ(a, b);
}
