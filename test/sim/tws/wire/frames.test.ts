import * as fc from "fast-check";
import {expect, it} from "vitest";
import {fieldsOf, frame, framed, pieces, Unframer} from "../../../../sim/tws/wire/frames.js";
import {parseOffer} from "../../../../sim/tws/wire/handshake.js";
import {readRequest} from "../../../../sim/tws/wire/requests.js";
import {eastern, parseTime} from "../../../../sim/tws/wire/time.js";

const field = fc.string({unit: "grapheme"}).filter((text) => !text.includes("\0"));
const message = fc.array(field, {minLength: 1});

it("frame(message) is a length and its fields, each ended by NUL", () => {
  expect(frame([9, 1, true, undefined]).toString("latin1")).toBe("\0\0\0\u00079\x001\x001\0\0");
});

it("Unframer gives the messages back, however their bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(message, {maxLength: 8}),
      fc.infiniteStream(fc.double({min: 0, max: 0.999, noNaN: true})),
      (sent, chance) => {
        const unframer = new Unframer();
        const random = () => chance.next().value;
        const cut = pieces(Buffer.concat(sent.map(frame)), random);
        const got = cut
          .flatMap((piece) => unframer.push(piece))
          .map((content) => content.slice(0, -1).split("\0"));
        expect(got).toEqual(sent);
      }
    )
  );
});

it("pieces(bytes) are the same bytes in the same order", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.double({min: 0, max: 0.999, noNaN: true}), (bytes, chance) => {
      expect(Buffer.concat(pieces(Buffer.from(bytes), () => chance))).toEqual(Buffer.from(bytes));
    })
  );
});

it("Unframer refuses a message that claims to be longer than any may be", () => {
  expect(() => new Unframer().push(Buffer.from([1, 0, 0, 0]))).toThrow(
    new RangeError("message too long: 16777216 bytes")
  );
});

it("framed(content) counts bytes, not characters", () => {
  expect(framed("Zürich").readUInt32BE()).toBe(7);
});

it("parseOffer(content) reads a range, with or without options behind it, and nothing else", () => {
  expect(parseOffer("v100..193")).toEqual({from: 100, to: 193});
  expect(parseOffer("v157..178 +PACEAPI")).toEqual({from: 157, to: 178});
  expect(parseOffer("v176")).toEqual({from: 176, to: 176});
  expect(parseOffer("GET / HTTP/1.1")).toBeUndefined();
});

it("readRequest(fields) refuses a field too few, a field too many, a text for a number", () => {
  const cancel =
    (...fields: string[]) =>
    () =>
      readRequest(["4", "1", ...fields], 176);
  expect(cancel("7", "")()).toEqual({kind: "cancelOrder", orderId: 7, manualTime: ""});
  expect(cancel("7")).toThrow(new RangeError("message 4 ends after 3 fields"));
  expect(cancel("7", "", "")).toThrow(new RangeError("message 4 has 1 fields too many"));
  expect(cancel("x", "")).toThrow(new RangeError("field 2 is no number: x"));
});

it("fieldsOf(content) drops only the end's NUL", () => {
  expect(fieldsOf("1\0\0")).toEqual(["1", ""]);
});

it("parseTime(text) reads UTC by a dash, a zone by name, else New York", () => {
  const iso = (text: string) => parseTime(text)?.toISOString();
  expect(iso("20261120-10:00:00")).toBe("2026-11-20T10:00:00.000Z");
  expect(iso("20261120 10:00:00 US/Eastern")).toBe("2026-11-20T15:00:00.000Z");
  expect(iso("20260720 10:00:00")).toBe("2026-07-20T14:00:00.000Z");
  expect(iso("20261120 10:00:00 Nowhere/Land")).toBeUndefined();
  expect(iso("tomorrow")).toBeUndefined();
  expect(eastern(new Date("2026-11-20T15:00:00Z"))).toBe("20261120 10:00:00 US/Eastern");
});
