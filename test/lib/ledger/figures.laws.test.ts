import * as fc from "fast-check";
import {expect, it} from "vitest";
import {createFigures, type Figures} from "../../../lib/ledger/figures.js";
import type {LedgerTables} from "../../../lib/ledger/tables.js";
import type {ViewQuery} from "../../../lib/ledger/views.js";
import {formatAmount, parseAmount} from "../../../lib/money/amount.js";
import {long} from "../../long.js";
import {A, CONTEXT, ledgerOf, navRows} from "./tables.js";
import {randomContext, randomLedger, randomQuery} from "./random-ledger.js";

const VIEWS = [
  "summary",
  "positions",
  "pnl",
  "pnlSeries",
  "performance",
  "trades",
  "activity",
  "benchmark",
  "attribution",
  "navBridge",
  "health",
  "costs",
  "income",
  "options",
  "campaigns",
  "twin",
  "lots",
  "gains"
] as const satisfies readonly (keyof Figures)[];

/** Says where a view is not as it may leave lib: not JSON, or n/a without a reason, or with a value and one. */
function faults(value: unknown, path: string): string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== "object") return [`${path} is ${typeof value}`];
  const entries = Object.entries(value);
  const own =
    "value" in value &&
    !Array.isArray(value) &&
    entries.every(([key]) => key === "value" || key === "reason");
  const reason = (value as {reason?: unknown}).reason;
  const wrong =
    own && ((value as {value: unknown}).value === null) !== (typeof reason === "string" && reason !== "");
  return [
    ...(wrong ? [`${path} is ${JSON.stringify(value)}`] : []),
    ...entries.flatMap(([key, inner]) => faults(inner, `${path}.${key}`))
  ];
}

it("no view of any ledger holds NaN, infinity or undefined, and whatever is n/a says why", () => {
  fc.assert(
    fc.property(randomLedger, randomContext, randomQuery, (ledger, context, query) => {
      const figures = createFigures(ledger, context);
      for (const name of VIEWS) {
        const view = figures[name](query);
        expect(faults(view, name)).toEqual([]);
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
      }
    }),
    {numRuns: long(2000)}
  );
}, 180_000);

it("views do not depend on which of them was asked for first", () => {
  fc.assert(
    fc.property(randomLedger, randomContext, randomQuery, (ledger, context, query) => {
      const forward = createFigures({...ledger}, context);
      const backward = createFigures({...ledger}, context);
      const first = VIEWS.map((name) => forward[name](query));
      const last = VIEWS.toReversed().map((name) => backward[name](query));
      expect(last.toReversed()).toEqual(first);
    }),
    {numRuns: long(500)}
  );
});

const DAYS = ["2025-12-31", "2026-01-02", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"];
const cents = (min: number, max: number) => fc.integer({min, max}).map((n) => BigInt(n) * 10n ** 10n);

/** Values and deposits (or withdrawals, which leave something) of some days: a ledger with nothing missing. */
const sound = fc.array(fc.record({nav: cents(1_000_000, 9_000_000), flow: cents(-400_000, 400_000)}), {
  minLength: 3,
  maxLength: DAYS.length
});
type Sound = readonly {nav: bigint; flow: bigint}[];

const nav = (rows: Sound, account = A) =>
  rows.map((row, i) => ({account, day: DAYS[i], total: formatAmount(row.nav)}));
const flows = (rows: Sound, account = A) =>
  rows.map(({flow}, i) => ({
    account,
    day: DAYS[i],
    type: "Deposits & Withdrawals",
    amount: formatAmount(flow),
    currency: "USD",
    fxRateToBase: "1"
  }));
const of = (ledger: LedgerTables) => createFigures(ledger, CONTEXT);
const sum = (texts: readonly (string | null)[]) =>
  texts.reduce((total, text) => total + parseAmount(text ?? "NaN"), 0n);

it("gains of the days sum to the gain of the range, to the last decimal", () => {
  fc.assert(
    fc.property(sound, fc.constantFrom("ALL", "1W", "YTD" as const), (rows, range) => {
      const {days, total} = of(ledgerOf({nav: nav(rows), cash: flows(rows)})).pnl({range});
      expect(formatAmount(sum(days.map(({pnl}) => pnl.value)))).toBe(total.pnl.value);
      expect(formatAmount(sum(days.map(({flow}) => flow.value)))).toBe(total.flow.value);
    })
  );
});

it("gains of the days sum to the gain of the range also over days that are not known", () => {
  fc.assert(
    fc.property(sound, sound, fc.nat({max: 5}), (rows, others, hole) => {
      const second = nav(others, "U7000002").filter((_, i) => i !== hole % others.length);
      const {days, total} = of(ledgerOf({nav: [...nav(rows), ...second], cash: flows(rows)})).pnl({});
      fc.pre(total.pnl.value !== null);
      const known = days.map(({pnl}) => pnl.value).filter((value) => value !== null);
      expect(formatAmount(sum(known))).toBe(total.pnl.value);
    })
  );
});

it("returns do not depend on the unit of money: time-weighted, money-weighted, drawdown", () => {
  fc.assert(
    fc.property(sound, fc.constantFrom("start-end", "ibkr" as const), (rows, convention) => {
      const scaled = rows.map((row) => ({nav: row.nav * 8n, flow: row.flow * 8n}));
      const view = (list: Sound) =>
        of(ledgerOf({nav: nav(list), cash: flows(list)})).performance({convention});
      const [one, eight] = [view(rows), view(scaled)];
      const figures = ({timeWeighted, moneyWeighted, simple, measures}: typeof one) => [
        timeWeighted.return.value,
        moneyWeighted.period.value,
        moneyWeighted.modifiedDietz.value,
        simple.value,
        measures.find(({id}) => id === "maxDrawdown")?.portfolio.value
      ];
      figures(eight).forEach((value, i) => {
        const expected = figures(one)[i];
        if (typeof expected === "number") expect(value).toBeCloseTo(expected, 9);
        else expect(value).toBe(expected);
      });
    })
  );
});

it("the return of a range is the product of the returns of its parts", () => {
  fc.assert(
    fc.property(sound, fc.nat({max: 10}), (rows, cut) => {
      const figures = of(ledgerOf({nav: nav(rows), cash: flows(rows)}));
      const middle = 1 + (cut % (rows.length - 2));
      const twr = (query: ViewQuery) => figures.performance(query).timeWeighted.return.value;
      const whole = twr({});
      const before = twr({range: "custom", to: DAYS[middle]});
      const after = twr({range: "custom", from: DAYS[middle + 1]});
      fc.pre(whole !== null && before !== null && after !== null);
      expect(whole).toBeCloseTo((1 + before) * (1 + after) - 1, 9);
    })
  );
});

it("a transfer between two accounts changes nothing of both together (R7)", () => {
  fc.assert(
    fc.property(sound, cents(1, 900_000), fc.nat({max: 10}), fc.boolean(), (rows, amount, when, signed) => {
      const second = rows.map(({nav: value}) => ({nav: 2n * value, flow: 0n}));
      const at = 1 + (when % (rows.length - 1));
      const moved = (list: Sound, change: bigint) =>
        list.map((row, i) => (i < at ? row : {...row, nav: row.nav + change}));
      const text = formatAmount(amount);
      const row = {day: DAYS[at], type: "INTERNAL", currency: "USD", fxRateToBase: "1"};
      const transfers = [
        {
          ...row,
          account: A,
          direction: "OUT",
          cashTransfer: signed ? `-${text}` : text,
          counterparty: "U7000002"
        },
        {...row, account: "U7000002", direction: "IN", cashTransfer: text, counterparty: A}
      ];
      const before = ledgerOf({nav: [...nav(rows), ...nav(second, "U7000002")], cash: flows(rows)});
      const after = ledgerOf({
        nav: [...nav(moved(rows, -amount)), ...nav(moved(second, amount), "U7000002")],
        cash: flows(rows),
        transfers
      });
      expect(of(after).pnl({})).toEqual(of(before).pnl({}));
      expect(of(after).performance({})).toEqual(of(before).performance({}));
    })
  );
});

it("the parts of what changed sum to the total exactly, in any currency", () => {
  const part = fc.constantFrom(
    "mtm",
    "dividends",
    "otherFees",
    "fxTranslation",
    "depositsWithdrawals",
    "newThing"
  );
  const rate = fc.integer({min: 5_000, max: 30_000}).map((n) => String(n / 10_000));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(part, cents(-100_000, 100_000)), {maxLength: 8}),
      cents(1_000, 900_000),
      cents(1_000, 900_000),
      rate,
      rate,
      fc.constantFrom("USD", "EUR"),
      (parts, start, end, before, after, currency) => {
        const [from, to] = [DAYS[3], DAYS[4]];
        const rows = [...parts, ["startingValue", start] as const, ["endingValue", end] as const];
        const quote = (day: string, value: string) => ({
          day,
          fromCurrency: "EUR",
          toCurrency: "USD",
          rate: value
        });
        const {change} = of(
          ledgerOf({
            nav: navRows({[from]: formatAmount(start), [to]: formatAmount(end)}),
            change_in_nav: rows.map(([name, amount]) => ({
              day: to,
              fromDate: to,
              toDate: to,
              part: name,
              amount: formatAmount(amount)
            })),
            rates: [quote(from, before), quote(to, after)]
          })
        ).summary({currency});
        const total = parseAmount(change.total.value ?? "NaN");
        expect(sum(change.parts.map(({amount}) => amount.value))).toBe(total);
        expect(parseAmount(change.end.value ?? "NaN") - parseAmount(change.start.value ?? "NaN")).toBe(total);
      }
    )
  );
});

it("without flows, the return in dollars is that in euros times that of the euro", () => {
  fc.assert(
    fc.property(
      sound,
      fc.array(fc.integer({min: 8_000, max: 14_000}), {minLength: 6, maxLength: 6}),
      (rows, quotes) => {
        const rates = DAYS.map((day, i) => ({
          day,
          fromCurrency: "EUR",
          toCurrency: "USD",
          rate: String(quotes[i] / 10_000)
        }));
        const figures = of(ledgerOf({nav: nav(rows), rates}));
        const twr = (currency: string) => figures.performance({currency}).timeWeighted.return.value ?? NaN;
        const euro = quotes[rows.length - 1] / quotes[0];
        expect(1 + twr("USD")).toBeCloseTo((1 + twr("EUR")) * euro, 9);
      }
    )
  );
});
