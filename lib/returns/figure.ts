/** A number that may not be computable: then null, with the reason as a sentence. JSON-safe. */
export interface Figure {
  value: number | null;
  reason?: string;
}
