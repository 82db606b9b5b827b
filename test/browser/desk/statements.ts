import {join} from "node:path";
import {root} from "../../../config.js";

const data = join(root, "test/data/flex");

/** An invented account on one day: two shares, a fee, and a value that ends on half a cent. */
export const ONE_DAY = {path: join(data, "one-day.xml"), account: "U1234500", nav: "9,218.04"};

/** The same account on the day after. */
export const NEXT_DAY = {path: join(data, "next-day.xml"), nav: "9,204.04"};
