import * as fc from "fast-check";
import {describe, expect, it} from "vitest";
import {movementsOf} from "../../../../lib/ledger/movements/movements.js";
import {continuations} from "../../../../lib/ledger/roll/continuations.js";
import {marksOf} from "../../../../lib/ledger/roll/marks.js";
import {rolledNavs} from "../../../../lib/ledger/roll/nav.js";
import {rollOf} from "../../../../lib/ledger/roll/roll.js";
import {formatAmount, parseAmount} from "../../../../lib/money/amount.js";
import {long} from "../../../long.js";
import {A, ledgerOf} from "../tables.js";

type Lists = Parameters<typeof ledgerOf>[0];

const D1 = "2026-01-05";
const D2 = "2026-01-06";
const D3 = "2026-01-07";
const share = {conid: "1", symbol: "ACME", assetCategory: "STK", currency: "USD", multiplier: "1"};
const at = (day: string) => ({day, fromDate: day, toDate: day});

/** What an account begins with: cash, and a quantity at a price, if any. */
const opens = (
  day: string,
  startingCash: string,
  [quantity, price] = ["0", "0"],
  holding = share
): Lists => ({
  cash_balances: [{...at(day), currency: "USD", startingCash}],
  mtm: [{...at(day), ...holding, prevCloseQuantity: quantity, prevClosePrice: price}]
});

const rolled = (lists: Lists, account = A) => rollOf(ledgerOf(lists)).get(account)!; // each account is rolled
const cash = (lists: Lists, day: string, currency = "USD") =>
  formatAmount(rolled(lists).cash.at(currency, day));
const held = (lists: Lists, day: string, key = "1") => formatAmount(rolled(lists).holdings.at(key, day));
const nav = (lists: Lists, day: string) => rolledNavs(ledgerOf(lists))(A, day)!; // each account is rolled
const total = (lists: Lists, day: string) => {
  const value = nav(lists, day).total;
  return value === null ? null : formatAmount(value);
};

describe("rollOf(ledger)", () => {
  it("begins with the statement's own opening figures and goes on by movements alone", () => {
    const lists = {
      ...opens(D1, "1000", ["10", "50"]),
      trades: [{...share, day: D2, quantity: "5", proceeds: "-300", ibCommission: "-1"}],
      cash: [{day: D3, currency: "USD", type: "Dividends", amount: "7", conid: "1"}]
    };
    expect([D1, D2, D3].map((day) => cash(lists, day))).toEqual(["1000", "699", "706"]);
    expect([D1, D2].map((day) => held(lists, day))).toEqual(["10", "15"]);
    expect(rolled(lists).cash.openings[0]).toMatchObject({from: D1, source: "CashReport.startingCash"});
  });

  it("knows nothing of days before its first statement", () => {
    const lists = {...opens(D2, "1000"), cash: [{day: D1, currency: "USD", type: "Dividends", amount: "7"}]};
    expect(cash(lists, D2)).toBe("1000");
    expect(rolled(lists).cash.openingOf("2026-01-02")).toBeUndefined();
  });

  it("begins again after a day of trading that no statement covers, and says what that day moved", () => {
    const first = opens(D1, "1000");
    const again = opens("2026-01-08", "1200");
    const lists = {cash_balances: [...first.cash_balances!, ...again.cash_balances!]};
    expect(cash(lists, D3)).toBe("1200");
    expect(rolled(lists).cash.restarts).toMatchObject([
      {from: "2026-01-08", key: "USD", rolled: parseAmount("1000"), opened: parseAmount("1200")}
    ]);
  });

  it("goes on over a week-end", () => {
    const lists = {
      cash_balances: [
        {...at("2026-01-09"), currency: "USD", startingCash: "10"},
        {...at("2026-01-12"), currency: "USD", startingCash: "99"}
      ]
    };
    expect(cash(lists, "2026-01-12")).toBe("10");
  });

  it("rolls lots of the first statement that has them back to where history begins", () => {
    const lists = {
      cash_balances: [{day: D2, fromDate: D1, toDate: D2, currency: "USD", startingCash: "0"}],
      lots: [{...share, day: D2, position: "12"}],
      trades: [{...share, day: D2, quantity: "2", proceeds: "-20"}]
    };
    expect(held(lists, "2026-01-02")).toBe("10");
    expect(rolled(lists).holdings.openings[0].source).toBe(`OpenPositions lots of ${D2}, rolled back`);
  });

  it("a split multiplies the shares, a cancel takes them back", () => {
    const lists = {
      ...opens(D1, "1000", ["10", "50"]),
      corporate_actions: [{...share, day: D1, type: "FS", quantity: "30"}],
      trades: [
        {...share, day: D2, quantity: "5", proceeds: "-60"},
        {
          ...share,
          day: D3,
          quantity: "-5",
          proceeds: "60",
          buySell: "BUY (Ca.)",
          transactionType: "TradeCancel"
        }
      ]
    };
    expect([D1, D2, D3].map((day) => held(lists, day))).toEqual(["40", "45", "40"]);
    expect(cash(lists, D3)).toBe("1000");
  });

  it("accruals are rolled from what is open and what is posted, by currency", () => {
    const lists = {
      ...opens(D1, "0"),
      dividend_accruals: [{...share, day: D2, netAmount: "30"}],
      dividend_changes: [
        {...share, day: D2, netAmount: "20"},
        {...share, day: D3, netAmount: "-30"}
      ],
      interest_accruals: [
        {...at(D1), currency: "USD", startingAccrualBalance: "3", interestAccrued: "1", accrualReversal: "0"},
        {...at(D2), currency: "USD", startingAccrualBalance: "4", interestAccrued: "1", accrualReversal: "-4"}
      ]
    };
    const {dividends, interest} = rolled(lists);
    expect([D1, D2, D3].map((day) => formatAmount(dividends.at("USD", day)))).toEqual(["10", "30", "0"]);
    expect([D1, D2].map((day) => formatAmount(interest.at("USD", day)))).toEqual(["4", "1"]);
  });

  it("a statement of a year beside those of its days counts its interest once", () => {
    const lists = {
      ...opens(D1, "0"),
      interest_accruals: [
        {...at(D1), currency: "USD", startingAccrualBalance: "0", interestAccrued: "1"},
        {...at(D2), currency: "USD", startingAccrualBalance: "1", interestAccrued: "2"},
        {
          day: D2,
          fromDate: D1,
          toDate: D2,
          currency: "USD",
          startingAccrualBalance: "0",
          interestAccrued: "3"
        }
      ]
    };
    expect(formatAmount(rolled(lists).interest.at("USD", D2))).toBe("3");
  });
});

describe("interest of statements that overlap", () => {
  const stated = (
    [fromDate, toDate]: readonly [string, string],
    startingAccrualBalance: string,
    interestAccrued: string,
    currency = "USD"
  ) => ({day: toDate, fromDate, toDate, currency, startingAccrualBalance, interestAccrued});
  const january = ["2026-01-01", "2026-01-31"] as const;
  const on = (interest_accruals: NonNullable<Lists["interest_accruals"]>, days: readonly string[]) => {
    const book = rolled({interest_accruals}).interest;
    return days.map((day) => (book.openingOf(day) ? formatAmount(book.at("USD", day)) : null));
  };
  const dailies = [
    stated(["2026-01-02", "2026-01-02"], "0", "1"),
    stated(["2026-01-05", "2026-01-05"], "1", "1")
  ];

  it("the month's adds on its last day what its days do not tell, and nothing is known of the days between", () => {
    const days = ["2026-01-02", D1, D2, "2026-01-30", "2026-01-31"];
    expect(on([stated(january, "0", "20"), ...dailies], days)).toEqual(["1", "2", null, null, "20"]);
  });

  it("a year adds what its months do not tell, and a month what its days do not", () => {
    const year = stated(["2026-01-01", "2026-12-31"], "0", "100");
    const days = [D1, "2026-01-31", "2026-02-27", "2026-12-31"];
    expect(on([year, stated(january, "0", "20"), ...dailies], days)).toEqual(["2", "20", null, "100"]);
  });

  it("a longer one whose sessions are all told adds nothing, so that it differs where it says more", () => {
    const both = stated(["2026-01-02", D1], "0", "5");
    expect(on([both, ...dailies], [D1])).toEqual(["2"]);
  });

  it("those that overlap in part are not known until the next statement begins", () => {
    const rows = [
      stated(["2025-12-01", "2025-12-31"], "0", "3"),
      stated(january, "3", "20"),
      stated(["2026-01-15", "2026-02-13"], "12", "30"),
      stated(["2026-02-17", "2026-02-27"], "42", "5")
    ];
    const days = ["2025-12-31", "2026-01-02", "2026-01-31", "2026-02-13", "2026-02-17", "2026-02-27"];
    expect(on(rows, days)).toEqual(["3", null, null, null, "42", "47"]);
    expect(on(rows.slice(0, 3), ["2026-02-13", "2026-06-30"])).toEqual([null, null]);
  });

  it("one that holds those that overlap in part makes its last day known", () => {
    const rows = [
      stated(january, "0", "20"),
      stated(["2026-01-15", "2026-02-13"], "12", "30"),
      stated(["2026-01-01", "2026-02-27"], "0", "47")
    ];
    expect(on(rows, ["2026-01-31", "2026-02-27"])).toEqual([null, "47"]);
  });

  it("the reason for a day between says that no statement tells it", () => {
    const {unknown} = nav({interest_accruals: [stated(january, "0", "20"), ...dailies]}, D2);
    expect(unknown.find(({of}) => of === "interest")?.why.reason).toMatch(
      "no statement tells the interest of 2026-01-06 alone"
    );
  });
});

describe("openings that are rolled back", () => {
  const lists = {
    cash_balances: [{day: D3, fromDate: D1, toDate: D3, currency: "USD", startingCash: "0"}],
    lots: [
      {...share, day: D2, position: "10", openDateTime: "2025-03-03T10:00:00"},
      {...share, day: D2, position: "5", openDateTime: `${D1}T10:00:00`}
    ]
  };

  it("name the section and the day that they share, and no other", () => {
    const {holdings, dividends} = rolled({
      ...lists,
      dividend_accruals: [{...share, day: D3, netAmount: "30"}]
    });
    expect([D1, D2, D3].map((day) => holdings.shares("OpenPositions", day))).toEqual([false, true, false]);
    expect(dividends.openings[0].taken).toEqual({section: "OpenDividendAccruals", day: D3});
    expect(rolled(opens(D1, "0")).holdings.openings[0].taken).toBeNull();
  });

  it("are not nothing where dividends were posted and no section says what was open before", () => {
    const posted = {...opens(D1, "0"), dividend_changes: [{...share, day: D1, netAmount: "20"}]};
    expect(nav(posted, D1)).toMatchObject({dividends: null, unknown: [{of: "dividends"}]});
    expect(nav(opens(D1, "0"), D1)).toMatchObject({dividends: 0n});
    const change_in_nav = [{...at(D1), part: "startingValue", amount: "0"}];
    expect(nav({...posted, change_in_nav}, D1)).toMatchObject({dividends: parseAmount("20")});
  });

  it("hold no lot that was opened since by no movement, and tell it", () => {
    const {holdings, problems} = rolled(lists);
    expect(holdings.at("1", D3)).toBe(parseAmount("10"));
    expect(problems).toMatchObject([{day: D2, holding: "1", quantity: parseAmount("5")}]);
    expect(problems[0].sentence).toContain(`5 of ACME opened since ${D1}`);
  });

  it("hold what a trade opened as nothing before it, and tell nothing", () => {
    const trades = [{...share, day: D1, quantity: "5", proceeds: "-50"}];
    const {holdings, problems} = rolled({...lists, trades});
    expect(["2026-01-02", D1].map((day) => formatAmount(holdings.at("1", day)))).toEqual(["10", "15"]);
    expect(problems).toEqual([]);
  });
});

describe("futures, CFDs and other classes in our net asset value", () => {
  const future = {...share, conid: "9", symbol: "ESH6", assetCategory: "FUT", multiplier: "50"};

  it("a future settles in cash every night by its mark, and stands for nothing", () => {
    const lists = {
      ...opens(D1, "10000"),
      trades: [
        {
          ...future,
          day: D1,
          quantity: "2",
          tradePrice: "4000",
          proceeds: "-400000",
          ibCommission: "-4",
          closePrice: "4010"
        },
        {...future, day: D3, quantity: "-2", tradePrice: "3995", proceeds: "399500", closePrice: "3990"}
      ],
      positions: [{...future, day: D2, markPrice: "4005"}]
    };
    expect([D1, D2, D3].map((day) => cash(lists, day))).toEqual(["10996", "10496", "9496"]);
    expect(total(lists, D2)).toBe("10496");
  });

  it("a future held when history begins was settled at the close before", () => {
    const opening = opens(D1, "10000", ["1", "4000"], future);
    const lists = {...opening, positions: [{...future, day: D1, markPrice: "4002"}]};
    expect(cash(lists, D1)).toBe("10100");
  });

  it("a CFD stands with its gain since it was opened, and settles it when it is closed", () => {
    const cfd = {...share, conid: "7", assetCategory: "CFD"};
    const lists = {
      ...opens(D1, "1000"),
      trades: [
        {...cfd, day: D1, quantity: "10", proceeds: "-500", closePrice: "51"},
        {...cfd, day: D2, quantity: "-4", proceeds: "220", closePrice: "55"}
      ]
    };
    expect([D1, D2].map((day) => cash(lists, day))).toEqual(["1000", "1020"]);
    expect([D1, D2].map((day) => total(lists, day))).toEqual(["1010", "1050"]);
  });

  it("a CFD that was opened before the first statement has no value, and the reason says so", () => {
    const cfd = {...share, assetCategory: "CFD"};
    const lists = {...opens(D1, "1000", ["10", "50"], cfd), positions: [{...cfd, day: D1, markPrice: "51"}]};
    expect(nav(lists, D1)).toMatchObject({total: null, unknown: [{why: {kind: "basis", item: "ACME"}}]});
  });

  it.each([
    ["OPT", "100", "2", "1000"],
    ["BOND", "1", "98", "4.9"],
    ["WAR", "1", "3", "15"],
    ["CRYPTO", "1", "100", "500"]
  ])("five of a %s (x %s) at %s are worth %s", (assetCategory, multiplier, price, value) => {
    const holding = {...share, assetCategory, multiplier};
    const lists = {
      ...opens(D1, "0", ["5", price], holding),
      positions: [{...holding, day: D1, markPrice: price}]
    };
    expect(total(lists, D1)).toBe(value);
  });

  it("V7: a rate from 0.90 to 0.91 makes 100 of 10,000 dollars", () => {
    const lists: Lists = {
      cash_balances: [{...at(D1), currency: "USD", startingCash: "10000"}],
      rates: [
        {day: "2026-01-02", fromCurrency: "USD", toCurrency: "EUR", rate: "0.90"},
        {day: D1, fromCurrency: "USD", toCurrency: "EUR", rate: "0.91"}
      ],
      mtm: opens(D1, "0").mtm!,
      coverage: [{account: A, from: D1, to: D1, base: "EUR"}]
    };
    expect([total(lists, "2026-01-02"), total(lists, D1)]).toEqual(["9000", "9100"]);
  });

  it("a missing rate or price makes it unknown, never one or nothing", () => {
    const pounds = {
      cash_balances: [{...at(D1), currency: "GBP", startingCash: "10"}],
      mtm: opens(D1, "0").mtm!
    };
    expect(nav(pounds, D1)).toMatchObject({
      total: null,
      unknown: [{of: "cash", why: {kind: "rate", item: "GBP"}}]
    });
    const unmarked = opens(D1, "0", ["5", "10"]);
    expect(nav(unmarked, D1)).toMatchObject({total: null, unknown: [{of: "holdings", why: {kind: "mark"}}]});
  });
});

describe("marksOf(ledger)", () => {
  it("takes the first source that has the day, and says which", () => {
    const ledger = ledgerOf({
      positions: [{...share, day: D1, markPrice: "10"}],
      prior_positions: [{...share, day: D2, date: D2, price: "11"}],
      mtm: [{...share, ...at(D3), prevClosePrice: "12", closePrice: "13"}],
      trades: [{...share, day: "2026-01-08", closePrice: "14"}]
    });
    const marks = marksOf(ledger);
    expect([D1, D2, D3, "2026-01-08"].map((day) => marks.on("1", day)?.source)).toEqual([
      "OpenPositions.markPrice",
      "PriorPeriodPositions.price",
      "MTMPerformanceSummary.closePrice",
      "Trades.closePrice"
    ]);
    expect(marks.lastAt("1", "2026-01-10")).toMatchObject({ageDays: 2});
    expect(marks.holding("1", "2026-01-10")).toBeNull();
  });
});

it("continuations(ledger) names an account that moved as a whole to a new number", () => {
  const B = "U7000002";
  const internal = {day: D2, type: "INTERNAL", direction: "OUT", counterparty: B};
  const lists: Lists = {
    ...opens(D1, "100", ["10", "50"]),
    transfers: [
      {...internal, ...share, quantity: "-10", positionAmount: "-500"},
      {...internal, currency: "USD", cashTransfer: "-100"}
    ]
  };
  expect(continuations(ledgerOf(lists))).toEqual([{former: A, account: B, day: D2}]);
  const partly = {...lists, transfers: lists.transfers!.slice(1)};
  expect(continuations(ledgerOf(partly))).toEqual([]);
});

it("cash by currency is the sum of its rows, and a position the sum of its movements", () => {
  const amount = fc.integer({min: -100_000, max: 100_000}).map((cents) => (cents / 100).toFixed(2));
  const day = fc.constantFrom(D1, D2, D3);
  const trade = fc.record({
    day,
    quantity: amount,
    proceeds: amount,
    conid: fc.constantFrom("1", "2"),
    currency: fc.constantFrom("USD", "EUR")
  });
  const row = fc.record({
    day,
    amount,
    currency: fc.constantFrom("USD", "EUR"),
    type: fc.constantFrom("Dividends", "Other Fees")
  });
  fc.assert(
    fc.property(fc.array(trade), fc.array(row), (trades, rows) => {
      const lists = {
        ...opens(D1, "50"),
        trades: trades.map((one) => ({...share, ...one})).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
        cash: rows
      };
      const ledger = ledgerOf(lists);
      const roll = rollOf(ledger).get(A)!; // each account is rolled
      const legs = (movementsOf(ledger).get(A) ?? []).flatMap((one) => one.cash);
      for (const currency of ["USD", "EUR"]) {
        const sum = legs.reduce((all, leg) => (leg.currency === currency ? all + leg.amount : all), 0n);
        expect(roll.cash.at(currency, D3) - (currency === "USD" ? parseAmount("50") : 0n)).toBe(sum);
      }
      for (const conid of ["1", "2"]) {
        const sum = trades.reduce(
          (all, one) => (one.conid === conid ? all + parseAmount(one.quantity) : all),
          0n
        );
        expect(roll.holdings.at(conid, D3)).toBe(sum);
      }
    }),
    {numRuns: long(100)}
  );
});
