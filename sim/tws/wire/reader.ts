/** Reads the fields of a message one after the other. */
export class FieldReader {
  readonly #fields: readonly string[];
  #at = 0;

  constructor(fields: readonly string[]) {
    this.#fields = fields;
  }

  /** @throws RangeError past the last field */
  text(): string {
    if (this.#at >= this.#fields.length) {
      throw new RangeError(`message ${this.#fields[0]} ends after ${this.#fields.length} fields`);
    }
    return this.#fields[this.#at++];
  }

  /** A number; undefined when empty or one of IBKR's two numbers for "none". */
  number(): number | undefined {
    const text = this.text();
    if (text === "") return undefined;
    const value = Number(text);
    if (Number.isNaN(value)) throw new RangeError(`field ${this.#at - 1} is no number: ${text}`);
    return value === Number.MAX_VALUE || value === 2147483647 ? undefined : value;
  }

  /** A number, 0 when there is none. */
  whole(): number {
    return this.number() ?? 0;
  }

  flag(): boolean {
    return ["1", "true"].includes(this.text().toLowerCase());
  }

  skip(count = 1): void {
    for (let i = 0; i < count; ++i) this.text();
  }

  texts(count: number): string[] {
    return Array.from({length: count}, () => this.text());
  }

  /** How many fields are not read yet. */
  get left(): number {
    return this.#fields.length - this.#at;
  }
}

/** Kinds of fields by name, in their order on the wire. */
export type Layout = Readonly<Record<string, "text" | "number" | "flag">>;

/** What a layout reads. */
export type Fields<L extends Layout> = {
  -readonly [K in keyof L]: L[K] extends "text" ? string : L[K] extends "flag" ? boolean : number | undefined;
};

export function readLayout<L extends Layout>(reader: FieldReader, layout: L): Fields<L> {
  const entries = Object.entries(layout).map(([name, kind]) => [name, reader[kind]()]);
  return Object.fromEntries(entries) as Fields<L>; // one entry for each name, of its kind
}
