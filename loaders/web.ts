/** A reply whose status and content were checked: what came is of the type that was asked for. */
export interface Reply {
  text: string;
  headers: Headers;
  /** Without any secret. */
  url: string;
  fetchedAt: string;
}

/** What a reply must be: its first byte and its content type are looked at, not its status alone. */
export type Content = "json" | "csv" | "xml" | "zip";

export interface Request {
  /** Below the vendor's base address, with leading slash; parts of it are escaped by the caller. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Parameters that no log, error or kept reply may show. */
  secret?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  content: Content;
  /** Statuses whose body the caller reads itself (a vendor's own error document); others are errors. */
  accept?: readonly number[];
}

/** One vendor's way to the web: base address, rate limit, retries with backoff, raw replies kept. */
export interface Web {
  /** @throws VendorError */
  get(request: Request, signal: AbortSignal): Promise<Reply & {status: number}>;
  /** The key from the settings; null where none is set. */
  key: string | null;
  now(): Date;
}
