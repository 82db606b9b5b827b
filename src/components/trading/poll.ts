/** Something that is asked for again and again. */
export interface Poll {
  /** Asks at once: something was changed. */
  again: () => Promise<void>;
  end: () => void;
}

/** Asks at once and then every so often while the page is in sight; a failure is told, and asked again. */
export function poll<T>(
  read: () => Promise<T>,
  everyMs: number,
  {tell, fail = () => undefined}: {tell: (value: T) => void; fail?: (error: Error) => void}
): Poll {
  let asked = 0;
  const again = async (): Promise<void> => {
    const mine = ++asked;
    try {
      const value = await read();
      if (mine === asked) tell(value);
    } catch (error) {
      if (mine === asked) fail(error as Error);
    }
  };
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") void again();
  }, everyMs);
  void again();
  return {
    again,
    end: () => {
      ++asked;
      clearInterval(timer);
    }
  };
}
