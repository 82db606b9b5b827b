import type {Page} from "playwright-core";
import {expect, it} from "vitest";
import type {AttributionView} from "../../../lib/ledger/attribution/attribution-view.js";
import type {NavBridgeView} from "../../../lib/ledger/bridge-range/nav-bridge-view.js";
import type {PerformanceView, PositionsView, SummaryView, TradesView} from "../../../lib/ledger/views.js";
import {openPage} from "../harness.js";
import {
  bridgeCards,
  contributionTotals,
  performanceCards,
  performanceMetrics,
  portfolioCards,
  portfolioMetrics,
  positionRows,
  positionTotals,
  tradeCards,
  tradeLine
} from "./expected.js";
import {readPage, settle, type Reading} from "./reading.js";
import type {RunningDesk} from "./running.js";

/** The locale that this process prints in: the browser's is made the same. */
const {locale} = Intl.NumberFormat().resolvedOptions();

/** High enough that the trades of the API's first page are all among the lines in sight. */
const TALL = 9000;

const VIEWS = [
  "",
  "?range=1Y",
  "?range=YTD&accounts=U7000001",
  "?range=3M&accounts=U7000002",
  "?currency=EUR"
];

/** Opens an address and returns what reads it, there and looked at otherwise; the reader is closed by the test. */
export async function openReader(url: string, height = 900) {
  const {page, faults, outside, close} = await openPage(url, {height, context: {locale}});
  await settle(page);
  return {
    page,
    faults,
    outside,
    close,
    read: async (query?: string): Promise<Reading> => {
      if (query !== undefined) await look(page, query);
      return readPage(page);
    }
  };
}

/** Changes accounts, currency and range as the top bar does, by the address. */
async function look(page: Page, query: string): Promise<void> {
  await page.evaluate((search) => {
    history.pushState(null, "", `${location.pathname}${search}`);
    dispatchEvent(new PopStateEvent("popstate"));
  }, query);
  await settle(page);
}

export function figureTests(desk: () => RunningDesk): void {
  const eachView = (
    title: string,
    path: string,
    compare: (reading: Reading, query: string) => Promise<void>,
    height?: number
  ) =>
    it(title, async () => {
      const {read, faults, close} = await openReader(`${desk().url}${path}`, height);
      for (const query of VIEWS) await compare(await read(query), query);
      await close();
      expect(faults).toEqual([]);
    });

  eachView("Portfolio shows the API's figures", "/", async ({metrics, cards}, query) => {
    const summary = await desk().get<SummaryView>(`/api/account/summary${query}`);
    expect(metrics, query).toEqual(portfolioMetrics(summary));
    expect(cards, query).toMatchObject(portfolioCards(summary));
  });

  eachView("Performance shows the API's figures", "/performance", async ({metrics, cards, grids}, query) => {
    const performance = await desk().get<PerformanceView>(`/api/performance${query}`);
    expect(metrics, query).toEqual(performanceMetrics(performance));
    expect(cards, query).toMatchObject(performanceCards(performance));
    const bridge = await desk().get<NavBridgeView>(`/api/nav-bridge${query}`);
    expect(cards, query).toMatchObject(bridgeCards(bridge));
    const attribution = await desk().get<AttributionView>(`/api/attribution${query}`);
    expect(grids.Contribution.totals.filter(Boolean), query).toEqual(contributionTotals(attribution));
  });

  eachView("Positions shows the API's figures", "/positions", async ({grids}, query) => {
    const positions = await desk().get<PositionsView>(`/api/positions${query}`);
    const wanted = positionRows(positions);
    const lineOf = linesOf(Object.keys(wanted[0]));
    expect(grids.Positions.rows.map(lineOf).toSorted(), query).toEqual(wanted.map(lineOf).toSorted());
    expect(grids.Positions.totals.filter(Boolean), query).toEqual(positionTotals(positions));
  });

  eachView(
    "History shows the API's first page of trades, and its sums",
    "/history",
    async ({grids, cards}, query) => {
      const trades = await desk().get<TradesView>(`/api/trades${query}${query ? "&" : "?"}size=50`);
      const wanted = trades.rows.map(tradeLine);
      const lineOf = linesOf(Object.keys(wanted[0]));
      const shown = new Set(grids.History.rows.map(lineOf));
      expect(wanted.length, query).toBeGreaterThan(9);
      expect(
        wanted.map(lineOf).filter((line) => !shown.has(line)),
        query
      ).toEqual([]);
      expect(cards, query).toMatchObject(tradeCards(trades));
    },
    TALL
  );

  it("a page opened at a view shows what one does that was brought to it", async () => {
    const opened = await openReader(`${desk().url}/${VIEWS[2]}`);
    const brought = await openReader(desk().url);
    expect(await brought.read(VIEWS[2])).toEqual(await opened.read());
    await opened.close();
    await brought.close();
  });
}

/** Returns what writes the named columns of a row on a line. */
const linesOf = (columns: readonly string[]) => (row: Readonly<Record<string, string>>) =>
  columns.map((name) => row[name]).join(" | ");
