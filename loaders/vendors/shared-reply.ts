import type {Reply, Request, Web} from "../web.js";

const KEPT_MS = 5 * 60_000;

const kept = new WeakMap<Web, Map<string, {at: number; reply: Promise<Reply & {status: number}>}>>();

/**
 * Gets a document that holds several series, once for all of them: asked for again through the same web within five
 * minutes, the same reply is returned.
 */
export function sharedReply(web: Web, request: Request, signal: AbortSignal): ReturnType<Web["get"]> {
  const replies = kept.get(web) ?? new Map();
  kept.set(web, replies);
  const key = JSON.stringify([request.path, request.query]);
  const now = web.now().getTime();
  for (const [old, {at}] of replies) if (now - at > KEPT_MS) replies.delete(old);
  const known = replies.get(key);
  if (known) return known.reply;
  const reply = web.get(request, signal);
  replies.set(key, {at: now, reply});
  reply.catch(() => replies.delete(key));
  return reply;
}
