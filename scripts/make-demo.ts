/** Fills the demo's store, from which the site's snapshot is taken, unless `start` or an earlier build did so today. */
import {statSync} from "node:fs";
import {Jobs} from "../bridge/jobs/jobs.js";
import {StoreError} from "../bridge/store/errors.js";
import {openStore, pathOf} from "../bridge/store/open.js";
import {readState} from "../bridge/store/state.js";
import {DEMO_STATE, startDemo} from "../cli/demo.js";
import {demoUrl} from "../cli/demo-place.js";
import {openLakeRoom, type LakePlace} from "../cli/lake.js";
import {type Config, loadConfig, readEnvironment} from "../config.js";

export async function makeDemo(config: Config): Promise<void> {
  if (await isMade(demoUrl(config))) return;
  const now = () => new Date();
  const jobs = new Jobs({now, announce: () => undefined});
  const openLake = (place: LakePlace) => openLakeRoom({place, jobs, now, onChange: () => undefined});
  const demo = await startDemo({config, now, log: console.log, step: console.log, openLake});
  await demo.close();
}

/** Whether the store was filled, whole, and today. */
async function isMade(url: string): Promise<boolean> {
  const file = statSync(pathOf(url), {throwIfNoEntry: false});
  if (file?.mtime.toDateString() !== new Date().toDateString()) return false;
  try {
    const store = await openStore({url, readonly: true});
    const isWhole = readState(store, DEMO_STATE) !== undefined;
    store.close();
    return isWhole;
  } catch (error) {
    if (error instanceof StoreError && error.code === "older") return false;
    throw error;
  }
}

if (import.meta.main) await makeDemo(loadConfig(readEnvironment()));
