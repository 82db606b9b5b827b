import type {Database, Statement} from "better-sqlite3";
import type {Instance} from "../../lib/ledger/merge.js";
import type {StatementRow} from "../../lib/statements/statement.js";

/** Everything that the files say of one thing. */
export interface RowGroup {
  id: number;
  account: string;
  element: string;
  key: string;
  /** A row for each place where it stands; none when its last file was taken out. */
  instances: Instance[];
}

type GroupRow = [id: number, account: string, element: string, key: string];

type ContentRow = [
  id: number,
  group: number,
  section: string,
  day: string,
  from: string,
  to: string,
  level: string,
  kind: string,
  numbered: number,
  content: string,
  fields: string
];

type PlaceRow = [content: number, statement: number, count: number];

/** Reads the touched groups a page at a time. */
export class GroupReader {
  readonly #end: Statement<[number, number], number | null>;
  readonly #groups: Statement<[number, number], GroupRow>;
  readonly #contents: Statement<[number, number], ContentRow>;
  readonly #places: Statement<[number, number], PlaceRow>;

  constructor(db: Database) {
    this.#end = db
      .prepare<[number, number], number | null>(
        "select max(group_id) from (select group_id from temp.touched where group_id > ? order by group_id limit ?)"
      )
      .pluck();
    const touched = "t.group_id > ? and t.group_id <= ?";
    this.#groups = db
      .prepare<[number, number], GroupRow>(
        `select g.id, g.account, g.element, g.key
         from temp.touched t join row_groups g on g.id = t.group_id where ${touched} order by g.id`
      )
      .raw();
    this.#contents = db
      .prepare<[number, number], ContentRow>(
        `select c.id, c.group_id, c.section, c.day, c.from_day, c.to_day, c.level, c.kind, c.numbered, c.content, c.fields
         from temp.touched t join row_contents c on c.group_id = t.group_id where ${touched}`
      )
      .raw();
    this.#places = db
      .prepare<[number, number], PlaceRow>(
        `select p.content_id, p.statement_id, p.count
         from temp.touched t
         join row_contents c on c.group_id = t.group_id
         join row_places p on p.content_id = c.id
         where ${touched}`
      )
      .raw();
  }

  /** Yields pages of so many groups, in order of their ids. */
  *pages(size: number): Generator<RowGroup[]> {
    let from = 0;
    for (let to = this.#end.get(from, size); to; to = this.#end.get(from, size)) {
      yield this.#page(from, to);
      from = to;
    }
  }

  #page(from: number, to: number): RowGroup[] {
    const groups = new Map<number, RowGroup>();
    for (const [id, account, element, key] of this.#groups.all(from, to)) {
      groups.set(id, {id, account, element, key, instances: []});
    }
    const contents = new Map<number, {group: RowGroup; instance: Omit<Instance, "statement">}>();
    for (const [id, groupId, ...content] of this.#contents.all(from, to)) {
      const group = groups.get(groupId)!; // its group is among the touched
      contents.set(id, {group, instance: instanceOf(group, content)});
    }
    for (const [contentId, statement, count] of this.#places.all(from, to)) {
      const {group, instance} = contents.get(contentId)!; // read above
      const placed = {statement, ...instance};
      for (let n = 0; n < count; ++n) group.instances.push(placed);
    }
    return [...groups.values()];
  }
}

type Tail<T extends unknown[]> = T extends [unknown, unknown, ...infer Rest] ? Rest : never;

function instanceOf({account, element}: RowGroup, read: Tail<ContentRow>): Omit<Instance, "statement"> {
  const [section, day, from, to, level, kind, numbered, content, text] = read;
  const fields = JSON.parse(text) as StatementRow["fields"]; // written by stage.ts
  const row = {statement: 0, section, element, account, day, from, to, level, kind, fields};
  return {content, numbered: numbered === 1, row};
}
