import {refreshDerived} from "../bridge/store/derived.js";
import {rebuildLedger} from "../bridge/store/rebuild.js";
import type {Config} from "../config.js";
import {note, printJson} from "./output.js";
import {openToWrite} from "./store.js";

/**
 * `tearsheet recalculate`: makes the ledger anew from the rows of all files, then values, gains, returns and measures
 * by day. Nothing that was imported changes.
 */
export async function recalculate(config: Config, {json}: {json?: true}): Promise<void> {
  const store = await openToWrite(config);
  try {
    const now = () => new Date();
    await store.write(() => {
      rebuildLedger(store.raw, now().toISOString());
      store.raw.exec("update ledger_state set version = version + 1");
    });
    await refreshDerived(store, {now});
    const count = (table: string) =>
      store.raw.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0;
    const report = {
      accountSnapshots: count("account_snapshots"),
      pnlHistory: count("pnl_history"),
      performanceMetrics: count("performance_metrics")
    };
    if (json) printJson(report);
    else
      note(
        `${report.accountSnapshots} snapshots, ${report.pnlHistory} days of gains and returns, ${report.performanceMetrics} measures made anew`
      );
  } finally {
    store.close();
  }
}
