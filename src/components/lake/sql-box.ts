import type {Table} from "apache-arrow";
import {h, uniqueId} from "../dom.js";
import {formatNumber} from "../format.js";
import {prepared} from "../sql.js";
import {sqlTable} from "../sql-table.js";
import {MOST_ANSWERS, questionSql} from "./question.js";
import {count} from "./values.js";

/** Returns the box in which questions are asked of the tables of this page; nothing that writes is run. */
export function sqlBox({first, tables}: {first: string; tables: () => readonly string[]}): HTMLElement {
  const id = uniqueId("sql");
  const text = h("textarea", {id, rows: 4, spellcheck: "false", autocapitalize: "off"});
  text.value = first;
  const problem = h("p", {class: "bad small", role: "alert"});
  const state = h("span", {class: "muted", role: "status"});
  const answer = h("div", {class: "sql-answer"});
  const button = h("button", {type: "submit", class: "button"}, "Ask");
  const named = h("p", {class: "muted small"});
  const form = h(
    "form",
    {class: "sql-box", onsubmit: (event: Event) => void ask(event)},
    h("label", {for: id}, "Question in SQL"),
    text,
    h("div", {class: "data-buttons"}, button, h("kbd", {class: "muted small"}, "Ctrl Enter"), state),
    problem,
    named
  );
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  nameTables();

  function nameTables(): void {
    named.textContent = `Tables: ${tables().join(", ")}. Nothing here writes: the lake on disk is only read.`;
  }

  async function ask(event: Event): Promise<void> {
    event.preventDefault();
    problem.textContent = "";
    state.textContent = "asking";
    const begun = performance.now();
    try {
      const rows = (await prepared(questionSql(text.value))) as unknown as Table; // DuckDB's edition of Arrow is alike
      const ms = performance.now() - begun;
      const more = rows.numRows > MOST_ANSWERS;
      const shown = more ? (rows.slice(0, MOST_ANSWERS) as typeof rows) : rows;
      state.textContent = `${more ? `the first ${count(MOST_ANSWERS, "row")} of more` : count(rows.numRows, "row")} in ${formatNumber(ms, {digits: 0})} ms`;
      answer.replaceChildren(sqlTable(shown, "Answer", {bare: false}));
      nameTables();
    } catch (error) {
      state.textContent = "";
      problem.textContent = plain((error as Error).message);
    }
  }

  return h("div", null, form, answer);
}

/** DuckDB's sentence, without what it is that stands before it. */
function plain(message: string): string {
  return message.replace(/^(Error: )?(Binder|Parser|Catalog|Conversion|Invalid Input) Error: /, "");
}
