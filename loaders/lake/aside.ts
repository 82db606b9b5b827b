import {rename} from "node:fs/promises";
import {dirname, join} from "node:path";
import {formatDatasetId} from "../../lib/lake/dataset.js";
import {noteLost} from "./books.js";
import {publish, WrongParts, type Core} from "./core.js";
import {makeFolder, syncFolder} from "./files.js";
import type {WrongPart} from "./integrity.js";
import type {MarkWriting} from "./lock.js";
import type {Folder, Manifest} from "./manifest.js";
import {LakeError, type RowProblem} from "./port.js";
import {addProblems} from "./problems.js";

/**
 * Takes wrong parts out of a dataset: an edited one goes into the lake's quarantine; their days are noted as lost, to be
 * pulled again. The caller holds the lock.
 *
 * @returns a sentence each
 */
export async function setAside(
  core: Core,
  folder: Folder,
  wrong: readonly WrongPart[],
  mark: MarkWriting
): Promise<string[]> {
  await mark();
  const dataset = formatDatasetId(folder.id);
  const problems: RowProblem[] = [];
  for (const {part, code} of wrong) {
    const {from, to} = part;
    const fate = code === "edited-part" ? await toQuarantine(core, folder, part.file) : "is gone";
    const sentence = `${folder.path}/${part.file} ${fate}: pull ${from} to ${to} of ${dataset} again`;
    problems.push({code, symbol: "", day: from, sentence, state: "refused"});
    noteLost(core.catalog, dataset, {from, to});
  }
  const gone = new Set(wrong.map(({part}) => part.file));
  const {parts, names} = await core.current(folder);
  await publish(
    core,
    folder,
    parts.filter(({file}) => !gone.has(file)),
    names
  );
  addProblems(core.catalog, folder, problems, core.now().toISOString());
  return problems.map(({sentence}) => sentence);
}

async function toQuarantine({dir}: Core, folder: Folder, file: string): Promise<string> {
  const place = join("quarantine", folder.path, file.replace("/", "-"));
  const target = join(dir, place);
  await makeFolder(dirname(target));
  await rename(join(folder.dir, file), target);
  await syncFolder(dirname(target));
  return `is not what was written, it is set aside as ${place}`;
}

/**
 * Does a work with what a dataset consists of, and does it again when another process changed that meanwhile.
 * @throws LakeError when a part is wrong; it is set aside, so that the next work goes on without it
 */
export async function reading<T>(
  core: Core,
  folder: Folder,
  work: (manifest: Manifest) => Promise<T>
): Promise<T> {
  for (;;) {
    const manifest = await core.current(folder);
    try {
      return await work(manifest);
    } catch (error) {
      if ((await core.current(folder)).stamp !== manifest.stamp) continue;
      if (!(error instanceof WrongParts)) throw error;
      const files = new Set(error.parts.map(({part}) => part.file));
      const sentences = await core.lock.hold(async (mark) => {
        const listed = (await core.current(folder)).parts.filter(({file}) => files.has(file));
        const wrong = await core.integrity.wrongAmong(folder, listed);
        return wrong.length ? setAside(core, folder, wrong, mark) : [];
      });
      if (sentences.length) throw wrongError(error, sentences);
    }
  }
}

/** Returns the error that wrong parts are told by. */
export function wrongError(cause: WrongParts, sentences: readonly string[]): LakeError {
  return new LakeError(cause.parts[0].code, sentences.join("; "), {cause});
}
