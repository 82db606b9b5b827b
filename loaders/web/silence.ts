/** A signal that fires when a service is silent for too long while someone waits for it. */
export function watchSilence(ms: number, outer?: AbortSignal) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const silence = {
    ms,
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    broken: () => controller.signal.aborted,
    start: () => {
      timer = setTimeout(() => controller.abort(), ms);
    },
    stop: () => clearTimeout(timer)
  };
  silence.start();
  return silence;
}

export type Silence = ReturnType<typeof watchSilence>;

/** Yields an answer's body as it comes; what breaks it off is thrown as `failed` makes it. */
export async function* chunksOf(response: Response, silence: Silence, failed: (cause: unknown) => unknown) {
  const reader = response.body?.getReader();
  try {
    while (reader) {
      silence.start();
      const {done, value} = await reader.read();
      silence.stop();
      if (done) return;
      yield value as Uint8Array; // fetch types its chunks loosely
    }
  } catch (cause) {
    throw failed(cause);
  } finally {
    silence.stop();
    await reader?.cancel().catch(() => undefined);
  }
}

/** Returns the reason of a fetch error: its message alone would only say that it failed. */
export function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}
