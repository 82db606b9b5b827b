import {expect, it} from "vitest";
import {Outbox} from "../../../bridge/live/outbox.js";
import {PageChannels} from "../../../bridge/live/page-channels.js";
import {LiveRoom} from "../../../bridge/live/room.js";
import type {ChannelMessage} from "../../../lib/live/channels.js";
import {linkStatus, quoteOf} from "../broker-told.js";
import {fakeBroker, positionOf} from "./fake-broker.js";

/** A page whose socket takes a message at a time, when it is told to. */
function openPage(room = new LiveRoom()) {
  const heard: ChannelMessage[] = [];
  const reading: (() => void)[] = [];
  const outbox = new Outbox((text, done) => {
    heard.push(JSON.parse(text) as ChannelMessage);
    reading.push(done);
  });
  const channels = new PageChannels(room, {outbox, now: () => 5});
  room.tables.subscribe((channel, key) => channels.mark(channel, key));
  return {room, channels, heard, read: () => reading.shift()?.()};
}

it("a page that subscribes gets all rows, then those that change, with growing numbers", () => {
  const {room, channels, heard, read} = openPage();
  room.tables.put("positions", "U1 7", positionOf("U1", 7, 10));
  channels.take({type: "subscribe", channel: "positions"});
  read();
  room.tables.put("positions", "U1 8", positionOf("U1", 8, 5));
  room.tables.remove("positions", "U1 7");
  channels.flush();
  expect(heard).toEqual([
    {
      type: "snapshot",
      channel: "positions",
      seq: 1,
      at: 5,
      rows: {"U1 7": positionOf("U1", 7, 10)}
    },
    {
      type: "delta",
      channel: "positions",
      seq: 2,
      at: 5,
      rows: {"U1 8": positionOf("U1", 8, 5), "U1 7": null}
    }
  ]);
});

it("a page that reads slowly gets the newest row of each key that changed, never a queue", () => {
  const {room, channels, heard, read} = openPage();
  channels.take({type: "subscribe", channel: "positions"});
  for (let units = 1; units <= 500; ++units) {
    room.tables.put("positions", `U1 ${units % 5}`, positionOf("U1", units % 5, units));
    channels.flush();
  }
  expect(heard.length).toBe(1);
  read();
  read();
  expect(heard.length).toBe(2);
  expect(Object.values(heard[1].rows).map((row) => (row as {units: number}).units)).toEqual([
    496, 497, 498, 499, 500
  ]);
});

it("a channel that nobody asked for, or not any more, is silent", () => {
  const {room, channels, heard, read} = openPage();
  room.tables.put("link", "ibkr", linkStatus());
  channels.flush();
  expect(heard).toEqual([]);
  channels.take({type: "subscribe", channel: "link"});
  read();
  channels.take({type: "unsubscribe", channel: "link"});
  room.tables.put("link", "ibkr", linkStatus({phase: "waiting"}));
  channels.flush();
  expect(heard.map(({type}) => type)).toEqual(["snapshot"]);
});

it("quotes are of the contracts named, whose lines are held while they are", async () => {
  const {room, channels, heard, read} = openPage();
  const {broker, told} = fakeBroker();
  room.lines.openAt(broker);
  channels.take({type: "subscribe", channel: "quotes", keys: ["7", "8"]});
  await expect.poll(() => told.open).toEqual([7, 8]);
  read();
  room.tables.put("quotes", "7", quoteOf(7, 10));
  room.tables.put("quotes", "9", quoteOf(9, 10));
  channels.flush();
  expect(Object.keys(heard.at(-1)!.rows)).toEqual(["7"]);
  channels.take({type: "subscribe", channel: "quotes", keys: ["8"]});
  expect(told.open).toEqual([8]);
  channels.close();
  expect(told.open).toEqual([]);
});

it("quotes without names are of nothing", () => {
  const {room, channels, heard} = openPage();
  room.tables.put("quotes", "7", quoteOf(7, 10));
  channels.take({type: "subscribe", channel: "quotes"});
  expect(heard[0].rows).toEqual({});
});

it("a page is taken along to another room: its rows there, its lines there", async () => {
  const {room, channels, heard, read} = openPage();
  const [here, there] = [fakeBroker(), fakeBroker()];
  room.lines.openAt(here.broker);
  room.tables.put("positions", "U1 7", positionOf("U1", 7, 1));
  channels.take({type: "subscribe", channel: "positions"});
  channels.take({type: "subscribe", channel: "quotes", keys: ["7"]});
  await expect.poll(() => here.told.open).toEqual([7]);
  read();
  read();
  const next = new LiveRoom();
  next.lines.openAt(there.broker);
  next.tables.put("positions", "U2 8", positionOf("U2", 8, 2));
  channels.move(next);
  await expect.poll(() => there.told.open).toEqual([7]);
  expect(here.told.open).toEqual([]);
  expect(heard.at(-1)).toMatchObject({type: "snapshot", channel: "positions", seq: 2});
  expect(Object.keys(heard.at(-1)!.rows)).toEqual(["U2 8"]);
});
