import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root, typescript} from "../../config.js";
import {METRIC_IDS} from "../../lib/backtest/metrics/metric.js";
import {EPISODES} from "../../lib/risk/stress/episodes.js";

const guide = readFileSync(join(root, "guides/advanced-analytics.md"), "utf8");
const examples = [...guide.matchAll(/```ts\n([^]*?)```\s*```text\n([^]*?)```/g)];

it("guides/advanced-analytics.md has the published case of the deflated Sharpe ratio, and each metric's name", () => {
  const printed = examples.map(([, , text]) => text).join("");
  for (const number of ["0.1132", "0.9004"]) expect(printed).toContain(number);
  const named = METRIC_IDS.filter((id) => guide.includes(`\`${id}\``));
  const elsewhere = METRIC_IDS.filter((id) => !named.includes(id));
  expect(elsewhere).toEqual([
    "finalEquity",
    "averageDrawdown",
    "maxDrawdownDays",
    "averageDrawdownDays",
    "normalConditionalValueAtRisk",
    "probabilisticSharpe",
    "deflatedSharpe",
    "minimumTrackRecord",
    "minimumBacktestYears",
    "trades"
  ]);
});

it("guides/advanced-analytics.md lists each episode with what it did", () => {
  const percent = (change: number) => `${change < 0 ? "−" : "+"}${Math.abs(100 * change).toFixed(1)} %`;
  for (const {name, from, to, sp500, vix} of EPISODES) {
    const row = guide.split("\n").find((line) => line.startsWith(`| ${name} `));
    expect(row).toContain(`${from} to ${to}`);
    expect(row).toContain(percent(sp500[1] / sp500[0] - 1));
    expect(row).toContain(`+${(vix[1] - vix[0]).toFixed(1)}`);
  }
});

it.each(examples.map(([, code, printed]) => ({code, printed})))(
  "guides/advanced-analytics.md's example prints what stands below it: $printed",
  ({code, printed}) => {
    const args = [...typescript, "--input-type=module-typescript", "--eval", code];
    const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
    expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
  }
);
