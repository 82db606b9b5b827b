import {expect, it} from "vitest";
import {createMisread} from "../../../../bridge/broker/ibkr/misread.js";

function counter() {
  const lost: string[] = [];
  const logged: unknown[] = [];
  let counts = 0;
  const misread = createMisread({
    log: {error: (what: unknown) => void logged.push(what)},
    onCount: () => void ++counts,
    onLost: (kind) => void lost.push(kind)
  });
  return {misread, lost, logged, counts: () => counts};
}

it("a lost message is told once for its kind, and counted after that", () => {
  const {misread, lost, logged, counts} = counter();
  for (const kind of ["OPEN_ORDER", "POSITION", "OPEN_ORDER"])
    misread.hear(`Underrun error on ${kind}: End of message reached. Please report`);
  misread.hear("No parser implementation found for token: undefined (999).");
  expect(lost).toEqual([
    "Underrun error on OPEN_ORDER",
    "Underrun error on POSITION",
    "No parser implementation found for token: undefined (999)"
  ]);
  expect([misread.count, counts(), logged.length]).toEqual([1, 1, 1]);
});

it("a message that was read with fields left over is counted, and nothing is lost", () => {
  const {misread, lost, logged} = counter();
  misread.hear("Decoding error on OPEN_ORDER: unprocessed data left on queue");
  misread.note("the details of error 201 of 5 are no JSON");
  expect([misread.count, lost]).toEqual([2, []]);
  expect(logged).toEqual([
    "ibkr link: Decoding error on OPEN_ORDER: unprocessed data left on queue",
    "ibkr link: the details of error 201 of 5 are no JSON"
  ]);
});
