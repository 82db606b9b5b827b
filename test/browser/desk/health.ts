import {expect, it} from "vitest";
import type {ChangeSummary, Finding, HealthView} from "../../../lib/ledger/views.js";
import {demoBooks, type Planted} from "../../../sim/account/index.js";
import {openReader} from "./figures.js";
import type {RunningDesk} from "./running.js";

export function healthTests(desk: () => RunningDesk): void {
  const findings = async (): Promise<Finding[]> => {
    const {ledger} = await desk().get<{ledger: HealthView}>("/api/health/detailed");
    return ledger.findings;
  };
  const planted = (kind: Planted["kind"]): Planted => {
    const defect = demoBooks({now: new Date()}).planted.find((one) => one.kind === kind);
    if (!defect) throw new Error(`the demo has no ${kind}`);
    return defect;
  };

  it("finds the three planted defects, each where it is, and no other", async () => {
    const found = (await findings()).filter(({severity}) => severity !== "info");
    const [rate, day, file] = (["missing-rate", "missing-day", "contradicting-file"] as const).map(planted);
    expect(
      found
        .toSorted((a, b) => (a.code < b.code ? -1 : 1))
        .map((one) => [one.code, one.account, one.day, one.sentence])
    ).toEqual([
      ["contradiction", file.account, file.day, expect.stringContaining(`${file.told} → ${file.instead}`)],
      ["missing-day", day.account, day.day, expect.stringContaining(day.day)],
      ["missing-rate", null, rate.day, expect.stringContaining(rate.subject)]
    ]);
  });

  it("lists the restatement among what IBKR changed", async () => {
    const restated = planted("restatement");
    const {changes} = await desk().get<{changes: ChangeSummary[]}>("/api/changes");
    const tax = changes.filter(({element, kind}) => element === "CashTransaction" && kind === "changed");
    expect(tax).toMatchObject([
      {
        account: restated.account,
        day: restated.day,
        differences: [["amount", restated.told, restated.instead]]
      }
    ]);
    expect(changes.filter(({kind, differences}) => kind === "changed" && !differences.length)).toEqual([]);
  });

  it("History lists every finding, and from when to when each account is covered", async () => {
    const {ledger} = await desk().get<{ledger: HealthView}>("/api/health/detailed");
    const {page, close} = await openReader(`${desk().url}/history`);
    const lines = page.locator("#health li:not(.covered) .what > span");
    expect(await lines.evaluateAll((spans) => spans.map(({textContent}) => textContent))).toEqual(
      ledger.findings.map(({sentence}) => sentence)
    );
    const covered = await page.locator("#health .covered").allInnerTexts();
    expect(covered).toHaveLength(new Set(ledger.coverage.map(({account}) => account)).size);
    for (const text of covered) expect(text).toContain("USD");
    await close();
  });
}
