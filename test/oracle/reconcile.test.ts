import {expect, it} from "vitest";
import {long} from "../long.js";
import {onAccounts} from "./worlds.js";

it("statements of a random account reconcile: nothing differs, and much was compared", () => {
  onAccounts(long(200), ({figures}) => {
    const {checks} = figures.reconciliation({});
    const differing = checks.flatMap(({what, account, lines}) =>
      lines
        .filter(({status}) => status === "differs")
        .map(
          ({day, item, of, ours, theirs}) => `${what} ${account} ${day} ${item} ${of}: ${ours}, not ${theirs}`
        )
    );
    expect(differing).toEqual([]);
    expect(checks.reduce((sum, {compared}) => sum + compared, 0)).toBeGreaterThan(100);
  });
}, 600_000);
