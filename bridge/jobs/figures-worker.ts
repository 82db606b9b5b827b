/** The thread that makes figures: it keeps the ledger of one store, and reads it anew when that has changed. */
import {parentPort, workerData} from "node:worker_threads";
import {namesIn} from "../../lib/ledger/benchmark-index.js";
import {createFigures, NEEDS_ALL, type Figures} from "../../lib/ledger/figures.js";
import type {LakeRows, LakeWanted} from "../../lib/ledger/lake/lake-rows.js";
import type {LedgerTables, TableName} from "../../lib/ledger/tables.js";
import {dayAt} from "../../lib/time/calendar.js";
import type {ViewContext, ViewQuery} from "../../lib/ledger/views.js";
import {Problem} from "../problem.js";
import {readBenchmarks} from "../store/benchmarks.js";
import {readLakeWanted} from "../store/lake-needs.js";
import {columnsOf} from "../store/ledger-tables.js";
import {openStore, type Store} from "../store/open.js";
import {
  iterateTable,
  readAccounts,
  readChanges,
  readCoverage,
  readFiles,
  readLedger,
  readProvenance
} from "../store/read.js";
import {readTags} from "../store/tags.js";
import {encodeRows} from "./arrow.js";
import {
  lakeProblem,
  type FigureContext,
  type FigureFailure,
  type FigureReply,
  type FigureRequest,
  type LakeAnswer,
  type LakeQuestion
} from "./figures.js";

const {url} = workerData as {url: string}; // as createFigureWorker hands it over
const port = parentPort!; // this file is a worker's

/** Views kept as text; all of them go when the ledger or its context changes. */
const KEPT = 200;

/** Tables kept as bytes: those of all accounts, and of one scope more. */
const KEPT_TABLES = 24;

let opened: Store | undefined;
/** Tables of one version as they were last sent; each page asks for the same ones. */
let encoded: {version: number; tables: Map<string, Uint8Array>} | undefined;

type Depth = "latest" | "all";
/** The ledger with its last days of positions, and whole: most views need but the first. */
const loaded = new Map<Depth, {version: number; ledger: LedgerTables}>();
const made = new Map<
  Depth,
  {key: string; lake: LakeRows | undefined; figures: Figures; texts: Map<string, string>}
>();

async function answer(
  request: FigureRequest
): Promise<
  Omit<Extract<FigureReply, {text: string}>, "id"> | {bytes: Uint8Array<ArrayBuffer>; version: number}
> {
  const store = (opened ??= await openStore({url, readonly: true}));
  checkAccounts(store, (request.query as {accounts?: readonly string[]}).accounts);
  if (request.kind === "view") return {text: view(store, await withLake(store, request))};
  return table(store, request);
}

function table(store: Store, {name, query}: Extract<FigureRequest, {kind: "table"}>) {
  const version = store.version();
  if (encoded?.version !== version) encoded = {version, tables: new Map()};
  const question = `${name} ${JSON.stringify(query)}`;
  let kept = encoded.tables.get(question);
  if (!kept) {
    const accounts = query.accounts?.length ? query.accounts : null;
    kept = encodeRows(columnsOf(name), iterateTable(store, name, accounts, query));
    if (encoded.tables.size < KEPT_TABLES && query.positions === "latest") encoded.tables.set(question, kept);
  }
  return {bytes: new Uint8Array(kept), version}; // a copy: it is handed over
}

/** Views of the store's own rows, for which no lake is looked at. */
const OF_STORE = new Set<string>(["accounts", "files", "changes", "provenance", "tags"]);

/** A question for a view with what the lake says to it. */
type Asked = Extract<FigureRequest, {kind: "view"}> & {lake?: LakeRows};

/** What was read of the lake, as long as neither it nor the ledger changes. */
let lakeKept: {key: string; currencies: Set<string>; names: Set<string>; rows: LakeRows} | undefined;

async function withLake(store: Store, request: Extract<FigureRequest, {kind: "view"}>): Promise<Asked> {
  const {name, context} = request;
  if (context.lake === undefined || OF_STORE.has(name)) return request;
  const {currency, benchmark} = request.query as {currency?: string; benchmark?: string};
  const isPast = asksPast(request);
  const chosen = benchmark ?? readBenchmarks(store, context.benchmark).benchmarkChoice;
  const names = chosen === undefined ? [] : namesIn(chosen);
  const key = `${context.lake}/${store.version()}`;
  const kept = lakeKept?.key === key ? lakeKept : undefined;
  const isHere = kept !== undefined && (currency === undefined || kept.currencies.has(currency));
  const lacksPast = isPast && !kept?.rows.holdings;
  if (isHere && !lacksPast && names.every((one) => kept.names.has(one))) return {...request, lake: kept.rows};
  const benchmarks = [...new Set([...(kept?.names ?? []), ...names])];
  const wanted = readLakeWanted(store, {currency, benchmarks, holdings: isPast && (lacksPast || !isHere)});
  if (!wanted) return request;
  const currencies = new Set([...(kept?.currencies ?? []), ...wanted.currencies]);
  try {
    // Closes and fixings that are here stay the same lists, and with them all that was made of them.
    const asked = {...wanted, currencies: isHere && !lacksPast ? [] : [...currencies]};
    const rows = isHere
      ? beside(kept.rows, await askLake({...asked, instruments: []}))
      : await askLake(asked);
    lakeKept = {key, currencies, names: new Set(benchmarks), rows};
    return {...request, lake: rows};
  } catch (error) {
    const failures = [...context.failures, lakeProblem((error as Error).message)];
    return {...request, context: {...context, failures}};
  }
}

/** What was read before, with what was asked for now; fixings are read again and left, for those that are here stay. */
function beside(known: LakeRows, {benchmarks, holdings = known.holdings}: LakeRows): LakeRows {
  return {...known, benchmarks, ...(holdings && {holdings})};
}

/** Whether the past of what is held or was traded is asked for: by a view of it, or by a page that makes the view itself. */
function asksPast({name, query}: {name: string; query: object}): boolean {
  return (
    name === "holdings" ||
    name === "ownFills" ||
    (name === "context" && (query as {holdings?: boolean}).holdings === true)
  );
}

const waiting = new Map<number, {resolve: (rows: LakeRows) => void; reject: (error: Error) => void}>();
let questions = 0;

function askLake(wanted: LakeWanted): Promise<LakeRows> {
  return new Promise((resolve, reject) => {
    const lake = ++questions;
    waiting.set(lake, {resolve, reject});
    port.postMessage({lake, wanted} satisfies LakeQuestion);
  });
}

function heardOfLake(answer: LakeAnswer): void {
  const {resolve, reject} = waiting.get(answer.lake)!; // it was asked
  waiting.delete(answer.lake);
  if ("rows" in answer) resolve(answer.rows);
  else reject(new Error(answer.problem));
}

function view(store: Store, {name, query, context, lake}: Asked): string {
  if (name === "accounts") return JSON.stringify(accountsView(store));
  if (name === "files") return JSON.stringify({files: readFiles(store)});
  if (name === "changes") return JSON.stringify({changes: changesOf(store, query)});
  if (name === "provenance") {
    const {table, id} = query as {table: TableName; id: string};
    return JSON.stringify({editions: readProvenance(store, table, id)});
  }
  if (name === "tags") return JSON.stringify(readTags(store));
  if (name === "context") {
    const {holdings: _, ...rows} = lake ?? {};
    const told = asksPast({name, query}) ? lake : lake && (rows as LakeRows); // all but the past, which is long
    return JSON.stringify({...fullContext(store, context, told), coverage: readCoverage(store, null)});
  }
  const {figures, texts} = figuresOf(store, context, lake, NEEDS_ALL.has(name) ? "all" : "latest");
  const question = `${name} ${JSON.stringify(query)}`;
  const known = texts.get(question);
  if (known !== undefined) return known;
  const text = JSON.stringify(figures[name](query as ViewQuery));
  if (texts.size >= KEPT) texts.delete(texts.keys().next().value!);
  texts.set(question, text);
  return text;
}

function figuresOf(store: Store, context: FigureContext, lake: LakeRows | undefined, positions: Depth) {
  const version = store.version();
  const key = JSON.stringify({...context, now: dayAt(new Date(context.now)), version});
  const known = made.get(positions);
  if (known?.key === key && known.lake === lake) return known;
  let read = loaded.get(positions);
  if (read?.version !== version) {
    loaded.set(positions, (read = {version, ledger: readLedger(store, null, {positions})}));
  }
  const fresh = {
    key,
    lake,
    figures: createFigures(read.ledger, fullContext(store, context, lake)),
    texts: new Map()
  };
  made.set(positions, fresh);
  return fresh;
}

function changesOf(store: Store, {accounts = [], since}: {accounts?: readonly string[]; since?: string}) {
  const changes = readChanges(store, since);
  return accounts.length ? changes.filter(({account}) => accounts.includes(account)) : changes;
}

function fullContext(store: Store, context: FigureContext, lake: LakeRows | undefined): ViewContext {
  const {benchmark, lake: _, ...own} = context;
  return {
    ...own,
    ...(lake && {lake}),
    ...readBenchmarks(store, benchmark),
    changes: readChanges(store),
    files: readFiles(store),
    tags: readTags(store)
  };
}

function accountsView(store: Store) {
  const coverage = readCoverage(store, null);
  const stretches = Map.groupBy(coverage, ({account}) => account);
  const accounts = readAccounts(store).flatMap((account) => {
    const [first, last] = [stretches.get(account)?.at(0), stretches.get(account)?.at(-1)];
    return first && last ? [{account, from: first.from, to: last.to, base: last.base}] : [];
  });
  return {version: store.version(), accounts, coverage};
}

function checkAccounts(store: Store, asked: readonly string[] = []): void {
  if (asked.length === 0) return;
  const known = readAccounts(store);
  const strange = asked.find((account) => !known.includes(account));
  if (strange === undefined) return;
  const those = known.length ? `there are ${known.join(", ")}` : "no statement has been imported yet";
  throw new Problem(404, "no-such-account", `no such account: ${strange}: ${those}`);
}

function failureOf(error: unknown): FigureFailure {
  const {name, message, stack, code, status} = error as Error & {code?: string; status?: number};
  return {name, message, stack, code, status};
}

port.on("message", (request: FigureRequest | LakeAnswer) => {
  if ("lake" in request) return heardOfLake(request);
  answer(request).then(
    (reply) => port.postMessage({id: request.id, ...reply}, "bytes" in reply ? [reply.bytes.buffer] : []),
    (error: unknown) => port.postMessage({id: request.id, failure: failureOf(error)})
  );
});
