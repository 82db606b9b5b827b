import {Cron} from "croner";
import type {Config} from "../config.js";
import type {LakeDesk} from "../bridge/services.js";

/** When the lake is brought up to date by itself. */
export interface Schedule {
  /** Five fields of cron; undefined: only when asked. */
  cron: string | undefined;
  zone: string;
}

export const updateSchedule = (config: Config): Schedule => ({
  cron: config.LAKE_UPDATE_CRON,
  zone: config.LAKE_UPDATE_ZONE
});

interface Updates {
  /** When it is next; null where nothing is scheduled. */
  next(): Date | null;
  stop(): void;
}

/** Lets the desk pull what is new when the schedule says. */
export function scheduleUpdates(
  {cron: pattern, zone: timezone}: Schedule,
  {desk, log}: {desk: Pick<LakeDesk, "updateAll">; log: (message: string) => void}
): Updates {
  if (pattern === undefined) return {next: () => null, stop: () => undefined};
  const cron = new Cron(pattern, {timezone, mode: "5-part", unref: true}, async () => {
    try {
      await desk.updateAll();
      log("the lake is being brought up to date, as LAKE_UPDATE_CRON says");
    } catch (error) {
      log(`the lake was not brought up to date: ${(error as Error).message}`);
    }
  });
  return {next: () => cron.nextRun(), stop: () => cron.stop()};
}
