import {typescript} from "./config.js";
import {head, header} from "./src/components/frame-html.js";

/** The site. The frame (rail, top bar) is our own, so Framework's sidebar, search, contents list and footer stay out. */
export default {
  title: "Tearsheet",
  root: "src",
  output: "dist",
  style: "style.css",
  globalStylesheets: [],
  head,
  header,
  footer: "",
  sidebar: false,
  search: false,
  toc: false,
  pager: false,
  interpreters: {".ts": [process.execPath, ...typescript]},
  // without this a sql cell would have json and parquet fetched from extensions.duckdb.org
  duckdb: {extensions: {json: null, parquet: null}}
};
