/** `npm run openapi`: writes bridge/openapi.json from the API's schemas; `--check` fails when it is not up to date. */
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {openApiDocument} from "../bridge/api/document.js";
import {root} from "../config.js";

const file = join(root, "bridge/openapi.json");
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("bridge/openapi.json is not what the schemas say: run npm run openapi");
  process.exitCode = 1;
}
