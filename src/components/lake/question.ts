/** Words that a question begins with. */
const BEGINNINGS = [
  "select",
  "with",
  "from",
  "values",
  "describe",
  "summarize",
  "show",
  "pivot",
  "unpivot",
  "table"
];

/** Rows of an answer that are shown at most. */
export const MOST_ANSWERS = 10_000;

/**
 * Returns the statement that answers a question: of one more row than is shown, so that it is known whether there are
 * more.
 * @throws where the text is no question, saying what to write
 */
export function questionSql(text: string): string {
  const question = text.trim().replace(/;\s*$/, "");
  const bare = question.replace(/^(\s|--[^\n]*(\n|$)|\/\*[^]*?\*\/)+/, "");
  if (bare === "") throw new Error("write a question: SELECT … FROM rows");
  const [word] = /^[(\s]*(\w*)/.exec(bare)!.slice(1); // it matches anything
  if (!BEGINNINGS.includes(word.toLowerCase())) {
    throw new Error(
      `only questions are answered here: begin with SELECT, WITH or FROM, not with ${word || bare[0]}`
    );
  }
  return `SELECT * FROM (\n${question}\n) AS answer LIMIT ${MOST_ANSWERS + 1}`;
}
