import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {root, typescript} from "../../config.js";
import {IBKR_USD_FINANCING} from "../../lib/backtest/costs/financing.js";
import {IBKR_SCHEDULES, ibkrSchedule} from "../../lib/backtest/costs/ibkr/ibkr.js";

const guide = readFileSync(join(root, "guides/costs-of-trading.md"), "utf8");
const examples = [...guide.matchAll(/```ts\n([^]*?)```\s*```text\n([^]*?)```/g)];

it("guides/costs-of-trading.md has a row for each of IBKR's schedules, with its first rate, least and most", () => {
  for (const {market, plan, counts, bands, maximum} of IBKR_SCHEDULES) {
    const row = guide
      .split("\n")
      .find((line) => new RegExp(`^\\| \`${market}\` +\\| \`${plan}\` +\\|`).test(line));
    const [{rate, minimum}] = bands.at(-1)!.tiers;
    const cells = row!.split("|").map((cell) => cell.trim());
    if (market === "forex") expect(rate).toBe(0.2e-4);
    else {
      const first = /^[\d.]+/.exec(cells[3])![0];
      expect(Number(first)).toBeCloseTo(counts === "value" ? 100 * rate : rate, 12);
    }
    if (cells[4] !== "the same") expect(Number.parseFloat(cells[4]) || 0).toBe(minimum);
    const most = maximum?.of === "value" ? 100 * maximum.rate : (maximum?.rate ?? 0);
    expect(Number.parseFloat(cells[5]) || 0).toBe(most);
  }
});

it("guides/costs-of-trading.md says the regulators' fees and the tiers of cash as they are in the tables", () => {
  const feeOf = (name: string) =>
    ibkrSchedule("us-stocks", "tiered").fees.find((fee) => fee.name.startsWith(name))!;
  const text = guide.replaceAll(/\s+/g, " ");
  const sec = feeOf("SEC");
  expect(text).toContain(`(${(1e6 * sec.rate).toFixed(2)} a million sold, since ${sec.since})`);
  const taf = feeOf("FINRA trading");
  expect(text).toContain(`(${taf.rate} a share sold, ${taf.maximum} at most, since ${taf.since})`);
  expect(text).toContain(`${feeOf("exchange").rate} and ${feeOf("clearing").rate} a share`);
  const [first, second] = IBKR_USD_FINANCING.owed;
  expect(text).toContain(
    `owed ${100 * first.spread} % above the benchmark up to 100,000, ${100 * second.spread} % up to`
  );
  expect([first.upTo, second.upTo, IBKR_USD_FINANCING.held[0].upTo]).toEqual([1e5, 1e6, 1e4]);
});

it.each(examples.map(([, code, printed]) => ({code, printed})))(
  "guides/costs-of-trading.md's example prints what stands below it: $printed",
  ({code, printed}) => {
    const args = [...typescript, "--input-type=module-typescript", "--eval", code];
    const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: root, encoding: "utf8"});
    expect({stdout, stderr}).toEqual({stdout: printed, stderr: ""});
  }
);
