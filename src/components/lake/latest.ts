/**
 * Returns what asks for a task to be done: calls that come while it is under way make it run once more, no matter how
 * many. A task that fails is told to `onError`.
 */
export function latest(task: () => Promise<void>, onError: (error: Error) => void): () => void {
  let state: "idle" | "running" | "again" = "idle";
  const work = async () => {
    do {
      state = "running";
      try {
        await task();
      } catch (error) {
        onError(error as Error);
      }
    } while (isAskedAgain());
    state = "idle";
  };
  const isAskedAgain = () => state === "again";
  return () => {
    if (state === "idle") void work();
    else state = "again";
  };
}
