import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {Router} from "express";
import {openApiDocument} from "./document.js";

const assets = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<title>API · Tearsheet</title>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

const START = `SwaggerUIBundle({url: "/docs/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null});\n`;

/** The API document, to be browsed at /docs: all of it from this machine. */
export function docsRouter(): Router {
  const router = Router();
  const document = JSON.stringify(openApiDocument());
  router.get("/docs", (_request, response) => void response.type("html").send(PAGE));
  router.get("/docs/start.js", (_request, response) => void response.type("js").send(START));
  router.get("/docs/openapi.json", (_request, response) => void response.type("json").send(document));
  for (const name of ["swagger-ui.css", "swagger-ui-bundle.js"]) {
    router.get(`/docs/${name}`, (_request, response) => response.sendFile(join(assets, name)));
  }
  return router;
}
