const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Returns whether an address is this machine's own, where the stand-ins are. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/**
 * Reads the address of a service, below which its paths stand.
 * @param setting what it is called, for the sentence
 * @param hide takes secrets out of a text
 * @throws RangeError if the address is not https (or http on loopback)
 */
export function parseBase(url: string, setting: string, hide: (text: string) => string): URL {
  const base = URL.parse(url);
  if (!base || base.search || base.username)
    throw new RangeError(`invalid ${setting}: ${hide(url)}: it is the address of the service alone`);
  if (base.protocol === "https:" || (base.protocol === "http:" && isLoopback(base))) return base;
  throw new RangeError(`invalid ${setting}: ${hide(url)}: it must be https, or http on this machine`);
}

/** Returns a function that takes secrets out of a text, as they are and as they stand in an address. */
export function hiding(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({"": secret}).toString().slice(1)
    ]);
  return (text) => forms.reduce((hidden, form) => hidden.replaceAll(form, "***"), text);
}
