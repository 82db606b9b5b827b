import {join} from "node:path";
import {formatDatasetId, LAYERS} from "../../lib/lake/dataset.js";
import type {Calendar} from "../../lib/lake/gaps.js";
import type {VerifyReport} from "../../lib/lake/pull.js";
import {setAside} from "./aside.js";
import {checkRows} from "./check.js";
import {compactDataset} from "./compact.js";
import type {Core} from "./core.js";
import {filesBelow} from "./files.js";
import type {MarkWriting} from "./lock.js";
import {foldersIn, PART_FILE, type Folder, type Manifest, type Part} from "./manifest.js";
import {LakeError, type VerifyOptions} from "./port.js";
import {rebuildManifest} from "./rebuild.js";
import {sweep} from "./recover.js";
import {syncCatalog} from "./sync.js";

type Problem = VerifyReport["problems"][number];

interface Verifying {
  core: Core;
  folder: Folder;
  calendar: Calendar;
  repair: boolean;
  mark: MarkWriting;
  report: VerifyReport;
  onPart: () => void;
}

/** Checks the lake, and puts right what can be: see Lake.verify. */
export async function verifyLake(
  core: Core,
  {dataset, repair = false, onProgress}: VerifyOptions,
  calendarOf: (provider: string) => Calendar
): Promise<VerifyReport> {
  const at = core.now().toISOString();
  const report: VerifyReport = {at, datasets: 0, parts: 0, rows: 0, bytes: 0, problems: [], repaired: []};
  const all = await foldersIn(core.dir);
  const folders = all.filter(({id}) => dataset === undefined || formatDatasetId(id) === dataset);
  const total = await countParts(core, folders);
  let done = 0;
  const onPart = () => onProgress?.(++done, total);
  for (const folder of folders) {
    const calendar = calendarOf(folder.id.provider);
    await core.lock.hold((mark) => verifyDataset({core, folder, calendar, repair, mark, report, onPart}));
  }
  if (dataset === undefined) report.problems.push(...(await strangers(core, all)));
  if (repair) core.catalog.forget();
  await syncCatalog(core);
  return report;
}

async function verifyDataset(verifying: Verifying): Promise<void> {
  const {core, folder, calendar, repair, mark, report, onPart} = verifying;
  const dataset = formatDatasetId(folder.id);
  const tell = (code: string, sentence: string) => report.problems.push({dataset, code, sentence});
  const before = await readable(verifying, tell);
  if (!before) return;
  const wrong = await core.integrity.wrongAmong(folder, before.parts, {thorough: true, onChecked: onPart});
  for (const {part, code} of wrong)
    tell(
      code,
      `${folder.path}/${part.file} ${code === "edited-part" ? "is not what was written" : "is gone"}`
    );
  if (repair && wrong.length) report.repaired.push(...(await setAside(core, folder, wrong, mark)));
  const whole = {
    ...before,
    parts: before.parts.filter((part) => !wrong.some((other) => other.part === part))
  };
  const findings = await core.engine.run((connection) => checkRows(connection, folder, whole, calendar));
  for (const {code, sentence} of findings) tell(code, sentence);
  const mixed = new Set(findings.flatMap(({partitions}) => partitions));
  if (repair && mixed.size) report.repaired.push(...(await compactDataset(core, folder, mark, mixed)));
  const {parts} = await core.current(folder);
  for (const file of await unlisted(folder, parts))
    tell("unknown-file", `${folder.path}/${file} is no part of the dataset`);
  if (repair)
    for (const file of await sweep(folder)) report.repaired.push(`${file} is deleted: no manifest lists it`);
  ++report.datasets;
  report.parts += parts.length;
  for (const {rows, bytes} of parts) [report.rows, report.bytes] = [report.rows + rows, report.bytes + bytes];
}

/** Returns the manifest of a dataset, made anew from its parts where it is lost; null where there is none to read. */
async function readable(
  {core, folder, repair, mark, report}: Verifying,
  tell: (code: string, sentence: string) => void
): Promise<Manifest | null> {
  const manifest = await readOrNull(core, folder);
  if (manifest && manifest.stamp !== null) return manifest;
  const isLost = manifest === null || (await filesBelow(folder.dir)).some((file) => PART_FILE.test(file));
  if (!isLost) return null;
  tell("edited-part", `${folder.path} has no manifest that can be read`);
  if (!repair) return null;
  report.repaired.push(await rebuildManifest(core, folder, mark));
  return core.current(folder);
}

async function readOrNull(core: Core, folder: Folder): Promise<Manifest | null> {
  try {
    return await core.current(folder);
  } catch (error) {
    if (error instanceof LakeError && error.code === "invalid") return null;
    throw error;
  }
}

async function countParts(core: Core, folders: readonly Folder[]): Promise<number> {
  const manifests = await Promise.all(folders.map((folder) => readOrNull(core, folder)));
  return manifests.reduce((sum, manifest) => sum + (manifest?.parts.length ?? 0), 0);
}

/** Returns the files in a dataset's folder that its manifest does not list. */
async function unlisted({dir}: Folder, parts: readonly Part[]): Promise<string[]> {
  const listed = new Set(["manifest.json", ...parts.map(({file}) => file)]);
  return (await filesBelow(dir)).filter((file) => !listed.has(file));
}

/** Returns files among the datasets that are of none. */
async function strangers({dir}: Core, folders: readonly Folder[]): Promise<Problem[]> {
  const files = await Promise.all(
    LAYERS.map(async (layer) => (await filesBelow(join(dir, layer))).map((file) => `${layer}/${file}`))
  );
  const isKnown = (file: string) =>
    /^raw\/[^/]+\/replies\//.test(file) || folders.some(({path}) => file.startsWith(`${path}/`));
  return files
    .flat()
    .filter((file) => !isKnown(file))
    .map((file) => ({dataset: "", code: "unknown-file", sentence: `${file} is of no dataset`}));
}
