import type {Answer} from "../../lib/lake/query.js";
import {encodeCsv, encodeJson} from "../formats/text.js";
import type {AnswerFormat} from "./port.js";

/** Returns an answer as bytes of a format; @param name of what was asked, for JSON */
export async function encodeAnswer(name: string, answer: Answer, format: AnswerFormat): Promise<Uint8Array> {
  const {columns, length} = answer;
  switch (format) {
    case "json":
      return Buffer.from(encodeJson(name, answer));
    case "csv":
      return Buffer.from(encodeCsv(answer));
    case "arrow":
      return arrowOf(columns, length);
    case "parquet":
      return (await import("../formats/parquet.js")).parquetOf(await arrowOf(columns, length));
  }
}

async function arrowOf(columns: Answer["columns"], length: number): Promise<Uint8Array> {
  return (await import("../formats/arrow.js")).encodeArrow(columns, length);
}
