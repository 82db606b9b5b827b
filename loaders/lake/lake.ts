import {existsSync, mkdirSync} from "node:fs";
import {readFile, stat} from "node:fs/promises";
import {join, resolve} from "node:path";
import {formatDatasetId} from "../../lib/lake/dataset.js";
import type {Answer, LakeQuery} from "../../lib/lake/query.js";
import {reading} from "./aside.js";
import {createBooks} from "./books.js";
import {openCatalog} from "./catalog.js";
import {compactDataset} from "./compact.js";
import {checkParts, manifestReader, type Core} from "./core.js";
import {encodeAnswer} from "./encode.js";
import {createEngine} from "./engine.js";
import {calendarOfProvider, catalogEntries, symbolEntries} from "./entries.js";
import {explained, filesBelow} from "./files.js";
import {Integrity} from "./integrity.js";
import {createLock} from "./lock.js";
import {folderOf, foldersIn, manifestPath, pathOf, type Folder, type Part} from "./manifest.js";
import {LakeError, type Lake, type LakeOptions, type LakeParts, type ReadOptions} from "./port.js";
import {addProblems, listProblems} from "./problems.js";
import {queryParts} from "./query.js";
import {partsOf, readRows} from "./read.js";
import {recover} from "./recover.js";
import {createReplies} from "./replies.js";
import {syncCatalog, syncDataset} from "./sync.js";
import {verifyLake} from "./verify.js";
import {writeRows} from "./write.js";

/** How long another writer is waited for. */
const MAX_WAIT_MS = 30_000;
const MOST_REPLY_BYTES = 512 * 2 ** 20;

/** What DuckDB would take for a pattern of several paths. */
const PATTERN = /[*?[\]]/;

/**
 * Opens a lake, or begins one where there is none.
 * @throws LakeError `invalid` for a folder that DuckDB cannot name
 */
export function openLake(
  path: string,
  {now, maxWaitMs = MAX_WAIT_MS, mostReplyBytes = MOST_REPLY_BYTES, vendors = []}: LakeOptions
): Lake {
  const dir = resolve(path);
  if (PATTERN.test(dir))
    throw new LakeError("invalid", `no lake can be in ${dir}: choose a folder without * ? [ ]`);
  mkdirSync(dir, {recursive: true});
  const catalog = openCatalog(dir);
  const core: Core = {
    dir,
    now,
    catalog,
    engine: createEngine(dir),
    integrity: new Integrity(catalog),
    lock: createLock(dir, {
      now,
      maxWaitMs,
      async recover() {
        await recover(dir);
        catalog.commit(() => undefined); // what was published may not have been told
      }
    }),
    current: manifestReader()
  };
  const replies = createReplies(dir, mostReplyBytes);

  /** Does a work; a full disk is told as such. */
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explained(error, dir);
    }
  };
  const readParts = <T>(folder: Folder, range: ReadOptions, read: (parts: Part[]) => Promise<T>) =>
    reading(core, folder, async (manifest) => {
      const parts = partsOf(manifest.parts, range);
      await checkParts(core, folder, parts);
      return read(parts);
    });
  const query = (asked: LakeQuery): Promise<Answer> =>
    told(() => {
      const folder = folderOf(dir, asked.layer, asked.id);
      return readParts(folder, asked, (parts) =>
        core.engine.run((connection) =>
          queryParts(
            connection,
            parts.map((part) => pathOf(folder, part)),
            asked
          )
        )
      );
    });

  return {
    ...createBooks(catalog),
    dir,
    write: (layer, id, rows, facts = []) =>
      told(() => writeRows(core, folderOf(dir, layer, id), rows, facts)),
    read: (layer, id, options = {}) =>
      told(() => {
        const folder = folderOf(dir, layer, id);
        return readParts(folder, options, (parts) =>
          core.engine.run((connection) => readRows(connection, id.kind, folder, parts, options))
        );
      }),
    query,
    async queryBytes(asked, format) {
      const answer = await query(asked);
      const bytes = await encodeAnswer(formatDatasetId(asked.id), answer, format);
      return {bytes, shown: answer.length, matches: answer.matches};
    },
    partsOf: (layer, id) =>
      told(() =>
        readParts(folderOf(dir, layer, id), {}, async (parts) =>
          parts.map(({sha256, bytes, rows, from, to}) => ({sha256, bytes, rows, from, to}))
        )
      ),
    readPart: (layer, id, sha256) =>
      told(() => {
        const folder = folderOf(dir, layer, id);
        return reading(core, folder, async ({parts}) => {
          const part = parts.find((one) => one.sha256 === sha256);
          if (!part) {
            const sentence = `${folder.path} no longer has the part ${sha256}: ask for its parts again`;
            throw new LakeError("no-such-part", sentence);
          }
          await checkParts(core, folder, [part]);
          return readFile(pathOf(folder, part));
        });
      }),
    has: (layer, id) => existsSync(manifestPath(folderOf(dir, layer, id))),
    parts: (layer) =>
      told(async () => {
        const found: LakeParts[] = [];
        for (const folder of await foldersIn(dir)) {
          if (folder.layer !== layer) continue;
          const paths = await readParts(folder, {}, (parts) =>
            Promise.resolve(parts.map((part) => pathOf(folder, part)))
          );
          found.push({id: folder.id, paths});
        }
        return found;
      }),
    catalog: () =>
      told(async () => {
        await syncCatalog(core);
        return catalogEntries(core, vendors);
      }),
    symbols: (layer, id) =>
      told(async () => {
        const folder = folderOf(dir, layer, id);
        await syncDataset(core, folder);
        return symbolEntries(core, folder);
      }),
    problems: (dataset) => listProblems(catalog, dataset),
    quarantine: (layer, id, problems) =>
      addProblems(catalog, folderOf(dir, layer, id), problems, now().toISOString()),
    verify: (options = {}) =>
      told(() => verifyLake(core, options, (provider) => calendarOfProvider(vendors, provider))),
    compact: (dataset) =>
      told(async () => {
        const folders = await foldersIn(dir);
        const sentences: string[] = [];
        for (const folder of folders.filter(
          ({id}) => dataset === undefined || formatDatasetId(id) === dataset
        ))
          sentences.push(...(await core.lock.hold((mark) => compactDataset(core, folder, mark))));
        return sentences;
      }),
    rebuildCatalog: () =>
      told(() => {
        catalog.forget();
        return syncCatalog(core);
      }),
    keepReply: (reply) => told(() => replies.keep(reply)),
    storage: () =>
      told(async () => ({
        parts: catalog.datasets().reduce((sum, {bytes}) => sum + bytes, 0),
        replies: await replies.bytes(),
        quarantine: await bytesBelow(join(dir, "quarantine")),
        catalog: (await stat(join(dir, "catalog.db"))).size
      })),
    version: () => catalog.version(),
    close() {
      core.engine.close();
      core.lock.close();
      catalog.close();
    }
  };
}

async function bytesBelow(path: string): Promise<number> {
  const stats = await Promise.all((await filesBelow(path)).map((file) => stat(join(path, file))));
  return stats.reduce((sum, {size}) => sum + size, 0);
}
