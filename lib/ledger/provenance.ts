/** A place of a row in an imported file. */
export interface Provenance {
  sha256: string;
  name: string;
  /** ISO 8601 UTC. */
  importedAt: string;
  /** When IBKR made the statement, as printed. */
  generated: string;
  /** As it stands there: IBKR's attributes. */
  fields: Readonly<Record<string, string>>;
}
