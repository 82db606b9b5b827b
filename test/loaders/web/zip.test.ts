import {expect, it} from "vitest";
import {unzipFirst} from "../../../loaders/web/zip.js";

const CONTENT =
  "Date,USD,JPY,\n2026-11-20,1.1563,179.91,\n2026-11-19,1.1563,179.91,\n2026-11-18,1.1563,179.91,\n";

/** The content packed by zipfile of Python 3.11, invented numbers: each as a vendor may pack it. */
const PACKED = {
  deflated:
    "UEsDBBQAAAAIAACAdF2PwZi0MQAAAFwAAAASAAAAZXVyb2Z4cmVmLWhpc3QuY3N2c0ksSdUJDXbR8QqI1OEyMjAy0zU01DUy0DHUMzQ1M9YxNLfUszREyBha4pSxQJcBAFBLAQIUAxQAAAAIAACAdF2PwZi0MQAAAFwAAAASAAAAAAAAAAAAAACAAQAAAABldXJvZnhyZWYtaGlzdC5jc3ZQSwUGAAAAAAEAAQBAAAAAYQAAAAAA",
  stored:
    "UEsDBBQAAAAAAACAdF2PwZi0XAAAAFwAAAASAAAAZXVyb2Z4cmVmLWhpc3QuY3N2RGF0ZSxVU0QsSlBZLAoyMDI2LTExLTIwLDEuMTU2MywxNzkuOTEsCjIwMjYtMTEtMTksMS4xNTYzLDE3OS45MSwKMjAyNi0xMS0xOCwxLjE1NjMsMTc5LjkxLApQSwECFAMUAAAAAAAAgHRdj8GYtFwAAABcAAAAEgAAAAAAAAAAAAAAgAEAAAAAZXVyb2Z4cmVmLWhpc3QuY3N2UEsFBgAAAAABAAEAQAAAAIwAAAAAAA=="
};
const packed = (how: keyof typeof PACKED) => Buffer.from(PACKED[how], "base64");
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

it("unzipFirst(archive) returns the first file, packed or stored", () => {
  expect(text(unzipFirst(packed("deflated")))).toBe(CONTENT);
  expect(text(unzipFirst(packed("stored")))).toBe(CONTENT);
});

it("unzipFirst(archive) refuses an archive that is cut off anywhere", () => {
  const archive = packed("deflated");
  for (let length = 0; length < archive.length; ++length)
    expect(() => unzipFirst(archive.subarray(0, length))).toThrow(RangeError);
});

it("unzipFirst(archive) refuses a content that does not match its checksum", () => {
  const archive = packed("stored");
  archive[archive.indexOf("1.1563")] = 0x32;
  const error = new RangeError("the archive's first file does not match its checksum");
  expect(() => unzipFirst(archive)).toThrow(error);
});
