import {binance} from "./binance.js";
import {ecb} from "./ecb.js";
import {fredGraph} from "./fred-graph.js";
import {fred} from "./fred.js";
import {newYorkFed} from "./new-york-fed.js";
import {polygon} from "./polygon.js";
import {stooq} from "./stooq.js";
import {treasury} from "./treasury.js";
import {vegaDatasets} from "./vega-datasets.js";
import type {Vendor} from "./vendor.js";
import {yahoo} from "./yahoo.js";

/** Every vendor, in the order in which a form offers them; a new one is a line here. */
export const VENDORS: readonly Vendor[] = [
  yahoo,
  polygon,
  binance,
  ecb,
  fred,
  fredGraph,
  treasury,
  newYorkFed,
  stooq,
  vegaDatasets
];
