/** FRED's graph as CSV, without a key: no units in it, an empty field where there is no value. */

import {fredRows} from "./fred-rows.js";
import {answer, away, page, type VendorSim} from "./vendor.js";
import {isoOf} from "./world/days.js";

export const fredGraph: VendorSim = {
  refuse: away,

  answer(request) {
    const {parts, query, fault} = request;
    if (parts.join("/") !== "graph/fredgraph.csv") return away(404);
    const ids = (query.get("id") ?? "").split(",").filter(Boolean);
    const columns = ids.map((id) => fredRows(request, id));
    if (!ids.length || columns.some((column) => !column)) return page(404, "FRED - Error: page not found");
    const [from, to] = [query.get("cosd") ?? "", query.get("coed") ?? "9999"];
    const empty = (day: number) => (fault("nulls") && day % 2 === 0 ? "." : "");
    const rows = new Map<number, string[]>();
    columns.forEach((column, at) =>
      column!.days.forEach((day, i) => {
        const row = rows.get(day) ?? ids.map(() => "");
        row[at] = column!.values[i] ?? empty(day);
        rows.set(day, row);
      })
    );
    const lines = [...rows]
      .sort(([a], [b]) => a - b)
      .map(([day, values]) => [isoOf(day), ...values])
      .filter(([day]) => day >= from && day <= to);
    const header = [fault("columns") ? "DAY" : "observation_date", ...ids];
    return {
      ...answer(200, "application/csv", [header, ...lines].map((row) => `${row.join(",")}\n`).join("")),
      headers: {
        "content-type": "application/csv",
        "content-disposition": 'attachment; filename="fredgraph.csv"'
      }
    };
  }
};
