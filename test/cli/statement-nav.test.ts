/** What a run without a desk knows of statements, and that it is alone. */
import {expect, it, onTestFinished} from "vitest";
import {openStatementNavs} from "../../cli/statement-nav.js";
import {startBridge} from "../bridge/harness.js";
import {fakeTrading} from "../bridge/fake-trading.js";
import {ask, openDesk, ScriptedBroker} from "../bridge/execution/desk.js";
import {flexStatement} from "../bridge/statement.js";
import {desk, tearsheet} from "./terminal.js";

const NOON = Date.UTC(2024, 0, 5, 17);
const ACCOUNT = "U1000001";

/** Why an order that opens a position does not go out, by what statements say; null when it does. */
async function refusal(navs: Awaited<ReturnType<typeof openStatementNavs>>): Promise<string | null> {
  const broker = new ScriptedBroker("ibkr");
  broker.account = ACCOUNT;
  broker.netLiquidation = 1000;
  broker.quote$(265598, 1, {at: NOON});
  const {desk: trading} = await openDesk(broker, {
    mode: "live",
    port: 7496,
    statementNav: navs.nav,
    now: () => NOON
  });
  trading.confirm(ACCOUNT, "test");
  const limits = trading.limits(ACCOUNT);
  trading.setLimits(ACCOUNT, {...limits, account: {...limits.account, regularHoursOnly: false}}, "test");
  return (await trading.submit(ask({account: ACCOUNT, limit: 1}), "test")).decision.reason;
}

it("where no statement was imported only orders that reduce go out, and the gate says why", async () => {
  const home = desk();
  const navs = await openStatementNavs({DB_URL: `sqlite:///${home.database}`}, () => new Date(NOON));
  await navs.read(ACCOUNT);
  expect(navs.nav(ACCOUNT)).toBe(null);
  expect(await refusal(navs)).toBe(
    `the day's loss is not known: no statement tells the net asset value of ${ACCOUNT}`
  );
  await navs.close();
});

it("the value of the last statement's day is what the day's loss is counted from; one that comes later is read too", async () => {
  const home = desk();
  const statement = home.write("a.xml", flexStatement({account: ACCOUNT}));
  expect((await home.run(["import", statement])).code).toBe(0);
  const navs = await openStatementNavs({DB_URL: `sqlite:///${home.database}`}, () => new Date(NOON));
  onTestFinished(() => navs.close());
  await navs.read(ACCOUNT);
  await navs.read("U9");
  expect(navs.nav(ACCOUNT)).toEqual({day: "2024-01-04", value: 1033, flowsSince: 0});
  expect(navs.nav("U9")).toBe(null);
  expect(await refusal(navs)).toBe(null);
  const later = flexStatement({account: ACCOUNT, generated: "20240106;060000"}).replaceAll("1033", "2033");
  await home.run(["import", home.write("b.xml", later)]);
  await expect.poll(() => navs.nav(ACCOUNT)?.value, {timeout: 20_000}).toBe(2033);
}, 60_000);

it("run --live leaves link and journal to a desk that runs, but on paper", async () => {
  const {folder: DATA_DIR, port, url} = await startBridge({services: {trading: fakeTrading()}});
  const words = ["run", "buy-and-hold", "--live", "--symbol", "AAPL", "--send"];
  const {code, stderr} = await tearsheet(words, {DATA_DIR, PORT: String(port), TRADING_MODE: "ibkr-paper"});
  expect([code, stderr]).toEqual([
    1,
    `a desk runs at ${url}, which has the link and the journal of orders: stop it first, or say --paper\n`
  ]);
});
