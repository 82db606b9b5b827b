/** Choices of a page beside accounts, currency and range: they live in the URL, defaults left out. */
export interface UrlChoices<T> {
  get(): T;
  /** Changes some, writes the URL and tells who listens. */
  set(patch: Partial<T>): void;
  /** What Framework's Generators.observe takes: tells of the choices now, and at each change. */
  watch: (tell: (choices: T) => void) => () => void;
}

/** How a choice stands in a query string; `read` returns undefined for what it does not understand. */
export interface ChoiceKind<V> {
  default: V;
  read: (text: string) => V | undefined;
  write?: (value: V) => string;
}

/** Returns one of a list, as text. */
export function oneOf<V extends string | number>(all: readonly V[], other: V): ChoiceKind<V> {
  return {default: other, read: (text) => all.find((value) => String(value) === text)};
}

/** Returns a number within limits. */
export function numberIn(
  least: number,
  most: number,
  other: number,
  {whole = false}: {whole?: boolean} = {}
): ChoiceKind<number> {
  return {
    default: other,
    read(text) {
      const value = text.trim() === "" ? NaN : Number(text);
      return value >= least && value <= most && (!whole || Number.isInteger(value)) ? value : undefined;
    }
  };
}

/** Returns what JSON says, where it is of the shape asked for. */
export function jsonOf<V>(other: V, isShape: (value: unknown) => value is V): ChoiceKind<V> {
  return {
    default: other,
    read(text) {
      try {
        const value: unknown = JSON.parse(text);
        return isShape(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    write: (value) => JSON.stringify(value)
  };
}

type Kinds<T> = {readonly [K in keyof T]: ChoiceKind<T[K]>};

/** Each kind beside its key; a value goes back only to the kind that it is of. */
const listOf = <T extends object>(kinds: Kinds<T>) => Object.entries(kinds) as [string, ChoiceKind<never>][];

/** Returns the choices that a query string says; what is missing or not understood takes its default. */
export function parseUrlChoices<T extends object>(kinds: Kinds<T>, search: string): T {
  const query = new URLSearchParams(search);
  const entries = listOf(kinds).map(([key, kind]): [string, unknown] => {
    const text = query.get(key);
    return [key, (text === null ? undefined : kind.read(text)) ?? kind.default];
  });
  return Object.fromEntries(entries) as T; // one for each kind
}

/** Returns the query string with these choices written into it: defaults are left out, other keys are kept. */
export function formatUrlChoices<T extends object>(kinds: Kinds<T>, choices: T, search = ""): string {
  const query = new URLSearchParams(search);
  for (const [key, {write = String, ...kind}] of listOf(kinds)) {
    const text = write(choices[key as keyof T] as never);
    if (text === write(kind.default)) query.delete(key);
    else query.set(key, text);
  }
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** Returns choices that live in the page's URL. */
export function urlChoices<T extends object>(kinds: Kinds<T>): UrlChoices<T> {
  const listeners = new Set<(choices: T) => void>();
  const get = () => parseUrlChoices(kinds, location.search);
  return {
    get,
    set(patch) {
      const search = formatUrlChoices(kinds, {...get(), ...patch}, location.search);
      history.replaceState(null, "", `${location.pathname}${search}${location.hash}`);
      for (const listener of listeners) listener(get());
    },
    watch(tell) {
      listeners.add(tell);
      tell(get());
      return () => listeners.delete(tell);
    }
  };
}

/** Returns what Framework's Generators.observe takes: some of the choices, told again only when one of those changes. */
export function picked<T extends object, K extends keyof T>(
  {watch}: UrlChoices<T>,
  keys: readonly K[]
): (tell: (choices: Pick<T, K>) => void) => () => void {
  return (tell) => {
    let last = "";
    return watch((choices) => {
      const own = Object.fromEntries(keys.map((key) => [key, choices[key]])) as Pick<T, K>; // of the keys
      const text = JSON.stringify(own);
      if (text !== last) tell(own);
      last = text;
    });
  };
}
