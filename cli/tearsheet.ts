#!/usr/bin/env -S node --import tsx
import {program} from "./program.js";
import {fail} from "./output.js";

try {
  await program().parseAsync();
} catch (error) {
  fail(error);
}
