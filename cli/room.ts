import {join} from "node:path";
import {createFigureWorker} from "../bridge/jobs/figures.js";
import type {ImportPool} from "../bridge/jobs/import-pool.js";
import type {Jobs} from "../bridge/jobs/jobs.js";
import {LiveRoom} from "../bridge/live/room.js";
import {readPoints} from "../bridge/live/snapshots.js";
import type {ComponentHealth, Flex, Mode} from "../bridge/services.js";
import type {Store} from "../bridge/store/open.js";
import {readFiles} from "../bridge/store/read.js";
import {runWhenDue} from "../loaders/flex/watch.js";
import {flexJob, flexService, type FlexParts, type FlexSettings} from "./flex.js";
import type {LakeRoom} from "./lake.js";
import {openDesk, type DeskOptions, type TradingDesk} from "./desk.js";
import {readSectors} from "./sectors.js";

/** One store that can be shown, and what works on it. */
export interface Room {
  mode: Mode;
  store: Store;
  pool: ImportPool;
  figures: ReturnType<typeof createFigureWorker>;
  flex: Flex;
  lake: LakeRoom;
  live: LiveRoom;
  /** Brokers and what trades, once they are open. */
  desk: TradingDesk | null;
  openDesk(options: Pick<DeskOptions, "mode" | "isKilledBySetting" | "tws" | "lines" | "log">): void;
  closeDesk(): Promise<void>;
  health(): Promise<ComponentHealth[]>;
  close(): Promise<void>;
}

export interface RoomOptions extends FlexParts {
  mode: Mode;
  url: string;
  /** Where sectors.csv is. */
  folder: string;
  /** Where the journal of orders and the paper account are. */
  deskFolder: string;
  /** Name of an index whose closes are in the store. */
  benchmark: string | null;
  flex: FlexSettings;
  lake: LakeRoom;
  jobs: Jobs;
  /** Told after each commit that changes the ledger, another process's too. */
  onCommit: (room: Room, version: number) => void;
  /** Ends the daily pull. */
  signal: AbortSignal;
}

/** Opens the room of a store; a real one with Flex queries also fetches them every day. */
export function openRoom(options: RoomOptions): Room {
  const {mode, store, pool, url, folder, deskFolder, benchmark, flex, lake, jobs, now, log, signal} = options;
  const job = flexJob(flex, {store, pool, now, log});
  const sectors = () => readSectors(join(folder, "sectors.csv"));
  let failed: string | null = null;
  const figures = createFigureWorker({
    url,
    lake: lake.ledger,
    context: () => ({
      now: now().toISOString(),
      mode,
      sectors: sectors().sectors,
      failures: [failed, sectors().problem].filter((sentence) => sentence !== null),
      benchmark
    })
  });
  const service = flexService(job, {mode, flex, store, now, jobs});
  const room: Room = {
    mode,
    store,
    pool,
    figures,
    flex: service,
    lake,
    live: new LiveRoom((account, since) => readPoints(store, account, since)),
    desk: null,
    openDesk(deskOptions) {
      room.desk = openDesk({...deskOptions, folder: deskFolder, live: room.live, store, figures, now});
    },
    async closeDesk() {
      const {desk} = room;
      room.desk = null;
      await desk?.close();
    },
    async health() {
      const {configured, message, queries} = await service.status();
      const isFailing = queries.some(({lastPull}) => lastPull?.ok === false);
      return [
        {name: "store", status: "ok", message: `${readFiles(store).length} files, ${mode} data`},
        {name: "flex", status: configured ? (isFailing ? "degraded" : "ok") : "off", message},
        await lake.health(),
        ...(room.desk?.health() ?? [])
      ];
    },
    async close() {
      unwatch();
      await room.closeDesk();
      await lake.close();
      await figures.close();
      await pool.close();
      store.close();
    }
  };
  const unwatch = store.watch((version) => {
    options.onCommit(room, version);
    void room.desk?.refresh();
  });
  if (mode === "real" && flex.token && flex.queryIds.length) {
    const run = async (abort: AbortSignal) => {
      const {ok, message} = await job.run(abort);
      failed = ok ? null : message;
    };
    void runWhenDue({due: () => job.due(), run, signal, log});
  }
  return room;
}
