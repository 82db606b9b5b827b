import {expect, it} from "vitest";
import {LiveFeed} from "../../../bridge/live/feed.js";
import {LiveRoom} from "../../../bridge/live/room.js";
import {figuresOf, linkStatus, quoteOf} from "../broker-told.js";
import {fakeBroker, positionOf} from "./fake-broker.js";

const SEAM = {day: "2026-11-20", value: "990.5"};

function feedOf(readSeam = async () => SEAM) {
  const room = new LiveRoom();
  const fake = fakeBroker();
  return {...fake, room, tables: room.tables, feed: new LiveFeed(room, {readSeam, now: () => 2000})};
}

it("takeBroker(broker) writes what it has, then what it tells", () => {
  const {feed, broker, tables, told, tell} = feedOf();
  told.accounts.push(figuresOf("U1", 1000));
  told.positions.push(positionOf("U1", 7, 3));
  feed.takeBroker(broker);
  expect(tables.get("link", "ibkr")?.phase).toBe("ready");
  expect(tables.get("account", "U1")?.netLiquidation).toBe(1000);
  expect(tables.get("positions", "U1 7")?.units).toBe(3);
  tell({kind: "link", status: linkStatus({phase: "cut"})});
  tell({kind: "quote", quote: quoteOf(7, 11)});
  expect(tables.get("link", "ibkr")?.phase).toBe("cut");
  expect(tables.get("quotes", "7")?.last).toBe(11);
});

it("a position of nothing is none", () => {
  const {feed, broker, tables, tell} = feedOf();
  feed.takeBroker(broker);
  tell({kind: "position", position: positionOf("U1", 7, 3)});
  tell({kind: "position", position: positionOf("U1", 7, 0)});
  expect(tables.rows("positions")).toEqual([]);
});

it("an account's live value moves with its profit, beside the statement that it continues", async () => {
  const {feed, broker, tables, tell} = feedOf();
  feed.takeBroker(broker);
  tell({kind: "account", figures: figuresOf("U1", 1000)});
  tell({
    kind: "account",
    figures: figuresOf("U1", 1000, {profit: {daily: 5, unrealized: 25, realized: 0}})
  });
  expect(tables.get("nav", "U1")).toMatchObject({value: 1005, at: 2000, source: "ibkr", currency: "USD"});
  await expect.poll(() => tables.get("nav", "U1")?.seam).toEqual(SEAM);
});

it("refresh() reads the seams anew, and an account without a statement has none", async () => {
  let seam: typeof SEAM | null = null;
  const {feed, broker, tables, tell} = feedOf(async () => seam!);
  feed.takeBroker(broker);
  tell({kind: "account", figures: figuresOf("U1", 1000)});
  await feed.refresh();
  expect(tables.get("nav", "U1")?.seam).toBeNull();
  seam = SEAM;
  await feed.refresh();
  expect(tables.get("nav", "U1")?.seam).toEqual(SEAM);
});

it("close() stops listening", () => {
  const {feed, broker, tables, tell} = feedOf();
  feed.takeBroker(broker);
  feed.close();
  tell({kind: "link", status: linkStatus({phase: "cut"})});
  expect(tables.get("link", "ibkr")?.phase).toBe("ready");
});
