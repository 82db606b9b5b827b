import {expect, it} from "vitest";
import {progressLine} from "../../cli/output.js";

/** A terminal that keeps what is written, and a clock that tests move. */
function terminal(isTTY: boolean) {
  const written: string[] = [];
  const clock = {ms: 1_000_000};
  const line = progressLine({isTTY, write: (text) => written.push(String(text)) > 0}, () => clock.ms);
  return {written, clock, line};
}

it("progressLine() changes one line of a terminal, ten times a second at most, and clears it at the end", () => {
  const {written, clock, line} = terminal(true);
  line.update("1 MB");
  clock.ms += 50;
  line.update("2 MB");
  clock.ms += 50;
  line.update("3 MB");
  line.end();
  line.end();
  expect(written).toEqual(["\r\u001b[2K1 MB", "\r\u001b[2K3 MB", "\r\u001b[2K"]);
});

it("progressLine() writes a line every half minute into a log, the first after as long", () => {
  const {written, clock, line} = terminal(false);
  line.update("1 MB");
  clock.ms += 30_000;
  line.update("2 MB");
  clock.ms += 29_999;
  line.update("3 MB");
  line.end();
  expect(written).toEqual(["2 MB\n"]);
});
