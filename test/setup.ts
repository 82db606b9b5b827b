import * as fc from "fast-check";

/** Laws are tried on the same cases in every run: a red one is red again, and CI does not turn on its luck. */
fc.configureGlobal({seed: 20_261_122});
