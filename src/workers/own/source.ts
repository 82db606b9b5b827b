import {tableFromIPC} from "apache-arrow";
import {importedFile} from "../../lib/ledger/kept-file.js";
import {ledgerFrom, namesFor, type Source} from "../sources.js";
import {isStale} from "./fingerprint.js";
import {withLock} from "./lock.js";
import {readProvenance} from "./provenance.js";
import type {Vault} from "./vault.js";

/** Returns the source that reads the browser's own store; tables of another program are made anew before. */
export function ownSource(vault: Vault): Source {
  const renew = async () => {
    if (!isStale(await vault.state())) return;
    const {OwnStore} = await import("./own-store.js");
    const store = new OwnStore(vault, {now: () => new Date(), newId: () => crypto.randomUUID()});
    await withLock(() => store.refresh());
  };
  return {
    kind: "own",
    accounts: async () => (await vault.state()).coverage,
    async context() {
      const {files, changes, tags} = await vault.state();
      return {
        now: new Date().toISOString(),
        mode: "real",
        benchmark: null,
        sectors: {},
        changes,
        files: files.map(importedFile).toSorted((a, b) => (a.importedAt < b.importedAt ? 1 : -1)),
        failures: [],
        ...(tags && {tags})
      };
    },
    // invented rates beside a person's own account would mislead: the series of the snapshot stay out
    market: async () => ({
      set: new Map(),
      meetings: [],
      watchlists: [...((await vault.state()).watchlists ?? [])]
    }),
    provenance: (table, id) => readProvenance(vault, table, id),
    async ledger(accounts, {positions = "latest"} = {}) {
      await renew();
      const {state, tables} = await vault.read(namesFor(positions));
      return ledgerFrom(accounts, positions, state.coverage, (name) => tableFromIPC(tables.get(name)!)); // asked for
    }
  };
}
