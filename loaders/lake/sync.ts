import {reading} from "./aside.js";
import {checkParts, type Core} from "./core.js";
import {parquet} from "./engine.js";
import {gainsIn} from "./gains.js";
import {foldersIn, pathOf, type Folder} from "./manifest.js";
import {LakeError} from "./port.js";

/**
 * Brings the catalog to what the manifests say: after a writer that was ended, after a loss of the catalog, after a
 * copy of the lake. A dataset that cannot be read stays as it was known, and has its problem.
 */
export async function syncCatalog(core: Core): Promise<void> {
  const folders = await foldersIn(core.dir);
  for (const folder of folders) await syncDataset(core, folder);
  core.catalog.keepOnly(folders);
}

/** Brings what the catalog knows of a dataset to its manifest. */
export async function syncDataset(core: Core, folder: Folder): Promise<void> {
  for (;;) {
    try {
      return await reading(core, folder, async (manifest) => {
        if (manifest.stamp === null || core.catalog.isCurrent(folder, manifest)) return;
        await checkParts(core, folder, manifest.parts);
        const paths = manifest.parts.map((part) => pathOf(folder, part));
        const symbols = paths.length
          ? await core.engine.run((connection) => gainsIn(connection, folder.id.kind, parquet(paths)))
          : [];
        core.catalog.replace(folder, manifest, symbols);
      });
    } catch (error) {
      if (!(error instanceof LakeError)) throw error;
      if (error.code === "invalid") return;
      if (error.code !== "edited-part" && error.code !== "missing-part") throw error;
    }
  }
}
