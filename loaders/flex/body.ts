import {FlexError, flexError, flexTrouble} from "./errors.js";
import {sniff} from "./response.js";

const MOST_SHORT_ANSWER = 65_536;
const TAIL = 256;

/** Reads as much of a body as it takes to tell what it is; `rest` gives the whole of it, the head included. */
export async function open(body: AsyncGenerator<Uint8Array, void, void>) {
  const read: Uint8Array[] = [];
  let content = sniff("", false);
  let ended = false;
  let size = 0;
  while (!ended && (content === "undecided" || (content === "response" && size < MOST_SHORT_ANSWER))) {
    const {done, value} = await body.next();
    ended = done === true;
    if (value) read.push(value);
    size += value?.length ?? 0;
    if (content === "undecided") content = sniff(Buffer.concat(read).toString("utf8"), ended);
  }
  async function* rest(): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* read;
      if (!ended) yield* body;
    } finally {
      await body.return();
    }
  }
  return {head: Buffer.concat(read).toString("utf8"), content, rest, close: () => body.return()};
}

/** The error for an answer that is not IBKR's short one. */
export function notShort(
  content: ReturnType<typeof sniff>,
  status: number,
  head: string,
  context: {queryId?: string | undefined},
  redact: (text: string) => string
): FlexError {
  if (status === 429) return flexError(1018, context);
  if (status !== 200) return flexTrouble("http", {detail: String(status)}, status >= 500 || status === 408);
  if (content === "html" || content === "csv" || content === "empty") return flexTrouble(content, context);
  return flexTrouble("not-flex", {...context, detail: JSON.stringify(redact(head).slice(0, 40))});
}

/** Passes a report on and checks, at its end, that the end is there. */
export async function* whole(body: AsyncIterable<Uint8Array>, context: {queryId?: string | undefined}) {
  let tail = Buffer.alloc(0);
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof FlexError)) throw error;
    throw flexTrouble("truncated", {...context, detail: `${bytes} bytes`});
  }
  if (!tail.includes("</FlexQueryResponse"))
    throw flexTrouble("truncated", {...context, detail: `${bytes} bytes`});
}

export async function* counted(
  body: AsyncIterable<Uint8Array>,
  onProgress?: (progress: {bytes: number}) => void
) {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    onProgress?.({bytes});
    yield chunk;
  }
}
