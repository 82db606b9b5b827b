import type {Catalog} from "./catalog.js";
import {sha256Of, stampOf} from "./files.js";
import {pathOf, type Folder, type Part} from "./manifest.js";

/** A part that is not as it was written. */
export interface WrongPart {
  part: Part;
  code: "edited-part" | "missing-part";
}

/** Tells parts that someone changed from those that are as they were written. */
export class Integrity {
  readonly #catalog: Catalog;
  readonly #stamps = new Map<string, string>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /**
   * Returns the parts that are wrong. A file whose stamp is known is not read again; any other is, to the last byte.
   *
   * @param options.thorough reads them all
   */
  async wrongAmong(
    folder: Folder,
    parts: readonly Part[],
    {thorough = false, onChecked}: {thorough?: boolean; onChecked?: () => void} = {}
  ): Promise<WrongPart[]> {
    const stamps = await Promise.all(parts.map((part) => stampOf(pathOf(folder, part))));
    const wrong: WrongPart[] = [];
    const read = new Map<string, string>();
    for (const [i, part] of parts.entries()) {
      const [stamp, name] = [stamps[i], nameOf(folder, part)];
      if (stamp === null) wrong.push({part, code: "missing-part"});
      else if (thorough || stamp !== this.#knownStamp(name)) {
        if (!(await isAsWritten(folder, part))) wrong.push({part, code: "edited-part"});
        else if (stamp !== this.#knownStamp(name)) read.set(name, stamp);
      }
      onChecked?.();
    }
    this.#remember(read);
    return wrong;
  }

  /** Remembers parts that this process wrote: their content is known. */
  async trust(folder: Folder, parts: readonly Part[]): Promise<void> {
    const stamps = await Promise.all(parts.map((part) => stampOf(pathOf(folder, part))));
    this.#remember(new Map(parts.map((part, i) => [nameOf(folder, part), stamps[i] ?? ""])));
  }

  #knownStamp(name: string): string | undefined {
    let stamp = this.#stamps.get(name);
    if (stamp === undefined) {
      stamp = this.#catalog.checkedStamp(name);
      if (stamp !== undefined) this.#stamps.set(name, stamp);
    }
    return stamp;
  }

  #remember(stamps: ReadonlyMap<string, string>): void {
    if (!stamps.size) return;
    for (const [name, stamp] of stamps) this.#stamps.set(name, stamp);
    this.#catalog.setChecked(stamps);
  }
}

async function isAsWritten(folder: Folder, part: Part): Promise<boolean> {
  return (await sha256Of(pathOf(folder, part))) === part.sha256;
}

function nameOf(folder: Folder, part: Part): string {
  return `${folder.path}/${part.file}`;
}
