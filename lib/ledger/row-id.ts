import type {TableName} from "./tables.js";

/** Whose row it is: what `rowKey` and the merge know it by. */
export interface RowName {
  element: string;
  account: string;
  key: string;
}

/** Returns what a row of a table is made of, from its id. */
export function rowName(table: TableName, id: string): RowName {
  const [element = "", account = ""] = id.split(":", 2);
  const rest = id.slice(element.length + account.length + 2);
  const key =
    table === "change_in_nav"
      ? rest.slice(0, rest.lastIndexOf("/"))
      : rest.replace(/^([0-9a-f]{32}):\d+$/, "$1");
  return {element, account, key};
}
