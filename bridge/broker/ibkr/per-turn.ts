/** Returns what marks a key to be told; what was marked is told once in a turn of the event loop, however often. */
export function perTurn<K>(tell: (key: K) => void): (key: K) => void {
  const marked = new Set<K>();
  return (key) => {
    if (!marked.size)
      setImmediate(() => {
        const keys = [...marked];
        marked.clear();
        for (const one of keys) tell(one);
      });
    marked.add(key);
  };
}
