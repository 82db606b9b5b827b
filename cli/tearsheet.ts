import {run} from "./program.js";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(); // whoever read us has seen enough, as `head` has
});

await run(process.argv.slice(2));
