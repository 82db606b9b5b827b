import type {CatalogEntry} from "../../lib/lake/catalog.js";
import {parseDatasetId} from "../../lib/lake/dataset.js";
import {h} from "../dom.js";
import {placeholder} from "../states.js";
import {catalogCard} from "./catalog-card.js";
import {datasetCard} from "./dataset-card.js";
import {lakeActions} from "./lake-actions.js";
import {lakeHost, type Catalog} from "./lake-host.js";
import {latest} from "./latest.js";
import {problemsCard} from "./problems-card.js";
import {pullCard} from "./pull-card.js";
import {storageCard} from "./storage-card.js";

/** Returns the part of the Data page that shows the lake; nothing is asked for before it comes in sight. */
export function marketData(): HTMLElement {
  const node = h("div", {class: "grid"});
  new IntersectionObserver(([entry], observer) => {
    if (!entry.isIntersecting) return;
    observer.disconnect();
    fill(node);
  }).observe(node);
  return node;
}

function fill(node: HTMLElement): void {
  const host = lakeHost();
  const pulls = host.kind === "bridge" ? pullCard() : null;
  const viewer = datasetCard(host);
  const actions = lakeActions(host, () => pulls?.updateAll());
  const datasets = h("div", {class: "c12"}, h("div", {class: "card"}, placeholder({kind: "loading"})));
  const storage = h("div", {class: "c4"});
  const problems = h("div", {class: "c8"});

  let catalog: Catalog = {datasets: [], columns: {}};
  const tellStorage = () => storage.replaceChildren(storageCard(catalog.datasets, catalog.storage));

  const refresh = latest(
    async () => {
      const [read, found] = await Promise.all([host.catalog(), host.problems()]);
      catalog = read;
      const {datasets: entries, nextUpdate = null} = catalog;
      actions.tellNext(nextUpdate);
      datasets.replaceChildren(
        catalogCard(entries, {onOpen: (entry) => void open(entry), above: actions.node})
      );
      problems.replaceChildren(problemsCard(found));
      viewer.compare(entries);
      tellStorage();
    },
    ({message}) => {
      const state = {
        kind: "error",
        what: "The lake could not be read.",
        why: message,
        retry: refresh
      } as const;
      datasets.replaceChildren(h("div", {class: "card"}, placeholder(state)));
    }
  );

  async function open(entry: CatalogEntry): Promise<void> {
    await viewer.open(entry, catalog.columns[parseDatasetId(entry.dataset).kind]);
    tellStorage();
  }

  node.replaceChildren(
    datasets,
    ...(pulls ? [h("div", {class: "c12"}, pulls.node)] : []),
    h("div", {class: "c12"}, viewer.node),
    problems,
    storage
  );
  host.subscribe(refresh);
  refresh();
}
